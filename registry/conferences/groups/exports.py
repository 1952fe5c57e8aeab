"""The groups as files, for badges of one's own and for the reception; no addresses."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from registry.conferences.groups.queries import PersonRow, Round
from registry.conferences.marks import Mark
from registry.conferences.replies.office import exports
from registry.core import i18n


def groups(
    rounds: Sequence[tuple[Round, Sequence[PersonRow]]], letters: Mapping[str, Mark], form: str
) -> bytes:
    """Return everybody with their group in each round as a file of a form ("xlsx", "csv")."""
    head = [
        _("Day"),
        _("Letter of the group"),
        _("Group"),
        _("Name"),
        _("Organisation"),
        _("Which wish"),
        _("Reason"),
    ]
    rows = [_cells(wanted, row, letters) for wanted, people in rounds for row in people]
    table = head, rows
    return exports.xlsx(table) if form == "xlsx" else exports.csv(table)


def _cells(wanted: Round, row: PersonRow, letters: Mapping[str, Mark]) -> list[str]:
    guest = row.guest
    title = next((each.title for each in wanted.groups if str(each.uuid) == guest.group), "")
    day = i18n.short_date(wanted.day.day) if wanted.day else ""
    rank = str(guest.rank or "") if guest.group else ""
    return [
        day,
        letters[guest.group].letter if guest.group else "",
        title,
        guest.name,
        guest.organisation,
        rank,
        row.reason,
    ]
