"""What participants need, in a list of its own: every look at it is logged."""
