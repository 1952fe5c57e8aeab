"""Training programmes, the officers they are for, and what such an officer must know."""
