"""The tasks of all conferences: what is late, and an extract for each that has some."""
