"""People who are invited in person, with their consent: of the Kreistag, volunteers, guests."""
