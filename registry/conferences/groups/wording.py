"""Groups in the words of a reader."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.conferences.assignment import Shortfall

UNPLACED = {
    "full": _l("Every possible group is full: raise a maximum."),
    "organisation": _l("The groups take no more of this organisation: let one take more of each."),
    "nowhere": _l("No group is possible: take an exclusion back."),
}


def shortfall(lack: Shortfall, title: str) -> str:
    """Say which minimum cannot be met, what is in the way and what would help."""
    facts = {"title": title, "minimum": lack.minimum, "number": lack.possible}
    lines = {
        "people": _(
            "“%(title)s” needs %(minimum)s people; people with a seat: %(number)s. "
            "Lower its minimum, or leave the group out.",
            **facts,
        ),
        "organisations": _(
            "“%(title)s” needs %(minimum)s people. With so few of one organisation at most "
            "%(number)s are possible: let it take more of each.",
            **facts,
        ),
        "exclusions": _(
            "“%(title)s” needs %(minimum)s people. At most %(number)s can come in, because others "
            "are bound elsewhere or excluded: take a move or an exclusion back, or lower its "
            "minimum.",
            **facts,
        ),
        "others": _(
            "“%(title)s” needs %(minimum)s people, and other groups need the same ones. Lower a "
            "minimum, or leave a group out.",
            **facts,
        ),
    }
    return lines[lack.because]


def placed(number: int) -> str:
    return ngettext(
        "%(num)s person is in a group now.", "%(num)s people are in groups now.", number
    )
