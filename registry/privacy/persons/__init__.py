"""What is held on a person: found by address, telephone or name, told, erased, kept erased."""
