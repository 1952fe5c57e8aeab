"""What can be asked of a network, each question answering a decision: pure."""
