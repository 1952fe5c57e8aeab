"""States of the network that were kept, and what has changed between two of them."""
