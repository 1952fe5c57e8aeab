"""What an entry once was: readable differences, and the way back to an earlier state."""
