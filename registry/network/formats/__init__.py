"""Networks as files of other programs, written and read: pure."""
