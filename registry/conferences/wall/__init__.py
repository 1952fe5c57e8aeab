"""The wall of a working group or table: cards under four questions, dots, photos."""
