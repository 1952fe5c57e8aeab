"""The wall for those who hold its link."""
