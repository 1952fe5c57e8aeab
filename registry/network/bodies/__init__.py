"""Bodies and named networks, who sits in them, what they are about, and who leads which field."""
