"""The list with its reasons, as files hold it: the invited, and on request everybody else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.conferences.invitations import columns
from registry.conferences.invitations import queries as lists
from registry.conferences.invitations.choosing import preview, queries
from registry.conferences.invitations.wording import Told, category_name
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office


def header() -> list[str]:
    return [*columns.header(), _("Outcome"), _("Why")]


def rows(who: Who, conference: Conference, today: date, *, everybody: bool) -> Iterator[list[Any]]:
    """Return the cells of the list in its order, then of those who are not invited."""
    inside = in_the_office(who, conference)
    told = preview.told(who, conference, queries.load_rules(conference))
    listed = [lists.as_seen(row, inside=inside) for row in lists.table(conference)]
    cells = columns.cells(listed, lists.told(conference))
    for row, line in zip(listed, cells, strict=True):
        yield [*line, _("not invited") if row.withdrawn_on else _("invited"), told.all(row.reasons)]
    if everybody:
        yield from _others(who, conference, today, told)


def _others(who: Who, conference: Conference, today: date, told: Told) -> Iterator[list[Any]]:
    """Return whom the rules do not invite today; of the list's columns only who it is."""
    planned = queries.planned(conference, today)
    empty = dict.fromkeys(columns.COLUMNS, "")
    for each in preview.rows(who, conference, planned, preview.Wanted("not")):
        known = {"category": category_name(each.category), "organisation": each.name}
        yield [*(empty | known).values(), _("not invited"), told.all(each.reasons)]
