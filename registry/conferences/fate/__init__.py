"""What becomes of a conference: moved, called off, archived, deleted."""
