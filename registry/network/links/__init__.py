"""Who works with whom, as each side reports it."""
