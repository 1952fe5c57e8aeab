"""Putting loaded data into an actor; ids of others are checked like the actor itself."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.actors import hours as opening
from registry.actors import queries
from registry.actors.contacts import consent
from registry.actors.models import Actor, ActorArea, Contact, Place, Unit
from registry.core.db import now
from registry.core.errors import Invalid, NotFound
from registry.regions import queries as regions
from registry.texts.models import TranslatedText
from registry.texts.translated import Translated
from registry.vocabulary.services import choose

MAX_PARENTS = 20
R = TypeVar("R", Unit, Contact, Place)


def apply_changes(who: Who, actor: Actor, data: Mapping[str, Any]) -> None:
    """Set what `data` names; each name that is not a plain column has a setter of its own."""
    for name, value in data.items():
        setter = _SETTERS.get(name)
        if setter:
            setter(who, actor, value)
        elif isinstance(getattr(Actor, name).type, TranslatedText):
            setattr(actor, name, (getattr(actor, name) or Translated()).merged(value))
        else:
            setattr(actor, name, value)


def _set_category(_who: Who, actor: Actor, key: str | None) -> None:
    actor.category = next(iter(choose("category", [key] if key else [], "category")), None)


def _set_legal_form(_who: Who, actor: Actor, key: str | None) -> None:
    actor.legal_form = next(iter(choose("legal_form", [key] if key else [], "legal_form")), None)


def _set_fields(_who: Who, actor: Actor, keys: list[str]) -> None:
    # In the order in which they will be read again, so that the audit log sees only real changes.
    actor.fields = sorted(choose("field", keys, "fields"), key=lambda term: term.position)


def _set_areas(_who: Who, actor: Actor, keys: list[str]) -> None:
    check_regions(keys, "areas")
    present = {area.ags: area for area in actor.areas}
    actor.areas = [present.get(ags) or ActorArea(ags=ags) for ags in sorted(set(keys))]


def _set_parent(who: Who, actor: Actor, value: Mapping[str, UUID | None] | UUID | None) -> None:
    uuid = value.get("uuid") if isinstance(value, Mapping) else value
    if actor.parent is None or actor.parent.uuid != uuid:
        actor.parent = _parent(who, actor, uuid) if uuid else None


def _parent(who: Who, actor: Actor, uuid: UUID) -> Actor:
    try:
        parent = queries.load_actor(who, uuid)
    except NotFound:
        raise Invalid({"parent": [_("This organisation does not exist.")]}) from None
    above: Actor | None = parent
    for _step in range(MAX_PARENTS):
        if above is None:
            return parent
        if above is actor:
            break
        above = above.parent
    raise Invalid({"parent": [_("An organisation cannot stand above itself.")]})


def _set_units(_who: Who, actor: Actor, rows: list[dict[str, Any]]) -> None:
    actor.units = _rows(actor.units, rows, Unit, "units", _fill_unit)


def _fill_unit(unit: Unit, row: dict[str, Any]) -> None:
    unit.description = (unit.description or Translated()).merged(row.pop("description", {}))
    _fill(unit, row)


def touch(row: Any) -> None:
    """Count a change: parts of a row do not raise its version by themselves."""
    row.version += 1
    row.updated_at = now()


def add_contact(actor: Actor, row: Mapping[str, Any]) -> Contact:
    """Add one contact to those there are."""
    contact = Contact(position=len(actor.contacts))
    _fill(contact, {name: value for name, value in row.items() if name not in ("uuid", "unit")})
    _check_consent(contact)
    actor.contacts.append(contact)
    return contact


def _check_consent(contact: Contact) -> None:
    if consent.is_missing(vars(contact)):
        message = _("Please say when consent was given, or untick every use.")
        raise Invalid({"consent_on": [message]})


def add_place(actor: Actor, row: Mapping[str, Any]) -> Place:
    """Add one place; where only the municipality is known, the actor's only place there is it."""
    given = {name for name, value in row.items() if value and name != "step_free"}
    there = [place for place in actor.places if place.municipality == row.get("municipality")]
    if given <= {"municipality"} and len(there) == 1:
        return there[0]
    _check_place(row)
    place = Place(position=len(actor.places))
    _fill_place(place, {name: value for name, value in row.items() if name != "uuid"})
    place.name = place.name or place.city or _name_of(place.municipality)
    actor.places.append(place)
    return place


def _name_of(ags: str | None) -> str:
    return regions.names([ags]).get(ags, ags) if ags else ""


def _set_contacts(_who: Who, actor: Actor, rows: list[dict[str, Any]]) -> None:
    units = {unit.name: unit for unit in actor.units}
    for number, row in enumerate(rows):
        name = row.pop("unit", None)
        if name and name not in units:
            message = _("This unit does not exist: add it above first.")
            raise Invalid({"contacts": {number: {"unit": [message]}}})
        row["unit"] = units[name] if name else None
    actor.contacts = _rows(actor.contacts, rows, Contact, "contacts", _fill_contact)
    for number, contact in enumerate(actor.contacts):
        try:
            _check_consent(contact)
        except Invalid as error:
            raise Invalid({"contacts": {number: error.errors}}) from None


def _fill_contact(contact: Contact, row: dict[str, Any]) -> None:
    # A form opened before the notice was sent does not know of it.
    informed = row.pop("informed_on", None) or contact.informed_on
    _fill(contact, {**row, "informed_on": informed})


def _set_places(_who: Who, actor: Actor, rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows):
        try:
            _check_place(row)
        except Invalid as error:
            raise Invalid({"places": {number: error.errors}}) from None
    actor.places = _rows(actor.places, rows, Place, "places", _fill_place)


def _check_place(row: Mapping[str, Any]) -> None:
    ags = row.get("municipality")
    if ags and not regions.existing([ags]):
        raise Invalid({"municipality": [_("This official key (AGS) does not exist.")]})
    if (row.get("lat") is None) != (row.get("lon") is None):
        missing = "lon" if row.get("lon") is None else "lat"
        raise Invalid({missing: [_("Please give both coordinates, or none.")]})


def _fill_place(place: Place, row: dict[str, Any]) -> None:
    _fill(place, row)
    place.hours = opening.tidy(place.hours) if place.hours else None
    if place.postcode and not place.municipality:
        candidates = regions.municipalities_of_postcode(place.postcode)
        place.municipality = candidates[0].ags if len(candidates) == 1 else None
    if place.lat is None or place.lon is None:
        # Better a pin in the right municipality than none; the office corrects it on the map.
        proposed = regions.coordinates(place.municipality, place.postcode)
        place.lat, place.lon = proposed if proposed else (None, None)


def _fill(target: Any, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        setattr(target, name, value)


def _rows(
    present: list[R],
    rows: list[dict[str, Any]],
    kind: type[R],
    field: str,
    fill: Callable[[R, dict[str, Any]], None],
) -> list[R]:
    """Return the rows as objects: those with an id keep their identity, the others are new."""
    by_uuid = {each.uuid: each for each in present if each.uuid}
    kept = []
    for position, row in enumerate(rows):
        values = dict(row)
        uuid = values.pop("uuid", None)
        if uuid and uuid not in by_uuid:
            raise Invalid({field: {position: {"id": [_("This entry does not belong here.")]}}})
        target = by_uuid.pop(uuid) if uuid else kind()
        target.position = position
        fill(target, values)
        kept.append(target)
    return kept


def check_regions(keys: list[str], field: str) -> None:
    """Raise a message at `field` for official keys that do not exist."""
    if unknown := sorted(set(keys) - regions.existing(keys)):
        message = _("This official key (AGS) does not exist: %(ags)s", ags=", ".join(unknown)[:80])
        raise Invalid({field: [message]})


_SETTERS: dict[str, Callable[[Who, Actor, Any], None]] = {
    "category": _set_category,
    "legal_form": _set_legal_form,
    "fields": _set_fields,
    "areas": _set_areas,
    "parent": _set_parent,
    "units": _set_units,
    "contacts": _set_contacts,
    "places": _set_places,
}
