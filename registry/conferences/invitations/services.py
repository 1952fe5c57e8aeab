"""The list of invitations: frozen when it is first sent, edited, withdrawn from, handed out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import record, recorded
from registry.conferences.criteria import Code
from registry.conferences.invitations import columns, files, queries
from registry.conferences.invitations.models import Beside, Channel, Effect, Invitation, Pick
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.conferences.replies.services import release, resume
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid

DIGESTED = (
    "number",
    "category",
    "organisation",
    "unit",
    "function",
    "form",
    "title",
    "office_title",
    "given_name",
    "family_name",
    "street",
    "postcode",
    "city",
    "email",
    "channel",
    "seats",
)


def freeze(who: Who, conference: Conference) -> None:
    """Give every invitation its number, once: from then on the list is what was sent.

    Called by whatever sends for the first time; later calls change nothing.
    """
    require(who, Permission.CONFERENCE_INVITE, conference)
    held = load_conference(who, conference.uuid, lock=True)
    if held.frozen_at is not None:
        return
    queries.forget_withdrawn(held)
    rows = queries.listed(held)
    for number, row in enumerate(rows, 1):
        row.number = number
    held.frozen_at = now()
    touch(held)
    facts = {"invitations": [None, len(rows)], "digest": [None, _digest(rows)]}
    record(who, "conference.frozen", held, facts)
    db.session.flush()


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Invitation:
    """Change a row of the list by hand; what was changed does not follow the register any more.

    What the office enters of a person is not released to holders of a duty outside of it.
    """
    row = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, row)
    inside = in_the_office(who, row.conference)
    if not inside and not row.released:
        data = {name: value for name, value in data.items() if name == "remark"}
    changed = [name for name, value in data.items() if getattr(row, name) != value]
    with recorded(who, "invitation.updated", row):
        for name in changed:
            setattr(row, name, data[name])
        _check_channel(row)
        if inside and set(changed) & set(queries.CONTACT):
            row.released = False
            changed.append("released")
        row.edited = sorted({*row.edited, *changed} - {"remark"})
        touch(row)
    return row


def follow(who: Who, uuid: UUID, version: int) -> Invitation:
    """Let a row follow the register and the rules again, at the next time they are applied."""
    row = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, row)
    with recorded(who, "invitation.updated", row):
        row.edited = []
        touch(row)
    return row


def withdraw(who: Who, uuid: UUID, version: int, reason: str, today: date) -> Invitation:
    """Withdraw an invitation: it keeps its number, and no rule invites anew."""
    row = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, row)
    with recorded(who, "invitation.withdrawn", row):
        row.withdrawn_on = today
        touch(row)
    row.before_rules = {"places": release(who, row, today)}
    _pick_out(row, reason)
    return row


def reinstate(who: Who, uuid: UUID, version: int, today: date) -> Invitation:
    """Undo withdrawing: the invitation holds again, and the rules decide as before.

    Whoever had a seat gets one again, or waits for what others have got since.
    """
    row = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, row)
    with recorded(who, "invitation.reinstated", row):
        row.withdrawn_on = None
        touch(row)
    for pick in queries.load_picks_of(row):
        db.session.delete(pick)
    places, row.before_rules = (row.before_rules or {}).get("places"), None
    if places:
        resume(who, row, places, today)
    db.session.flush()
    return row


def add_walk_in(who: Who, conference: Conference, actor: Actor | None, name: str) -> Invitation:
    """Add an invitation for somebody who came without one: of an actor, or of whatever was said.

    Nothing is sent for it, and applying the rules anew leaves it alone.
    """
    require(who, Permission.CONFERENCE_INVITE, conference)
    held = load_conference(who, conference.uuid, lock=True)
    made = Invitation(
        conference=held,
        actor=actor,
        organisation=actor.name if actor else name,
        category=actor.category.key if actor and actor.category else Beside.GUEST.value,
        reasons=[{"code": Code.WALK_IN.value}],
        channel=Channel.NONE.value,
        late=True,
        number=queries.last_number(held) + 1 if held.frozen_at else None,
        edited=[],
    )
    db.session.add(made)
    with recorded(who, "invitation.created", made, new=True):
        db.session.flush()
    return made


def hand_out(who: Who, uuid: UUID, form: str) -> bytes:
    """Return the list as a "csv" or "xlsx" file, as `who` may see it; the log notes it."""
    conference = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, conference)
    inside = in_the_office(who, conference)
    rows = [queries.as_seen(row, inside=inside) for row in queries.table(conference)]
    record(who, "conference.list_exported", conference, {"rows": [None, len(rows)]})
    return files.WRITERS[form](columns.header(), columns.cells(rows, queries.told(conference)))


def _loaded(who: Who, uuid: UUID, version: int) -> Invitation:
    row = queries.load_invitation(who, uuid, lock=True)
    if row.version != version:
        raise Conflict(row)
    return row


def _check_channel(row: Invitation) -> None:
    if row.channel in (Channel.MAIL, Channel.BOTH) and not row.email:
        raise Invalid({"channel": [_("There is no e-mail address.")]})
    posted = row.channel in (Channel.POST, Channel.BOTH)
    if posted and not (row.street and row.postcode and row.city):
        raise Invalid({"channel": [_("There is no postal address.")]})


def _pick_out(row: Invitation, reason: str) -> None:
    keys = ("actor_id", "body_id", "individual_id")
    subject = {name: getattr(row, name) for name in keys if getattr(row, name) is not None}
    if not subject:
        return
    [pick, *_more] = queries.load_picks_of(row) or [
        Pick(conference_id=row.conference_id, **subject)
    ]
    pick.effect, pick.reason = Effect.EXCLUDE.value, reason[:300] or None
    db.session.add(pick)
    db.session.flush()


def _digest(rows: Iterable[Invitation]) -> str:
    """Return what tells one list from another: the SHA-256 of what its rows say."""
    told = [[getattr(row, name) for name in DIGESTED] for row in rows]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
