"""Users, sign-in, and the roles granted to them."""
