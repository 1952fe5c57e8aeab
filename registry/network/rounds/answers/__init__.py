"""What an actor says of its partners: filled in by a link or told on the telephone."""
