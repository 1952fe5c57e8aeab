"""Inventing actors and offers that look like real ones: pure, and the same at every try."""
