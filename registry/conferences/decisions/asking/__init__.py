"""Asking organisations whether they promise a task, and every quarter how far it is."""
