"""Networks too large to be worked out while somebody waits: in pieces, in the background."""
