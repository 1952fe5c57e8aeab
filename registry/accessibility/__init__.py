"""The declaration of accessibility, and how people tell of a barrier."""
