"""What a search matches: one SQL condition a filter."""
