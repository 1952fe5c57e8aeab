"""Controlled terms with validity, labels, hints and synonyms in every language."""
