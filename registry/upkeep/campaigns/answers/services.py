"""Taking answers, and what the office makes of them.

"Still correct" counts at once. A change waits for the office unless the region lets actors change
their own entries; "no longer exists" and messages always wait. Free places count at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, Who, require
from registry.actors import services as actors
from registry.actors.models import Status
from registry.audit.services import record
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotFound, errors_at
from registry.offers import services as offers
from registry.regions import queries as regions
from registry.upkeep.campaigns import queries
from registry.upkeep.campaigns.answers.amendments import Changes, overtaken, turned
from registry.upkeep.campaigns.answers.opening import open_link
from registry.upkeep.campaigns.answers.queries import load_answer
from registry.upkeep.campaigns.answers.standing import details, update_of
from registry.upkeep.campaigns.models import Answer, Entry, Request, Via, Work
from registry.upkeep.campaigns.services import PURPOSE


@dataclass(frozen=True)
class Said:
    """What was said about one entry; `free` are places by run, `version` what was looked at."""

    answer: str | None
    note: str | None = None
    changes: Changes = field(default_factory=dict)
    free: Mapping[UUID, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True)
class Way:
    """How answers came: on which day, and by which function where they were spoken.

    `live`: what the actor changes is seen by everyone at once.
    """

    via: Via
    day: date
    said_by: str | None = None
    live: bool = False


def opened(key: str, address: str, *, answering: bool = False) -> Request:
    """Return the request that a link's secret opens, locked for whoever is answering."""

    def load(uuid: UUID) -> Request | None:
        request = queries.load_by_link(uuid, lock=answering)
        return request if request.open_entries else None

    return open_link(PURPOSE, load, key, address, answering=answering)


def holder(request: Request) -> Who:
    """Return whoever holds the link of a request: nobody in particular, for this one actor."""
    grant = Grant(Role.ACTOR_EDITOR, request.actor.region, request.actor_id)
    return Who("link", "confirmation link", grants=(grant,))


def answerable(request: Request, today: date) -> dict[UUID, Entry]:
    """Return the entries a link can answer: an answer can be corrected until the deadline."""
    over = today > request.campaign.deadline
    return {e.uuid: e for e in request.open_entries if not (over and e.answer)}


def answer_by_link(who: Who, request: Request, said: Mapping[UUID, Said], today: date) -> None:
    """Take what was said about entries of the request; ids of others do not exist."""
    require(who, Permission.ACTOR_EDIT, request.actor)
    mine = answerable(request, today)
    if not said.keys() <= mine.keys():
        raise NotFound
    way = Way(Via.LINK, today, live=regions.rules(request.actor.region).own_edits_live)
    for uuid, each in said.items():
        with errors_at(str(uuid)):
            _by_link(who, mine[uuid], each, way)
    _settle(request)


def answer_by_telephone(
    who: Who, uuid: UUID, said: Mapping[UUID, Said], way: Way, today: date
) -> Request:
    """Record what was said on the telephone, today or some days ago."""
    request = queries.load_request(who, uuid, lock=True)
    require(who, Permission.CAMPAIGN_MANAGE, request)
    if request.campaign.state != "running":
        raise Conflict(request)
    if not (request.campaign.started_on or today) <= way.day <= today:
        raise Invalid({"day": [_("Please choose a day between the start and today.")]})
    mine = {entry.uuid: entry for entry in request.open_entries}
    if not said.keys() <= mine.keys():
        raise NotFound
    for key, each in said.items():
        with errors_at(str(key)):
            if each.answer:
                _take(who, mine[key], each, way)
    _settle(request)
    return request


def apply_answer(who: Who, uuid: UUID) -> Entry:
    """Do what an answer asks for: change the entry, or archive it."""
    entry = _to_decide(who, uuid, Work.OPEN)
    require(who, Permission.CAMPAIGN_MANAGE, entry)
    if entry.answer == Answer.GONE:
        entry.before = {"status": [entry.subject.status, Status.ARCHIVED.value]}
        _services_of(entry).archive(who, entry.subject.uuid)
    elif entry.answer == Answer.CHANGED:
        _change(who, entry)
    return _decide(who, entry, Work.APPLIED)


def decline_answer(who: Who, uuid: UUID) -> Entry:
    """Leave the entry as it is."""
    entry = _to_decide(who, uuid, Work.OPEN)
    require(who, Permission.CAMPAIGN_MANAGE, entry)
    return _decide(who, entry, Work.DECLINED)


def undo_decision(who: Who, uuid: UUID) -> Entry:
    """Put an answer back among those to be worked on, and the entry back as it was."""
    entry = _to_decide(who, uuid, Work.APPLIED, Work.DECLINED)
    require(who, Permission.CAMPAIGN_MANAGE, entry)
    if entry.work == Work.APPLIED and entry.answer != Answer.CORRECT:
        _take_back(who, entry)
    _decide(who, entry, Work.OPEN)
    entry.decided_at = None
    return entry


def _by_link(who: Who, entry: Entry, said: Said, way: Way) -> None:
    if said.version != entry.subject.version:
        raise Invalid({"answer": [_("This entry has been changed meanwhile. Please check it.")]})
    free = _newly_free(entry, said)
    if free and entry.offer:
        offers.tell_free_places(who, entry.offer.uuid, free, way.day)
    if said.answer and not _said_before(entry, said):
        if said.answer == Answer.CHANGED and not said.changes and not said.note:
            raise Invalid({"note": [_("Please say what has changed.")]})
        _take(who, entry, said, way)


def _newly_free(entry: Entry, said: Said) -> dict[UUID, str]:
    """Return the free places that are news; "still correct" says the known ones anew."""
    runs = {run.uuid: run.availability for run in entry.offer.runs} if entry.offer else {}
    correct = said.answer == Answer.CORRECT
    return {
        key: told
        for key, told in said.free.items()
        if told != runs.get(key) or (correct and told != "unknown")
    }


def _said_before(entry: Entry, said: Said) -> bool:
    """Return whether a form was sent once more as it stood."""
    pending = entry.changes if entry.work == Work.OPEN else {}
    same = entry.answer == said.answer and entry.note == said.note and said.changes == pending
    return same and said.answer != Answer.CORRECT


def _take(who: Who, entry: Entry, said: Said, way: Way) -> None:
    if entry.before and entry.decided_at is None:
        _take_back(who, entry)
    entry.answer, entry.via, entry.answered_on = said.answer, way.via, way.day
    entry.note, entry.changes, entry.said_by = said.note, dict(said.changes), way.said_by
    entry.work, entry.decided_at, entry.before = None, None, {}
    if said.answer == Answer.CORRECT:
        _confirm(who, entry)
    elif said.answer == Answer.CHANGED and way.live and not said.note:
        _change(who, entry)
        entry.work = Work.APPLIED
    else:
        entry.work = Work.OPEN
    if said.note:
        entry.work = Work.OPEN
    db.session.flush()


def _confirm(who: Who, entry: Entry) -> None:
    made = _confirmation(entry)
    entry.before = made
    if made:
        _services_of(entry).confirm(who, entry.subject.uuid, entry.answered_on)


def _confirmation(entry: Entry) -> Changes:
    """Return how the day of the answer changes the day of the last confirmation, if it is later."""
    before, day = entry.subject.last_confirmed, entry.answered_on
    if day is None or (before and before >= day):
        return {}
    return {"last_confirmed": [before and before.isoformat(), day.isoformat()]}


def _change(who: Who, entry: Entry) -> None:
    """Apply the changes of an answer, and its day as the last confirmation."""
    today = entry.answered_on or date.today()
    if overtaken(entry.changes, details(entry, today)):
        message = _("These details have been changed meanwhile. Please edit the entry by hand.")
        raise Invalid({"answer": [message]})
    entry.before = {**entry.changes, **_confirmation(entry)}
    _update(who, entry, entry.before)


def _take_back(who: Who, entry: Entry) -> None:
    """Undo what an answer changed, as far as it still stands like that."""
    made, entry.before = dict(entry.before), {}
    services, uuid = _services_of(entry), entry.subject.uuid
    if "status" in made:
        services.restore(who, uuid)
        services.publish(who, uuid)
        return
    before, set_to = made.pop("last_confirmed", (None, None))
    if set_to and entry.subject.last_confirmed == date.fromisoformat(set_to):
        services.confirm(who, uuid, before and date.fromisoformat(before))
    standing = details(entry, date.today())
    gone = overtaken({path: [new, new] for path, (_old, new) in made.items()}, standing)
    _update(who, entry, {path: pair for path, pair in turned(made).items() if path not in gone})


def _update(who: Who, entry: Entry, made: Changes) -> None:
    if data := update_of(entry, made):
        _services_of(entry).update(who, entry.subject.uuid, entry.subject.version, data)


@dataclass(frozen=True)
class _Services:
    """The ordinary services of one kind of entry."""

    update: Any
    confirm: Any
    archive: Any
    restore: Any
    publish: Any


_OF_ACTORS = _Services(
    actors.update_actor,
    actors.confirm_actor,
    actors.archive_actor,
    actors.restore_actor,
    actors.publish_actor,
)
_OF_OFFERS = _Services(
    offers.update_offer,
    offers.confirm_offer,
    offers.archive_offer,
    offers.restore_offer,
    offers.publish_offer,
)


def _services_of(entry: Entry) -> _Services:
    return _OF_OFFERS if entry.offer else _OF_ACTORS


def _settle(request: Request) -> None:
    """Note whether anything of a request is still open."""
    missing = any(entry.answer is None for entry in request.open_entries)
    request.answered_at = None if missing else request.answered_at or now()


def _to_decide(who: Who, uuid: UUID, *expected: Work) -> Entry:
    entry = load_answer(who, uuid, lock=True)
    if entry.work not in expected:
        raise Conflict(entry)
    return entry


def _decide(who: Who, entry: Entry, work: Work) -> Entry:
    entry.work, entry.decided_at = work, now()
    record(who, f"answer.{work}", entry)
    return entry
