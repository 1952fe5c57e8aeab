"""What came of earlier invitations."""
