"""The seating of a World Café as a file."""

from collections.abc import Sequence

from flask_babel import gettext as _

from registry.conferences.groups.cafe.showing import Way
from registry.conferences.groups.models import Cafe
from registry.conferences.replies.office import exports


def plan(row: Cafe, ways: Sequence[Way], form: str) -> bytes:
    """Return everybody with their table in each round as a file of a form ("xlsx", "csv")."""
    head = [_("Name"), _("Organisation")]
    head += [_("Round %(number)s", number=number + 1) for number in range(row.rounds)]
    rows = [
        [each.row.guest.name, each.row.guest.organisation, *(str(n or "") for n in each.tables)]
        for each in ways
    ]
    table = head, rows
    return exports.xlsx(table) if form == "xlsx" else exports.csv(table)
