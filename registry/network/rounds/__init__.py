"""Rounds of asking: every actor names its partners, by a link or by telephone."""
