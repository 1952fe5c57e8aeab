"""Arranging people from nothing but a table: an upload page, without a conference."""
