"""What is printed for the day: lists to sign, signs for tables and doors, sheets for groups."""
