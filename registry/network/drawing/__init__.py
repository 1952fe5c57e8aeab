"""Where everybody stands in the picture of the network, and the picture itself: pure."""
