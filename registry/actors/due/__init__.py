"""What the office has to look after in actors: what they lack."""
