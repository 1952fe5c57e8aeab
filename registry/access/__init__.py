"""Who may do what: the rights, the rules, and the one table that joins them."""
