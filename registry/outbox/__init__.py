"""The office's look at its mail: what waits, what failed, what to do about it."""
