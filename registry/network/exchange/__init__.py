"""The network in files: out in the formats of other programs, in for a look at its figures."""
