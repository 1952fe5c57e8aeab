"""A conference as an entry of calendars, and the answers that calendars send."""
