"""Putting back what stood before a programme was replaced by a pattern."""
