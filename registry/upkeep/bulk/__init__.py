"""The same change for many entries at once: looked at first, done together, undone for a while."""
