"""World Cafés: tables and hosts that stay, guests who change them, what came of it."""
