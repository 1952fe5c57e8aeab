"""Contact points: who is the first address for whom, since when, and decided by which body."""
