"""The derived read model: bits per offer and place in Morton order. Pure, and never the truth."""
