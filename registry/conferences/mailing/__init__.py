"""Inviting by mail: the text, who gets it, reminders, and what has changed since."""
