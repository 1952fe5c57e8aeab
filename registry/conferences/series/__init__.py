"""Series of conferences: how often, and whose turn each duty is."""
