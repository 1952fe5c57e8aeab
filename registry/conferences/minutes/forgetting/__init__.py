"""Forgetting whom approved minutes name: their salts go, the hash stays."""
