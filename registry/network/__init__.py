"""The network of actors: how it hangs together, and what can honestly be said about it."""
