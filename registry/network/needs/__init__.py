"""What is needed where: counts and estimates from named sources, never of single people."""
