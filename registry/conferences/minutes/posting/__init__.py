"""Minutes by letter, for those whom no mail reaches."""
