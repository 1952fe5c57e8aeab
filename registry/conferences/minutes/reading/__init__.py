"""Minutes as a link opens them, and objections of those who were present."""
