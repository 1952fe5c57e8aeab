"""Conferences: from the rule to invite by, to minutes and what was decided."""
