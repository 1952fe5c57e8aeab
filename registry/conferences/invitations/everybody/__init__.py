"""Everybody who could be invited, at which contact, and what rules ask about them."""
