"""What is said of the network on one page: a sentence before each number."""
