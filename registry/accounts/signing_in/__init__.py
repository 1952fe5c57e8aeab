"""Getting in: the second factor, a forgotten password, an invitation."""
