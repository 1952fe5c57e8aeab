"""Before something new is saved: what is already there and looks like it."""
