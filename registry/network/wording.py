"""The words of the network: kinds of link, how intense they are, what is known of actors."""

from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.network.state import Kind, Rule, Standing
from registry.network.trust import Detail

KINDS: dict[str, Any] = {
    Kind.REFERRAL: _l("Referral"),
    Kind.EXCHANGE: _l("Exchange of information"),
    Kind.JOINT: _l("Joint offer or project"),
    Kind.FUNDING: _l("Funding or contract"),
    Kind.SHARED: _l("Shared staff or rooms"),
    Kind.WISH: _l("Wish to cooperate"),
}
INTENSITIES: dict[int, Any] = {
    0: _l("none"),
    1: _l("seldom"),
    2: _l("regularly"),
    3: _l("closely"),
}
RULES: dict[str, Any] = {
    Rule.ANY: _l("One side reports it"),
    Rule.BOTH: _l("Both sides report it"),
}
STANDINGS: dict[str, Any] = {
    Standing.CONNECTED: _l("connected"),
    Standing.ISOLATED: _l("isolated: asked, and nobody is named"),
    Standing.UNKNOWN: _l("unknown: no answer"),
}
DETAILS: dict[str, Any] = {
    Detail.RANKS: _l("There are enough answers to compare actors one by one."),
    Detail.THIRDS: _l("With so few answers only high, middle and low can be told apart."),
    Detail.COUNTS: _l("With so few answers nothing can be compared; you see what was counted."),
}
ROWS: dict[str, Any] = {
    Standing.ISOLATED: _l("Isolated: asked, and nobody is named"),
    Standing.UNKNOWN: _l("Unknown: no answer, and nobody names them"),
}
LINK_STATES: dict[str, Any] = {
    "confirmed": _l("confirmed by both sides"),
    "one-sided": _l("reported by one side"),
    "contested": _l("contested: one side says there is none"),
}


def figure(value: float | None) -> str:
    """Return a figure as it is read here: whole numbers whole, others with three digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(format_decimal(value, "#,##0" if isinstance(value, int) else "#,##0.###"))
