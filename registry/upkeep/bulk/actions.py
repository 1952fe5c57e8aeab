"""What can be done to many entries at once. Each says what it would make of one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.actors.models import Actor, Status
from registry.offers.models import Offer
from registry.offers.readiness import missing

STATUS = "status"
OWNER = "actor"
FIELDS = ("fields", "term_links")  # of an actor, of an offer
# What belongs to the provider of an offer, and what of it the offer uses.
OWNED = ("actor.places", "actor.contacts", "actor.units", "places.place", "contact", "unit")
REFUSED = {
    "same": _l("has it already"),
    "archived": _l("is archived already"),
    "last_field": _l("would be without a field of action"),
    "no_contact": _l("its provider has no such contact"),
    "order": _l("would end before it starts"),
    "own": _l("belongs to this organisation already"),
    "right": _l("you may not hand this one over"),
    "lacking": _l("is published and would lack a place there"),
}


class Refused(Exception):
    """This row cannot be changed this way; `code` is one of `REFUSED`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Wish:
    """What somebody wants of all rows: a term, a day, a text, or another actor."""

    who: Who
    value: Any
    today: date


@dataclass(frozen=True)
class Change:
    """What becomes of one row: fields as its schema loads them; `notes` name what is left behind.

    Besides fields it may hold `STATUS`, or `OWNER` with an actor.
    """

    fields: dict[str, Any]
    notes: tuple[str, ...] = ()


Plan = Callable[[Any, Wish], Change]


@dataclass(frozen=True)
class Action:
    """`takes` is how the value is asked for: "", "term:<scheme>", "date", "text", "actor".

    `needs` are the relationships that the plan reads, as paths; they are loaded beforehand.
    """

    label: Any
    plan: Plan
    kinds: tuple[str, ...] = ("offer", "actor")
    takes: str = ""
    needs: tuple[str, ...] = ()


def _confirm(row: Any, wish: Wish) -> Change:
    return _changed(row.last_confirmed, wish.today, "last_confirmed", wish.today.isoformat())


def _archive(row: Any, _wish: Wish) -> Change:
    if row.status == Status.ARCHIVED:
        raise Refused("archived")
    return Change({STATUS: Status.ARCHIVED.value})


def _add_field(row: Any, wish: Wish) -> Change:
    keys = [term.key for term in row.fields]
    if wish.value in keys:
        raise Refused("same")
    return Change({"fields": [*keys, wish.value]})


def _remove_field(row: Any, wish: Wish) -> Change:
    keys = [term.key for term in row.fields]
    if wish.value not in keys:
        raise Refused("same")
    if isinstance(row, Offer) and len(keys) == 1:
        raise Refused("last_field")
    return Change({"fields": [key for key in keys if key != wish.value]})


def _term(field: str) -> Plan:
    def plan(row: Any, wish: Wish) -> Change:
        present = getattr(row, field)
        return _changed(present.key if present else None, wish.value, field, wish.value)

    return plan


def _source(row: Actor, wish: Wish) -> Change:
    return _changed(row.source, wish.value, "source", wish.value)


def _end(row: Offer, wish: Wish) -> Change:
    if wish.value and row.valid_from and wish.value < row.valid_from:
        raise Refused("order")
    text = wish.value.isoformat() if wish.value else None
    return _changed(row.valid_to, wish.value, "valid_to", text)


def _contact(row: Offer, wish: Wish) -> Change:
    """Choose the provider's contact of this function."""
    found = _named(row.actor.contacts, wish.value)
    if found is None:
        raise Refused("no_contact")
    return _changed(row.contact, found, "contact", str(found.uuid))


def _hand_over(row: Offer, wish: Wish) -> Change:
    """Give an offer to another actor, with the places and contacts of the same name there."""
    target: Actor = wish.value
    if row.actor is target:
        raise Refused("own")
    if not may(wish.who, Permission.ENTRY_MERGE, row):
        raise Refused("right")
    fields, notes = _moved(row, target)
    if row.status == Status.PUBLISHED and not fields["places"] and "places" in _lacking(row):
        raise Refused("lacking")
    return Change({OWNER: target, **fields}, tuple(notes))


def _lacking(offer: Offer) -> list[str]:
    """Return what would be missing if the offer had no places."""
    return missing(offer, places=False)


def _moved(offer: Offer, target: Actor) -> tuple[dict[str, Any], list[str]]:
    places, left = [], []
    for link in offer.places:
        found = _named(target.places, link.place.name)
        hours, note = link.own_hours, link.note.bodies
        if found is None:
            left.append(link.place.name)
        else:
            places.append({"place": str(found.uuid), "hours": hours, "note": note})
    fields: dict[str, Any] = {"places": places}
    for name, parts in (("contact", target.contacts), ("unit", target.units)):
        present = getattr(offer, name)
        found = _named(parts, str(present)) if present else None
        fields[name] = str(found.uuid) if found else None
        left += [str(present)] if present and not found else []
    return fields, left


def _named(parts: Any, name: str) -> Any:
    return next((part for part in parts if str(part) == name), None)


def _changed(old: Any, new: Any, field: str, value: Any) -> Change:
    if old == new:
        raise Refused("same")
    return Change({field: value})


ACTIONS: Mapping[str, Action] = {
    "confirm": Action(_l("Confirm as of today"), _confirm),
    "archive": Action(_l("Archive"), _archive),
    "add_field": Action(_l("Add a field of action"), _add_field, takes="term:field", needs=FIELDS),
    "remove_field": Action(
        _l("Remove a field of action"), _remove_field, takes="term:field", needs=FIELDS
    ),
    "category": Action(
        _l("Set the category"), _term("category"), ("actor",), "term:category", ("category",)
    ),
    "source": Action(_l("Set the source"), _source, ("actor",), "text"),
    "cost": Action(_l("Set the cost"), _term("cost"), ("offer",), "term:cost", ("cost",)),
    "valid_to": Action(_l("Set the day it ends"), _end, ("offer",), "date"),
    "contact": Action(
        _l("Set the contact by its function"),
        _contact,
        ("offer",),
        "text",
        ("contact", "actor.contacts"),
    ),
    "hand_over": Action(
        _l("Hand over to another organisation"), _hand_over, ("offer",), "actor", OWNED
    ),
}
