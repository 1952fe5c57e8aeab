"""What whoever is charged with integration must know, as a checklist."""
