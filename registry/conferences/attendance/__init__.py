"""The day itself: who is there, who stands in for whom, and what is printed for it."""
