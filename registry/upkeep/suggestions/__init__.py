"""What the public suggests: errors reported on entries, and offers that are missing."""
