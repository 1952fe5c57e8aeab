"""What actors answer, by link or by telephone, and what the office makes of it."""
