"""Telling participants where they are: group of each day, first table of a World Café."""
