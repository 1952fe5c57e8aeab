"""Who is invited and why: rules, the list, what becomes of it."""
