"""Reading whole public offers fast: rows without a session, for a schema to dump."""
