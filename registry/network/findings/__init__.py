"""What the rules find in the network, and what people have decided about it."""
