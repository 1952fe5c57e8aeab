"""Series: begin one, change its rhythm and rotation, archive it; days that conferences avoid."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.holders import chosen, known
from registry.conferences.series import queries
from registry.conferences.series.models import Avoided, Series, Turn
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def create(who: Who, region: str, data: Mapping[str, Any]) -> Series:
    """Begin a series of conferences of a region."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    made = Series(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "series.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Series:
    """Change a series that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "series.updated", found):
        _fill(found, data)
        touch(found)
    return found


def archive(who: Who, uuid: UUID, version: int, today: date) -> Series:
    """Take a series out of the list: it is due no more, its conferences stay."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "series.archived", found):
        found.archived_on = today
    return found


def restore(who: Who, uuid: UUID) -> Series:
    """Bring an archived series back."""
    found = queries.load_series(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "series.updated", found):
        found.archived_on = None
    return found


def avoid(who: Who, region: str, data: Mapping[str, Any]) -> Avoided:
    """Note days of a region on which no conference should be."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    last = data.get("last") or data["first"]
    if last < data["first"]:
        raise Invalid({"last": [_("The end lies before the start.")]})
    made = Avoided(region=region, **{**data, "last": last})
    db.session.add(made)
    with recorded(who, "avoided.created", made, new=True):
        db.session.flush()
    return made


def avoid_no_more(who: Who, uuid: UUID) -> Avoided:
    """Take such days back."""
    found = queries.load_avoided(who, uuid)
    require(who, Permission.CONFERENCE_EDIT, found)
    days = [found.first.isoformat(), found.last.isoformat()]
    record(who, "avoided.deleted", found, {"first": [days[0], None], "last": [days[1], None]})
    db.session.delete(found)
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Series:
    found = queries.load_series(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Series, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name == "turns":
            _set_turns(row, value)
        else:
            setattr(row, name, value)


def _set_turns(row: Series, rows: Sequence[Mapping[str, Any]]) -> None:
    actors = known(row.region, (each["actor"] for each in rows))
    actors |= {each.actor.uuid: each.actor for each in row.turns}
    wanted: list[tuple[str, int, Any]] = []
    for number, each in enumerate(rows):
        actor = actors.get(chosen(each["actor"]))
        if actor is None:
            message = _("This organisation does not exist.")
            raise Invalid({"turns": {number: {"actor": [message]}}})
        place = sum(kind == each["kind"] for kind, _place, _actor in wanted)
        wanted.append((each["kind"], place, actor))
    if [(turn.kind, turn.position, turn.actor) for turn in row.turns] == sorted(
        wanted, key=lambda turn: turn[:2]
    ):
        return
    row.turns = []
    db.session.flush()  # the places are unique: the old turns leave before the new ones come
    row.turns = [Turn(kind=kind, position=place, actor=actor) for kind, place, actor in wanted]
