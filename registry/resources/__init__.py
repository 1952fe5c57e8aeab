"""External resources: digital offers of others that the network recommends."""
