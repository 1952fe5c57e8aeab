"""Users, sign-in, sessions, and the roles granted to people."""
