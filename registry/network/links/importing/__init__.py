"""Links from files: tried row by row, then taken in at once."""
