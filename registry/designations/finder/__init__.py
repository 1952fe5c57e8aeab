"""Which contact point is responsible for us: asked by anybody, answered, and forgotten."""
