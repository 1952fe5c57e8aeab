"""How many hits each choice would give."""
