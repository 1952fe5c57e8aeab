"""Sessions: who is signed in where, since when, and how it ends."""
