"""The office decides on what was suggested."""
