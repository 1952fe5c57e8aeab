"""Moving somebody into a group by hand, and out of groups where they must not be."""
