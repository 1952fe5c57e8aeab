"""Rules, what was picked by hand, and what follows from them: who is invited, and who is not."""
