"""Links between actors: entered by the office, reported by each side, never by a third."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may, require
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import record, record_many, recorded
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db
from registry.core.errors import Alike, Conflict, Invalid, errors_at
from registry.core.ranges import check_ranges
from registry.network.links import queries
from registry.network.links.book import INCOMING, KINDS, Book, Origin, Partners, register_of
from registry.network.links.models import Cooperation, Report, Side, Via
from registry.network.rounds.models import Round
from registry.vocabulary.services import choose

SIDES = {"by_source": Side.SOURCE, "by_target": Side.TARGET}


def enter(who: Who, region: str, data: Mapping[str, Any]) -> Cooperation:
    """Enter a link between two actors of a region; raises Alike with the link that is there."""
    require(who, Permission.NETWORK_EDIT, In(region))
    source, target = _ends(who, region, data)
    kind = data["kind"]
    if there := queries.load_between(kind, source.id, target.id):
        raise Alike([there])
    made = Cooperation(kind=kind, source=source, target=target)
    made.region = register_of(region, source, target)
    made.example = source.example or target.example
    with db.session.no_autoflush:
        _fill(made, data)
    if not made.reports:
        raise Invalid({"by_source": {"intensity": [_("Please say what at least one side says.")]}})
    db.session.add(made)
    with recorded(who, "cooperation.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Cooperation:
    """Change what is said of a link that still has the given version; its ends and kind stay.

    A side that `data` names without an intensity takes back what it said.
    """
    found = _current(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    with recorded(who, "cooperation.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> None:
    """Delete a link with all that was reported of it; the log keeps what it said."""
    found = _current(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    record(who, "cooperation.deleted", found, differences(snapshot(found), {}))
    db.session.delete(found)
    db.session.flush()


def report_for(
    who: Who,
    actor: Actor,
    partners: Partners,
    *,
    on: date,
    via: Via,
    round: Round | None = None,  # noqa: A002 (what it is called everywhere)
) -> int:
    """Put down all that one actor says of its partners; return how many links that touched.

    `partners` holds intensities by internal id and kind; of referral and funding "…_in" is what
    others do for the actor. A partner it named before, in the kinds it was asked for now (those of
    the round, else those it speaks of), and does not name any more, is one it no longer works
    with. Partners that are not published in the region any more are passed over.
    """
    if not may(who, Permission.NETWORK_EDIT, actor):
        require(who, Permission.ACTOR_EDIT, actor)
    region, asked = round.region if round else actor.region, _asked(round, partners)
    present = queries.load_partners(region, actor, partners)
    book = Book(region, actor, queries.load_of_actor(actor))
    told = {
        (kind, key): intensity
        for key, said in partners.items()
        for kind, intensity in said.items()
        if kind in asked and key in present and intensity in range(4)
    }
    origin = Origin(on, via, round.id if round else None)
    for (kind, key), intensity in sorted(told.items()):
        book.put(kind, present[key], intensity, origin)
    for kind, key in sorted(book.spoken(asked) - told.keys()):
        book.end(kind, key, origin)
    return _written(who, book)


def _asked(asking: Round | None, partners: Partners) -> set[str]:
    told = {kind for said in partners.values() for kind in said}
    kinds = set(asking.kinds) if asking else told
    return KINDS & (kinds | {name for name, kind in INCOMING.items() if asking and kind in kinds})


def _written(who: Who, book: Book) -> int:
    """Write and log what a book has changed."""
    changed = book.changed()
    for link in changed:
        if link in db.session:
            touch(link)
    db.session.add_all(changed)
    db.session.flush()
    record_many(who, book.events())
    return len(changed)


def _current(who: Who, uuid: UUID, version: int) -> Cooperation:
    found = queries.load_link(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _ends(who: Who, region: str, data: Mapping[str, Any]) -> tuple[Actor, Actor]:
    wanted = {name: _uuid(data[name]) for name in ("source", "target")}
    if wanted["source"] == wanted["target"]:
        raise Invalid({"target": [_("An actor cannot be linked with itself.")]})
    found = queries.load_ends(who, region, wanted.values())
    missing = _("This organisation does not exist.")
    if lost := {name: [missing] for name, uuid in wanted.items() if uuid not in found}:
        raise Invalid(lost)
    return found[wanted["source"]], found[wanted["target"]]


def _uuid(value: Any) -> UUID:
    found: UUID = value["uuid"] if isinstance(value, Mapping) else value
    return found


def _fill(link: Cooperation, data: Mapping[str, Any]) -> None:
    if "field" in data:
        keys = [data["field"]] if data["field"] else []
        link.field = next(iter(choose("field", keys, "field")), None)
    if "note" in data:
        link.note = data["note"]
    for name, side in SIDES.items():
        if name in data:
            with errors_at(name):
                _say(link, side, data[name] or {})


def _say(link: Cooperation, side: Side, data: Mapping[str, Any]) -> None:
    """Set what one side says; nothing takes back what it said."""
    said = link.report(side)
    if data.get("intensity") is None:
        link.reports = [each for each in link.reports if each is not said]
        return
    if said is None:
        said = Report(side=side)
        link.reports.append(said)
    via = data.get("via") or Via.OFFICE
    values = {"round_id": said.round_id if via == Via.ROUND else None, **data, "via": via}
    for name, value in {**values, "reported_on": data.get("reported_on") or date.today()}.items():
        setattr(said, name, value)
    check_ranges(said)
