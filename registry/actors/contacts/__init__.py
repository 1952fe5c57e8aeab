"""Functional contacts: what may be kept of them, for how long, and that they are told so."""
