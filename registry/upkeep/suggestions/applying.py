"""From suggested corrections to what schemas load, and from their messages back to them."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError

from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.core.errors import Invalid
from registry.core.forms import RecordSchema, messages
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.upkeep.suggestions.details import Spot, place_of, read, write

Entries = Mapping[str, Mapping[str, Any]]


def entries(entry: Offer | Actor) -> dict[str, dict[str, Any]]:
    """Return offer and actor as the office reads them; only the actor where that is the entry."""
    provider = entry.actor if isinstance(entry, Offer) else entry
    found = {"actor": _schema("actor").dump(provider)}
    return found | ({"offer": _schema("offer").dump(entry)} if isinstance(entry, Offer) else {})


def current(stand: Entries, path: str) -> Any:
    """Return what stands at a path now, None where its row is gone."""
    spot = Spot.of(path)
    return read(stand[target(stand, spot)], spot)


def target(stand: Entries, spot: Spot) -> str:
    return "actor" if spot.of_actor or "offer" not in stand else "offer"


def loaded(stand: Entries, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return loaded data for offer and actor with these values (by path) put in.

    Raises Invalid with messages by path.
    """
    touched: dict[str, set[str]] = {"offer": set(), "actor": set()}
    for path, value in values.items():
        spot = Spot.of(path)
        entry = stand[target(stand, spot)]
        if spot.row and place_of(entry, spot) is None:
            raise Invalid({path: [_("This part of the entry exists no longer.")]})
        write(entry, spot, value)
        touched[target(stand, spot)].add(spot.name)
    problems: dict[str, Any] = {}
    found: dict[str, dict[str, Any]] = {}
    for kind, names in touched.items():
        try:
            part = {name: stand[kind][name] for name in names}
            found[kind] = _schema(kind).load(part, partial=True) if part else {}
        except ValidationError as error:
            problems[kind] = error.messages_dict
    if problems:
        raise Invalid(problems)
    return found


def placed(
    stand: Entries, errors: Mapping[str, Any], paths: Iterator[str] | list[str]
) -> dict[str, list[str]]:
    """Return messages by path; what belongs to no path stands under ""."""
    found: dict[str, list[str]] = {}
    left = {kind: errors.get(kind, {}) for kind in ("offer", "actor")}
    for path in paths:
        spot = Spot.of(path)
        told = errors.get(path) or _at(left[target(stand, spot)], _position(stand, spot))
        if told:
            found[path] = list(messages(told))
    others = [text for text in _all(errors) if text not in {t for ts in found.values() for t in ts}]
    return found | ({"": others} if others else {})


def _position(stand: Entries, spot: Spot) -> list[Any]:
    if not spot.row:
        return [spot.name]
    return [spot.name, place_of(stand[target(stand, spot)], spot), spot.leaf]


def _at(errors: Any, position: list[Any]) -> Any:
    for step in position:
        errors = errors.get(step) if isinstance(errors, Mapping) else None
    return errors


def _all(errors: Any) -> list[str]:
    if isinstance(errors, Mapping):
        return [text for inner in errors.values() for text in _all(inner)]
    return [str(text) for text in errors] if isinstance(errors, list | tuple) else [str(errors)]


def _schema(kind: str) -> RecordSchema:
    made = OfferSchema if kind == "offer" else ActorSchema
    return made(audience="office", unknown=EXCLUDE)
