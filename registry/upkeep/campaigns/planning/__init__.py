"""What is due, who would be asked, at which contact, and who not."""
