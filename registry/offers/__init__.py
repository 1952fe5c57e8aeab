"""What actors provide: for whom, where, when, and how to get in."""
