"""Who comes: answers, seats, the waiting list, what people need."""
