"""Letters: what they say, printing them, and noting that they were printed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.actors.contacts import notices
from registry.audit.services import record, recorded
from registry.conferences.invitations.services import freeze
from registry.conferences.letters import content, links, queries
from registry.conferences.letters.content import Occasion, Recipient, Sender
from registry.conferences.letters.queries import Which
from registry.conferences.letters.saying import Kind
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import closing
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


@dataclass(frozen=True)
class Wish:
    """Which letters are wanted; `picked` are invitations (public ids) where some were chosen."""

    which: str = Which.POST
    picked: Collection[UUID] = ()

    def kind(self, conference: Conference) -> Kind:
        """Return what the letters are for."""
        if self.which == Which.CHANGED:
            return Kind.MOVED if conference.cancelled_on is None else Kind.CANCELLED
        return Kind.REMINDER if self.which == Which.UNANSWERED else Kind.INVITATION


@dataclass(frozen=True)
class Post:
    """Letters that are ready to be set, as plain data: no transaction is needed for them.

    `sequence` is what they tell of the conference, whatever changes while they are set.
    """

    occasion: Occasion
    sender: Sender
    letters: Sequence[Recipient]
    uuids: Sequence[UUID]
    sequence: int = 0
    proof: bool = False

    def without_notices(self) -> "Post":
        """Return the same letters where there is no room to tell what is kept of a contact."""
        return replace(self, letters=[replace(each, notice="") for each in self.letters])

    def document(self, today: date) -> dict[str, Any]:
        return content.document(self.occasion, self.sender, self.letters, today, proof=self.proof)


def write(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Change what the letters of a conference say."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    if found.version != version:
        raise Conflict(found)
    with recorded(who, "conference.updated", found):
        for name, value in data.items():
            setattr(found, name, value)
        touch(found)
    return found


def proof(who: Who, uuid: UUID, wish: Wish) -> Post:
    """Return letters to be looked at: marked as a draft, without a link that answers."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    _check(found, wish)
    return _post(who, found, wish, proof=True)


def issue(who: Who, uuid: UUID, wish: Wish) -> Post:
    """Return letters that may leave the house, each with a link of its own.

    Freezes the list. A letter that is printed again gets a further link; the earlier one goes on
    living, because nobody knows which of the two is read. Where a conference is called off nothing
    is to be answered, and there is no link.
    """
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    _check(found, wish)
    freeze(who, found)
    return _post(who, found, wish)


def printed(who: Who, uuid: UUID, post: Post, today: date) -> None:
    """Note that letters were printed: on each invitation, and once in the log."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    noticed = {uuid for uuid, to in zip(post.uuids, post.letters, strict=True) if to.notice}
    rows = queries.load_numbered(found, set(post.uuids))
    for row in rows:
        row.letter_on = today
        row.invited_on = row.invited_on or today
        row.told_on_paper = max(row.told_on_paper or 0, post.sequence)
        if post.occasion.kind == Kind.REMINDER:
            row.reminded_on = today
    notices.note_printed([row.contact_id or 0 for row in rows if row.uuid in noticed], today)
    numbers = [each.number for each in post.letters]
    record(who, "conference.printed", found, {"letters": [None, numbers]})
    db.session.flush()


def labels(who: Who, uuid: UUID, wish: Wish) -> list[Recipient]:
    """Return the addresses of labels, in the order of the letters; the log notes it."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    known = queries.load_letters(who, found)
    made = _some(queries.recipients(known.numbers, known.chosen(wish.which, wish.picked), {}))
    record(who, "conference.exported", found, {"labels": [None, len(made)]})
    return made


def badges(who: Who, uuid: UUID) -> tuple[str, list[queries.Badge]]:
    """Return what the conference is called, and a badge for everyone who has a seat."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    made = queries.badges(who, found)
    if not made:
        raise Invalid({"which": [_("Nobody has a seat yet.")]})
    record(who, "conference.exported", found, {"badges": [None, len(made)]})
    return found.title, made


def _some(letters: list[Recipient]) -> list[Recipient]:
    if not letters:
        raise Invalid({"which": [_("There is nobody to print this for.")]})
    return letters


def _check(found: Conference, wish: Wish) -> None:
    if found.cancelled_on is not None and wish.which != Which.CHANGED:
        raise Invalid({"which": [_("This conference was cancelled.")]})


def _post(who: Who, found: Conference, wish: Wish, *, proof: bool = False) -> Post:
    known, occasion = queries.load_letters(who, found), queries.occasion(found, wish.kind(found))
    rows = known.chosen(wish.which, wish.picked)
    uuids, addresses = [row.uuid for row in rows], dict[UUID, str]()
    if occasion.answers:
        lasting = closing.lasting(found)
        nowhere = dict.fromkeys(uuids, links.without_answer())
        addresses = nowhere if proof else links.issued(uuids, lasting)
    told = notices.on_paper([row.contact_id for row in rows if row.contact_id])
    letters = _some(queries.recipients(known.numbers, rows, addresses, told))
    return Post(occasion, queries.sender(found), letters, uuids, found.sequence, proof=proof)
