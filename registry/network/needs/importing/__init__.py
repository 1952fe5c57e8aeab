"""Needs from tables: tried row by row, then taken in at once."""
