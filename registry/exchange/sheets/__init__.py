"""Sheets: what the office has in Excel goes in, and comes out to be edited and go in again."""
