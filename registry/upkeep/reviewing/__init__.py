"""The office decides on what waits: drafts put up for review, changes, wishes to archive."""
