"""Who is charged with integration in which municipality: by function, never by name."""
