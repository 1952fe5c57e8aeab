"""An answer as a workbook."""

from flask_babel import gettext as _

from registry.conferences.groups.tables.answers import Answer
from registry.conferences.groups.wording import UNPLACED
from registry.conferences.replies.office import exports


def xlsx(answer: Answer) -> bytes:
    """Return everybody with their group, or with their table in each round."""
    return exports.xlsx(_groups(answer) if answer["kind"] == "assign" else _tables(answer))


def _groups(answer: Answer) -> exports.Table:
    head = [_("Person"), _("Group"), _("Which wish"), _("Reason")]
    placed = [
        [each["person"], each["group"], str(each["rank"] or ""), ""]
        for each in answer["assignments"]
    ]
    left = [[each["person"], "", "", str(UNPLACED[each["reason"]])] for each in answer["unplaced"]]
    return head, [*placed, *left]


def _tables(answer: Answer) -> exports.Table:
    rounds = answer["rounds"]
    head = [_("Person"), *(_("Round %(number)s", number=n) for n in range(1, len(rounds) + 1))]
    at = [{guest: table for table, guests in turn.items() for guest in guests} for turn in rounds]
    everybody = sorted(at[0]) if at else []
    return head, [[str(guest), *(turn[guest] for turn in at)] for guest in everybody]
