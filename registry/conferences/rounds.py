"""What people are divided up for at one time: groups of the whole conference, those of a day. Pure.

Wishes of a participant are one list; each round looks at those for its own groups, in their order.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from registry.conferences.models import Conference, Day, Group

Groups = tuple[Group, ...]


def rounds_of(conference: Conference) -> list[tuple[Day | None, Groups]]:
    """Return the rounds that have groups: first that of the whole conference, then by day."""
    days: list[Day | None] = [None, *sorted(conference.days, key=lambda each: each.day)]
    found = [(day, tuple(_groups(conference.groups, day))) for day in days]
    return [(day, groups) for day, groups in found if groups]


def _groups(groups: Iterable[Group], day: Day | None) -> Iterable[Group]:
    return (each for each in groups if each.day_id == (day.id if day else None))


def among(wishes: Iterable[str], groups: Iterable[Group]) -> list[str]:
    """Return those wishes that are for these groups, each once, the dearest first."""
    known = {str(each.uuid) for each in groups}
    return list(dict.fromkeys(key for key in wishes if key in known))


def rank(wishes: Iterable[str], groups: Iterable[Group], key: str) -> int | None:
    """Return which wish of a round a group is, from 1; None where it was not wished for."""
    own = among(wishes, groups)
    return own.index(key) + 1 if key in own else None


def wished(conference: Conference, wishes: Sequence[str]) -> list[list[str]]:
    """Return what was wished for in each round, by title."""
    titles = {str(each.uuid): each.title for each in conference.groups}
    return [
        [titles[key] for key in among(wishes, groups)] for _day, groups in rounds_of(conference)
    ]


def by_rank(told: Sequence[Sequence[str]]) -> list[str]:
    """Return the first wishes of all rounds in one line, then the second ones, and so on."""
    return ["; ".join(filter(None, each)) for each in zip_longest(*told, fillvalue="")]
