"""What organisations answer about their tasks, by link."""
