"""The floor of the house: no domain word in here, and a closed list of modules."""
