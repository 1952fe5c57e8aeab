"""Confirmation campaigns: actors are asked whether their entries are still right."""
