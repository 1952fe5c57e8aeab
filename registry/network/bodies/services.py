"""Bodies: enter one, change it, delete it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.ranges import check_ranges
from registry.network.bodies import queries
from registry.network.bodies.chosen import actor_of
from registry.network.bodies.models import Body, Member, Part
from registry.texts.translated import Translated
from registry.vocabulary.services import choose

TEXTS = ("purpose", "joining")


def create(who: Who, region: str, data: Mapping[str, Any]) -> Body:
    """Enter a body of a register; nobody else sees it before it is public."""
    require(who, Permission.NETWORK_EDIT, In(region))
    made = Body(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "body.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Body:
    """Change a body that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    with recorded(who, "body.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> Body:
    """Delete a body with its members' seats."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    members = [str(each) for each in found.members]
    record(who, "body.deleted", found, {"members": [members, None]} if members else {})
    db.session.delete(found)
    db.session.flush()
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Body:
    found = queries.load_body(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Body, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name in TEXTS:
            setattr(row, name, (getattr(row, name) or Translated()).merged(value))
        elif name == "fields":
            # As they will be read again, so that the audit log sees only real changes.
            row.fields = sorted(choose("field", value, name), key=lambda term: term.position)
        elif name == "office":
            _set_office(row, actor_of(value))
        elif name == "members":
            _set_members(row, value)
        else:
            setattr(row, name, value)
    check_ranges(row)


def _set_office(row: Body, uuid: UUID | None) -> None:
    if row.office and row.office.uuid == uuid:
        return
    found = queries.load_actors(row.region, [uuid]) if uuid else {}
    if uuid and uuid not in found:
        raise Invalid({"office": [_("This organisation does not exist.")]})
    row.office = found[uuid] if uuid else None


def _set_members(row: Body, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set the members; whoever is one already keeps the seat, even an archived actor."""
    present = {each.actor.uuid: each for each in row.members}
    wanted = [actor_of(each["actor"]) for each in rows]
    known = queries.load_actors(row.region, (uuid for uuid in wanted if uuid))
    known |= {uuid: each.actor for uuid, each in present.items()}
    kept = []
    for number, (uuid, values) in enumerate(zip(wanted, rows, strict=True)):
        if problem := _problem(uuid, wanted[:number], known):
            raise Invalid({"members": {number: {"actor": [problem]}}})
        if uuid:
            kept.append(_seat(present.get(uuid) or Member(actor=known[uuid]), values))
    row.members = kept


def _problem(
    uuid: UUID | None, before: Sequence[UUID | None], known: Mapping[UUID, Actor]
) -> str | None:
    if uuid not in known:
        return str(_("This organisation does not exist."))
    return str(_("This organisation is in the list already.")) if uuid in before else None


def _seat(member: Member, values: Mapping[str, Any]) -> Member:
    member.part = values.get("part") or Part.MEMBER.value
    member.seats = values.get("seats") or 1
    member.since, member.until = values.get("since"), values.get("until")
    return member
