"""Keeping actors true: create, change, submit, publish, archive, restore."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors import queries
from registry.actors.changes import add_contact, add_place, apply_changes, touch
from registry.actors.life import Life, Problems, waits
from registry.actors.models import Actor, Contact, Place, Status
from registry.actors.schemas import ActorSchema
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Invalid
from registry.regions import queries as regions

# Some twenty kilometres, in degrees: more than any municipality stretches from its middle.
FAR_LAT, FAR_LON = 0.2, 0.3


def create_actor(
    who: Who,
    region: str,
    data: Mapping[str, Any],
    *,
    example: bool = False,
    uuid: UUID | None = None,
) -> Actor:
    """Create a draft in the register of `region` (AGS)."""
    require(who, Permission.ACTOR_CREATE, In(region))
    if region not in regions.existing([region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    actor = Actor(region=region, example=example, status=Status.DRAFT)
    if uuid:
        actor.uuid = uuid
    with db.session.no_autoflush:
        apply_changes(who, actor, data)
    db.session.add(actor)
    with recorded(who, "actor.created", actor, new=True):
        _flush()
    return actor


def update_actor(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Actor:
    """Change an actor that still has the given version, or let the change wait for the office."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.update(who, actor, version, data)


def add_to_actor(
    who: Who, uuid: UUID, contact: Mapping[str, Any] | None, place: Mapping[str, Any] | None
) -> tuple[Contact | None, Place | None]:
    """Add a contact and a place to an actor and leave everything else as it is.

    Whoever cannot change a published actor at once may only name what it has.
    """
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    before = (len(actor.contacts), len(actor.places))
    with recorded(who, "actor.updated", actor), db.session.no_autoflush:
        made = add_contact(actor, contact) if contact else None
        try:
            found = add_place(actor, place) if place else None
        except Invalid as error:
            raise Invalid({"place": error.errors}) from None
        if before != (len(actor.contacts), len(actor.places)):
            _check_additions(who, actor, before)
            touch(actor)
    return made, found


def _check_additions(who: Who, actor: Actor, before: tuple[int, int]) -> None:
    if not waits(who, actor):
        return
    problems: dict[str, Any] = {}
    if len(actor.contacts) > before[0]:
        problems["contact"] = {"function": [_("Please add contacts in the organisation's form.")]}
    if len(actor.places) > before[1]:
        problems["place"] = {"municipality": [_("Please add places in the organisation's form.")]}
    raise Invalid(problems)


def preview_actor(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Actor:
    """Change it for a look at what would come of it; the caller rolls back."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.change(who, actor, data)


def publish_actor(who: Who, uuid: UUID) -> Actor:
    """Publish; asks for what a public entry cannot be without."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.publish(who, actor)


def submit_actor(who: Who, uuid: UUID) -> Actor:
    """Put a draft up for review."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.submit(who, actor)


def take_back_actor(who: Who, uuid: UUID) -> Actor:
    """Take back what waits for the office."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.take_back(who, actor)


def archive_actor(who: Who, uuid: UUID) -> Actor:
    """Take an actor out of sight, or ask the office to."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.archive(who, actor)


def restore_actor(who: Who, uuid: UUID) -> Actor:
    """Make a draft of an actor again."""
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.restore(who, actor)


def confirm_actor(who: Who, uuid: UUID, day: date) -> Actor:
    actor = _load_for_edit(who, uuid)
    require(who, Permission.ACTOR_EDIT, actor)
    return ACTORS.confirm(who, actor, day)


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
    return [
        _("The coordinates of “%(place)s” lie far from its municipality.", place=place.name)
        for place in actor.places
        if _far_away(place)
    ]


def _far_away(place: Place) -> bool:
    centre = regions.coordinates(place.municipality, None)
    if centre is None or place.lat is None or place.lon is None:
        return False
    return abs(place.lat - centre[0]) > FAR_LAT or abs(place.lon - centre[1]) > FAR_LON


def _load_for_edit(who: Who, uuid: UUID) -> Actor:
    return queries.load_actor(who, uuid, lock=True)


def _delete(who: Who, actor: Actor) -> bool:
    try:
        with db.session.begin_nested():
            record(who, "actor.deleted", actor)
            db.session.delete(actor)
    except IntegrityError:
        return False
    return True


def _applied(who: Who, actor: Actor, data: Mapping[str, Any]) -> None:
    apply_changes(who, actor, data)
    if "places" in data:
        _flush()


def _lacking(actor: Actor) -> Problems:
    if actor.category:
        return {}
    return {"category": [_("Please choose a category before publishing.")]}


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Invalid({"places": [_("A place that offers still use cannot be removed.")]}) from None


ACTORS = Life("actor", ActorSchema, _applied, _lacking)
