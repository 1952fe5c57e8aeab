"""Administration of people: invitations, roles, closed accounts."""
