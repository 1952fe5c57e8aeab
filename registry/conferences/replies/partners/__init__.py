"""Whoever answers an invitation is asked whether its partners are still its partners."""
