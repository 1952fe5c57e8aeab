"""Where conferences take place."""
