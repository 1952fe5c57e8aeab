"""Keeping the vocabulary: adding, wording, ordering, retiring and merging terms."""
