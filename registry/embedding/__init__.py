"""List and map for the sites of others: the only pages that may stand in a frame."""
