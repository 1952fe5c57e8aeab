"""What is kept, for how long, what is held on a person, and that it can be erased."""
