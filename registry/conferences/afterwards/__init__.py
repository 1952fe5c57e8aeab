"""After a conference: what people thought of it, thanks, the look back, and forgetting."""
