"""Translatable texts: language, source version, and a state that is computed, never set."""
