"""Keeping entries true after they were entered: what the office does about them every day."""
