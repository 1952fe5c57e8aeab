"""The public directory of bodies, and what a named network offers together."""
