"""Invitations on paper: letters (DIN 5008, form B), merge documents, labels, name badges."""
