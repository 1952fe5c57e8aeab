"""A room for translating: what is to be done in a language, and German and translation in sight."""
