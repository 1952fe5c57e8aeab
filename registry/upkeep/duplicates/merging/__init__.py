"""Making one entry of two, and two of one again."""
