"""The offer overview: what matches, how many of each kind, and the page that shows it."""
