"""What was suggested beside what stands now, as the office's page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.core import i18n
from registry.core.forms import Control, Form
from registry.core.text import fold
from registry.texts.translated import SOURCE
from registry.upkeep.suggestions import asking
from registry.upkeep.suggestions.applying import current
from registry.upkeep.suggestions.details import Spot, row_of
from registry.upkeep.suggestions.models import Suggestion
from registry.upkeep.suggestions.schemas import HINTS
from registry.upkeep.suggestions.spoken import parsed
from registry.vocabulary import queries as vocabulary

HOURS = ("hours", "times")
TAKE = "take"  # the checkboxes, one for each detail


@dataclass(frozen=True)
class Difference:
    """One detail: in words what stood there, what stands there, what shall; and an input for it."""

    path: str
    label: Any
    group: str
    old: str
    now: str
    new: str
    is_changed: bool  # by somebody else, since it was suggested
    is_there: bool  # its place, contact or run still exists
    is_chosen: bool
    control: Control


def differences(
    suggestion: Suggestion, stand: Mapping[str, Any], form: Form, errors: Mapping[str, list[str]]
) -> list[Difference]:
    """Return the details of a suggestion; `stand` is what the register holds now."""
    return [
        _difference(number, change, stand, form, errors.get(change["path"], []))
        for number, change in enumerate(suggestion.changes)
    ]


def _difference(
    number: int, change: Mapping[str, Any], stand: Mapping[str, Any], form: Form, errors: list[str]
) -> Difference:
    spot, old, new = Spot.of(change["path"]), change["old"], change["new"]
    now = current(stand, change["path"]) if stand else old
    name = f"value-{number}"
    value = _value(spot.leaf, name, new, form)
    unread = spot.leaf in HOURS and bool(new) and parsed(str(new)) is None
    hints = [_("These hours could not be read; please put them right.")] if unread and stand else []
    return Difference(
        path=change["path"],
        label=HINTS[spot.leaf]["label"],
        group=_group(stand, spot),
        old=in_words(spot.leaf, old),
        now=in_words(spot.leaf, now),
        new=in_words(spot.leaf, new),
        is_changed=now != old,
        is_there=now is not None,
        is_chosen=str(number) in form.getlist(TAKE) if form else not unread,
        control=asking.control(name, spot.leaf, value, errors or hints),
    )


def _value(leaf: str, name: str, new: Any, form: Form) -> Any:
    """Return what shall stand there: as the office corrected it, hours read where possible."""
    if form and leaf == "languages":
        return form.getlist(name)
    value = form.get(name, new)
    read = parsed(value) if leaf in HOURS else None
    return value if read is None else read


def _group(stand: Mapping[str, Any], spot: Spot) -> str:
    if not spot.row or not stand:
        return ""
    entry = stand["actor" if spot.of_actor or "offer" not in stand else "offer"]
    row = row_of(entry, spot) or {}
    named = row.get("name") or row.get("function") or (row.get("details") or {}).get("name")
    return str(named or asking.group_name(str(row.get("starts_on") or "")))


def in_words(leaf: str, value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, list):
        terms = (vocabulary.term("language", key) for key in value)
        tag = i18n.current().tag
        return ", ".join(term.label(tag).body for term in terms if term)
    return str(asking.worded(leaf, value) or "")


def drafted(changes: list[dict[str, Any]], known: Mapping[str, str]) -> dict[str, Any]:
    """Return the data of an entry form for a suggested offer.

    `known` are the ids of the organisations that may be chosen, by folded name.
    """
    said = {change["path"]: change["new"] for change in changes}
    provider = said.get("provider", "")
    existing = known.get(fold(provider))
    actor = {} if existing else {"name": provider, "website": said.get("website")}
    reach = {"phone": said.get("phone"), "email": said.get("email")}
    return {
        "existing": existing,
        "actor": actor,
        "offer": {
            "title": {SOURCE: said["title"]},
            "description": {SOURCE: said.get("description", "")},
            "languages": [{"language": key} for key in said.get("languages", ())],
        },
        "place": {"street": said.get("address"), "hours": parsed(said.get("hours", "")) or None},
        "contact": {"function": _("Information"), **reach} if any(reach.values()) else {},
    }
