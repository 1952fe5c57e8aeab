"""Minutes: drafted from what is known, circulated to those present, approved, supplemented."""
