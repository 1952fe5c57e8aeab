"""Entries that may be one and the same: found, told apart, merged, and taken apart again."""
