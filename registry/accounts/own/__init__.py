"""One's own account: sessions, password, address, second factor."""
