"""Keeping actors true: create, change, publish, archive, restore."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import hours as opening
from registry.actors import queries
from registry.actors.models import Actor, ActorArea, Contact, Place, Status, Unit
from registry.audit.services import record, recorded
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotFound
from registry.regions import queries as regions
from registry.texts.models import TranslatedText
from registry.texts.translated import Translated
from registry.vocabulary.services import choose

MAX_PARENTS = 20
R = TypeVar("R", Unit, Contact, Place)


class _Wanted:
    """A subject that does not exist yet: only its region is known."""

    def __init__(self, region: str) -> None:
        self.region = region


def create_actor(
    who: Who, region: str, data: Mapping[str, Any], *, example: bool = False, uuid: UUID | None = None
) -> Actor:
    """Create a draft in the register of `region` (AGS)."""
    require(who, Permission.ACTOR_EDIT, _Wanted(region))
    if region not in regions.existing([region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    actor = Actor(region=region, example=example, status=Status.DRAFT)
    if uuid:
        actor.uuid = uuid
    with db.session.no_autoflush:
        _apply(who, actor, data)
    db.session.add(actor)
    with recorded(who, "actor.created", actor, new=True):
        _flush()
    return actor


def update_actor(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Actor:
    """Change an actor that still has the given version."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    if actor.version != version:
        raise Conflict(actor)
    with recorded(who, "actor.updated", actor):
        _apply(who, actor, data)
        touch(actor)
        _flush()
    return actor


def publish_actor(who: Who, uuid: UUID) -> Actor:
    """Publish; asks for what a public entry cannot be without."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    if actor.category is None:
        raise Invalid({"category": [_("Please choose a category before publishing.")]})
    return _set_status(who, actor, Status.PUBLISHED)


def archive_actor(who: Who, uuid: UUID) -> Actor:
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return _set_status(who, actor, Status.ARCHIVED)


def restore_actor(who: Who, uuid: UUID) -> Actor:
    """Bring an archived actor back as a draft."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return _set_status(who, actor, Status.DRAFT)


def confirm_actor(who: Who, uuid: UUID, day: date) -> Actor:
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    with recorded(who, "actor.confirmed", actor):
        actor.last_confirmed = day
        touch(actor)
    return actor


def delete_demo(who: Who, uuids: Sequence[UUID]) -> int:
    """Delete example actors and those of the given ids, unless offers still hang on them."""
    require(who, Permission.DATA_TRANSFER, None)
    doomed = queries.load_examples(uuids)
    for actor in doomed:
        for child in queries.load_below(actor):
            child.parent = None
    db.session.flush()
    return sum(_delete(who, actor) for actor in doomed)


def warnings(actor: Actor) -> list[str]:
    """Return what looks odd but is allowed, as sentences for the person who saves."""
    outside = []
    for place in actor.places:
        centre = regions.coordinates(place.municipality, None)
        if centre and place.lat is not None and place.lon is not None:
            if abs(place.lat - centre[0]) > 0.2 or abs(place.lon - centre[1]) > 0.3:
                outside.append(place.name)
    return [
        _("The coordinates of “%(place)s” lie far from its municipality.", place=name)
        for name in outside
    ]


def touch(row: Any) -> None:
    """Count a change: parts of a row do not raise its version by themselves."""
    row.version += 1
    row.updated_at = now()


def _load_for_edit(who: Who, uuid: UUID) -> Actor:
    return queries.load_actor(who, uuid)


def _delete(who: Who, actor: Actor) -> bool:
    try:
        with db.session.begin_nested():
            record(who, "actor.deleted", actor)
            db.session.delete(actor)
    except IntegrityError:
        return False
    return True


def _set_status(who: Who, actor: Actor, status: Status) -> Actor:
    with recorded(who, f"actor.{status}", actor):
        actor.status = status
        touch(actor)
    return actor


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Invalid(
            {"places": [_("A place that offers still use cannot be removed.")]}
        ) from None


def _apply(who: Who, actor: Actor, data: Mapping[str, Any]) -> None:
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
    actor.fields = choose("field", keys, "fields")


def _set_areas(_who: Who, actor: Actor, keys: list[str]) -> None:
    check_regions(keys, "areas")
    present = {area.ags: area for area in actor.areas}
    actor.areas = [present.get(ags) or ActorArea(ags=ags) for ags in dict.fromkeys(keys)]


def _set_parent(who: Who, actor: Actor, value: Mapping[str, UUID | None] | UUID | None) -> None:
    uuid = value.get("uuid") if isinstance(value, Mapping) else value
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


def _set_contacts(_who: Who, actor: Actor, rows: list[dict[str, Any]]) -> None:
    units = {unit.name: unit for unit in actor.units}
    for number, row in enumerate(rows):
        name = row.pop("unit", None)
        if name and name not in units:
            message = _("This unit does not exist: add it above first.")
            raise Invalid({"contacts": {number: {"unit": [message]}}})
        row["unit"] = units[name] if name else None
    actor.contacts = _rows(actor.contacts, rows, Contact, "contacts", _fill)


def _set_places(_who: Who, actor: Actor, rows: list[dict[str, Any]]) -> None:
    known = regions.existing(row["municipality"] for row in rows if row.get("municipality"))
    for number, row in enumerate(rows):
        ags = row.get("municipality")
        if ags and ags not in known:
            message = _("This official key (AGS) does not exist.")
            raise Invalid({"places": {number: {"municipality": [message]}}})
    actor.places = _rows(actor.places, rows, Place, "places", _fill_place)


def _fill_place(place: Place, row: dict[str, Any]) -> None:
    _fill(place, row)
    place.hours = opening.tidy(place.hours) if place.hours else None
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
