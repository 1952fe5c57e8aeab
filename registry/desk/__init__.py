"""The work desk: what is due now; it reads every feature, and nobody reads it."""
