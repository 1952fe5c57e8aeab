"""Organisations, their units, functional contacts and places."""
