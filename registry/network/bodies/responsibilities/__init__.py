"""Who leads a field of action in a region and who takes part in it, by agreement."""
