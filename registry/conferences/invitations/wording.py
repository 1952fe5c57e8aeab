"""The words of invitations: reasons, categories beside the framework's, channels, answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.actors.schemas import TIERS
from registry.conferences.criteria import CRITERIA, Code, Last
from registry.conferences.invitations.models import Beside, Channel, Effect, Form, Reply
from registry.conferences.invitations.queries import Hindrance
from registry.network.findings.wording import TITLES
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.pages import label

BESIDE: dict[str, Any] = {
    Beside.COUNCIL: _l("Kreistag and councils"),
    Beside.VOLUNTEER: _l("Volunteers"),
    Beside.GUEST: _l("Guests"),
}
EFFECTS: dict[str, Any] = {Effect.INVITE: _l("Invite"), Effect.EXCLUDE: _l("Leave out")}
LAST: dict[str, Any] = {
    Last.ATTENDED: _l("came"),
    Last.ABSENT: _l("did not come"),
    Last.DECLINED: _l("declined"),
    Last.NEVER: _l("not invited yet"),
}
CHANNELS: dict[str, Any] = {
    Channel.MAIL: _l("E-mail"),
    Channel.POST: _l("Letter"),
    Channel.BOTH: _l("E-mail and letter"),
    Channel.NONE: _l("Telephone"),
}
FORMS: dict[str, Any] = {
    Form.NONE: _l("nobody is named"),
    Form.NEUTRAL: _l("neutral, with given and family name"),
    Form.FEMALE: _l("Ms (Frau)"),
    Form.MALE: _l("Mr (Herr)"),
}
REPLIES: dict[str, Any] = {
    Reply.OPEN: _l("no answer yet"),
    Reply.YES: _l("accepted"),
    Reply.NO: _l("declined"),
    Reply.DEPUTY: _l("sends a deputy"),
}
TITLES_OF_CRITERIA: dict[str, Any] = {
    "categories": _l("Category"),
    "fields": _l("Field of action"),
    "municipalities": _l("Municipality"),
    "tiers": _l("Level of government"),
    "last": _l("Last participation"),
    "findings": _l("Findings of the network"),
}
REASONS: dict[str, Any] = {
    Code.HAND: _l("chosen by hand"),
    Code.WALK_IN: _l("came without an invitation"),
    Code.INACTIVE: _l("not active: the entry is not published"),
    Code.HAND_OUT: _l("left out by hand"),
    Code.NO_RULE: _l("no rule fits"),
    Code.NO_ADDRESS: _l("no address: no usable contact with e-mail, no postal address"),
    Code.NO_CONSENT: _l("consent has been withdrawn"),
    Code.OBJECTED: _l("objected to mail"),
}
HINDRANCES: dict[str, Any] = {
    Hindrance.WITHDRAWN: _l("withdrawn"),
    Hindrance.INACTIVE: _l("no longer active"),
    Hindrance.NO_CONSENT: _l("may not be used any more"),
    Hindrance.OBJECTED: _l("objected to mail"),
    Hindrance.BOUNCED: _l("mail to this actor comes back"),
    Hindrance.SUPPRESSED: _l("the address is blocked"),
    Hindrance.NO_ADDRESS: _l("no contact with an e-mail address"),
}
Reason = Mapping[str, Any]


def category_name(key: str) -> str:
    """Return what a category is called, one of the framework or one beside it."""
    if key in BESIDE:
        return str(BESIDE[key])
    return label("category", key).body if key else _("without a category")


def category_options() -> list[tuple[str, str]]:
    """Return all categories in their order."""
    keys = [term.key for term in vocabulary.terms("category")]
    return [(key, category_name(key)) for key in (*keys, *(each.value for each in Beside))]


@dataclass(frozen=True)
class Told:
    """How reasons are told: the number of each rule, names of municipalities.

    What the network was found to be is for those who may read it (`network`).
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    network: bool = True

    def all(self, reasons: Iterable[Reason]) -> str:
        return "; ".join(self.one(reason) for reason in reasons)

    def one(self, reason: Reason) -> str:
        code = reason["code"]
        worded = self._WORDED.get(code)
        return worded(self, reason) if worded else str(REASONS.get(code, code))

    def criteria(self, criteria: Mapping[str, Iterable[str]]) -> str:
        """Return the criteria of a rule, or as far as somebody meets them."""
        asked = ((name, list(criteria.get(name) or ())) for name in CRITERIA)
        return "; ".join(f"{TITLES_OF_CRITERIA[n]}: {self._values(n, v)}" for n, v in asked if v)

    def _values(self, name: str, values: Iterable[str]) -> str:
        if name == "findings" and not self.network:
            return _("not shown")
        return ", ".join(self._value(name, value) for value in values)

    def _value(self, name: str, value: str) -> str:
        if name == "categories":
            return category_name(value)
        if name == "fields":
            return label("field", value).body
        if name == "municipalities":
            return self.places.get(value, value)
        words = {"tiers": dict(TIERS), "last": LAST, "findings": TITLES}[name]
        return str(words.get(value, value))

    def _rule(self, reason: Reason) -> str:
        number = self.numbers.get(str(reason.get("rule")))
        met = self.criteria(reason.get("met") or {})
        named = _("rule %(number)s", number=number) if number else _("an earlier rule")
        return f"{named} ({met})" if met else named

    def _rule_out(self, reason: Reason) -> str:
        return _("left out by %(rule)s", rule=self._rule(reason))

    def _duplicate(self, reason: Reason) -> str:
        return _("same mailbox or entry as %(name)s, who is invited", name=reason["name"])

    def _neighbour(self, reason: Reason) -> str:
        return _("same address as %(name)s", name=reason["name"])

    def _quota(self, reason: Reason) -> str:
        name = category_name(reason["category"])
        return _("quota reached: %(most)s for %(category)s", most=reason["most"], category=name)

    def _total(self, reason: Reason) -> str:
        return _("all seats are offered: %(most)s", most=reason["most"])

    _WORDED: Mapping[str, Callable[["Told", Reason], str]] = field(
        default_factory=lambda: {
            Code.RULE: Told._rule,
            Code.RULE_OUT: Told._rule_out,
            Code.DUPLICATE: Told._duplicate,
            Code.SAME_ADDRESS: Told._neighbour,
            Code.QUOTA: Told._quota,
            Code.TOTAL: Told._total,
        },
        repr=False,
    )


def of_example(name: str, *, example: bool) -> str:
    """Return the name of a file, which says so where all in it is example data."""
    return f"{_('Example data')}-{name}" if example else name
