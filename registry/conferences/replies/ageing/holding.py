"""Individuals and participants, as privacy asks for them."""

from registry.conferences.replies.ageing import queries


def erase_individuals(uuids: set[str]) -> int:
    return queries.erase_individuals(set(queries.individuals(uuids).values()))


def erase_participants(uuids: set[str]) -> int:
    return queries.delete_participants(uuids)
