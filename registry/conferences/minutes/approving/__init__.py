"""The way of minutes from a draft to what is approved, and sending them to everybody."""
