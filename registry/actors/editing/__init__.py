"""The office changes actors: lists, forms, and the steps of an entry's life."""
