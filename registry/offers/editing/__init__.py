"""The office changes offers: list, forms, copies, and the one page for a whole first entry."""
