"""Running a round: plan, start, remind, close."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.mail import outbox
from registry.core.mail.models import State
from registry.core.mail.outbox import Letter
from registry.network.rounds import queries
from registry.network.rounds.models import Asked, Round
from registry.network.rounds.queries import Candidate
from registry.regions import queries as regions
from registry.upkeep.campaigns import asking

PURPOSE = "partners"


def plan(who: Who, region: str, data: Mapping[str, Any], today: date) -> Round:
    """Write down a round for the register of `region` (AGS); nobody is asked yet."""
    require(who, Permission.NETWORK_EDIT, In(region))
    if region not in regions.existing([region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    made = Round(region=region)
    asking.fill(made, data, today)
    db.session.add(made)
    with recorded(who, "round.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Round:
    """Change a round that is still planned and still has the given version."""
    found = _planned(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    with recorded(who, "round.updated", found):
        asking.fill(found, data, today)
        touch(found)
    return found


def discard(who: Who, uuid: UUID, version: int) -> None:
    """Delete a round that was never started."""
    found = _planned(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    record(who, "round.deleted", found)
    db.session.delete(found)


def start(who: Who, uuid: UUID, version: int, today: date) -> Round:
    """Ask every actor that the preview names, by at most one mail each."""
    found = _planned(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    asking.check_deadline(found.deadline, today)
    asked = [each for each in queries.candidates(found.region, today) if each.choice.asked]
    if not asked:
        raise Invalid({"name": [_("There is nobody to ask.")]})
    with recorded(who, "round.started", found):
        found.started_on = today
        touch(found)
    for each in asked:
        _ask(found, each)
    return found


def remind(who: Who, uuid: UUID, today: date) -> int:
    """Remind everybody of a round who has not answered, nobody twice a day; return how many."""
    found = queries.load_round(who, uuid, lock=True)
    require(who, Permission.NETWORK_EDIT, found)
    return _remind(who, found, today, by_plan=False)


def remind_all(who: Who, today: date) -> int:
    """Send the reminders that are due by the plan of each round; return how many."""
    require(who, Permission.NETWORK_EDIT, None)
    running = [queries.load_round(who, each.uuid, lock=True) for each in queries.load_running(who)]
    return sum(_remind(who, each, today, by_plan=True) for each in running)


def close(who: Who, uuid: UUID, today: date) -> Round:
    """End a round with all its links; mail that has not left stays here."""
    found = queries.load_round(who, uuid, lock=True)
    require(who, Permission.NETWORK_EDIT, found)
    if found.state != "running":
        raise Conflict(found)
    for asked in queries.load_all(found):
        tokens.end(PURPOSE, asked.uuid)
        if asked.mail and asked.mail.state == State.WAITING:
            asked.mail.state = State.CANCELLED
    with recorded(who, "round.closed", found):
        found.closed_on = today
        touch(found)
    return found


def see_to(who: Who, uuid: UUID, name: str) -> None:
    """Note that the office has seen to somebody whom an actor misses; it stands there no more."""
    asked = queries.load_asked(who, uuid, lock=True)
    require(who, Permission.NETWORK_EDIT, asked)
    if name in asked.missing:
        asked.missing = [each for each in asked.missing if each != name]
        record(who, "round.missing_seen_to", asked, {"missing": [name, None]})


def _planned(who: Who, uuid: UUID, version: int) -> Round:
    found = queries.load_round(who, uuid, lock=True)
    if found.state != "planned" or found.version != version:
        raise Conflict(found)
    return found


def _ask(found: Round, each: Candidate) -> None:
    asked = Asked(round=found, actor_id=each.id, asked_on=found.started_on)
    db.session.add(asked)
    db.session.flush()
    contact = each.choice.contact
    if contact and contact.email:
        asked.contact_id = contact.id
        _write(asked, each.name, contact.email)


def _remind(who: Who, found: Round, today: date, *, by_plan: bool) -> int:
    """Write to those who have not answered; by plan only where a reminder is still to come."""
    if found.state != "running" or today > found.deadline:
        return 0
    steps = asking.steps_behind(found, today)
    due = [row for row in queries.load_open(found) if not (by_plan and row.steps >= steps)]
    reminded = asking.remindable(due, today)
    for asked in reminded:
        _write(asked, asked.actor.name, asking.address(asked), reminder=True)
        asked.asked_on, asked.steps = today, steps
    if reminded:
        record(who, "round.reminded", found, {"count": [None, len(reminded)]})
    return len(reminded)


def _write(asked: Asked, actor: str, address: str, *, reminder: bool = False) -> None:
    """Put a mail into the outbox, with a link of its own."""
    found = asked.round
    facts = {
        "actor": asking.line(actor),
        "deadline": f"{found.deadline:%d.%m.%Y}",
        "text": found.office_text or "",
        "begun": asked.begun_at is not None,
    }
    kind = "partners_reminder" if reminder else "partners_request"
    letter = Letter(kind, address, found.region, facts, about=asked.uuid)
    link = tokens.issue(PURPOSE, asked.uuid, asking.lasting(found.deadline))
    asked.mail = outbox.post(letter, link)
