"""Reading what letters, labels and badges say, and whom they go to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.actors.models import Actor
from registry.conferences import german, signing
from registry.conferences.decisions import carried
from registry.conferences.groups.models import Membership
from registry.conferences.invitations import address
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.models import Channel, Invitation, Reply
from registry.conferences.letters.content import Hours, Occasion, Recipient, Sender
from registry.conferences.letters.saying import Kind
from registry.conferences.mailing import choosing
from registry.conferences.mailing import queries as mailing
from registry.conferences.marks import Mark, mark
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, Place
from registry.core import qr
from registry.core.db import db
from registry.regions import queries as regions
from registry.regions.settings import queries as settings

BY_POST = {Channel.POST, Channel.BOTH}


class Which(StrEnum):
    """Whose letters are printed."""

    POST = "post"  # invited by post
    UNDELIVERABLE = "undeliverable"  # invited by mail, which did not arrive
    LATE = "late"  # added after the others, no letter yet
    UNANSWERED = "unanswered"  # to be reminded
    CHANGED = "changed"  # nobody has told them what has changed, and no mail can
    ALL = "all"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Letters:
    """Whom a conference can write to, in the order of the list, as it is at this very moment.

    `numbers` are those of the list, or will be once it is frozen. `withheld` counts contacts that
    the office alone may see, and writes to.
    """

    rows: Sequence[Invitation]
    numbers: Mapping[int, int]
    sendable: Mapping[int, invitations.Sendable]
    lost: Collection[int]  # whose mail did not arrive
    unaware: Collection[int] = ()  # who has to be told on paper what has changed
    withheld: int = 0

    def wanted(self, which: str, picked: Collection[UUID] = ()) -> list[Invitation]:
        """Return those of a choice, whether or not a letter may be sent to them."""
        tests: dict[str, Callable[[Invitation], bool]] = {
            Which.POST: lambda row: row.channel in BY_POST,
            Which.UNDELIVERABLE: self._is_lost,
            Which.LATE: lambda row: row.late and row.letter_on is None and row.channel in BY_POST,
            Which.UNANSWERED: lambda row: row.reply == Reply.OPEN and row.invited_on is not None,
            Which.CHANGED: lambda row: row.id in self.unaware,
            Which.CHOSEN: lambda row: row.uuid in picked,
        }
        test = tests.get(which)
        return [row for row in self.rows if test is None or test(row)]

    def chosen(self, which: str, picked: Collection[UUID] = ()) -> list[Invitation]:
        """Return those of a choice that a letter may be sent to."""
        return [row for row in self.wanted(which, picked) if self.sendable[row.id].post]

    def _is_lost(self, row: Invitation) -> bool:
        by_mail = row.channel in (Channel.MAIL, Channel.BOTH)
        return by_mail and (row.id in self.lost or not self.sendable[row.id].mail)


def load_letters(who: Who, conference: Conference) -> Letters:
    rows = mailing.load_rows(conference)
    office = may(who, Permission.CONFERENCE_EDIT, conference)
    shown = [row for row in rows if office or row.released]
    lost = {row.id for row in rows if row.mail and row.mail.state in choosing.CAME_BACK}
    numbers = {row.id: row.number or place for place, row in enumerate(rows, 1)}
    sendable = invitations.sendable(conference)
    unaware = {row.id for row in choosing.to_tell_on_paper(rows, sendable, conference)}
    return Letters(shown, numbers, sendable, lost, unaware, len(rows) - len(shown))


def load_numbered(conference: Conference, uuids: Collection[UUID]) -> list[Invitation]:
    return [row for row in invitations.listed(conference) if row.uuid in uuids]


def sender(conference: Conference) -> Sender:
    """Return whose letterhead it is: the actor's that has the duty to invite, else the region's."""
    duty = signing.duty(conference)
    actor = duty.actor if duty else None
    rules = regions.rules(conference.region)
    logo = settings.logo(conference.region, rules.logo_key) if rules.logo_key else None
    street, city = _address(actor) if actor else ("", "")
    return Sender(
        name=signing.sender(conference).name,
        street=street,
        city=city,
        function=(duty.function if duty else None) or "",
        phone=(duty.phone if duty else None) or "",
        email=(duty.email if duty else None) or "",
        logo=logo or b"",
        logo_text=rules.logo_text or "",
    )


def _address(actor: Actor) -> tuple[str, str]:
    """Return street and town of an actor's first place that may be told."""
    open_places = (place for place in actor.places if not place.confidential and place.street)
    found = next(open_places, None)
    if found is None:
        return "", ""
    return found.street or "", " ".join(filter(None, (found.postcode, found.city)))


def occasion(conference: Conference, kind: Kind = Kind.INVITATION) -> Occasion:
    return Occasion(
        title=conference.title,
        motto=conference.motto or "",
        days=[Hours(each.day, each.starts, each.ends) for each in conference.days],
        place=german.place(conference.venue),
        deadline=conference.deadline,
        reference=conference.reference or "",
        text=conference.letter_text or "",
        enclosures=conference.enclosures,
        agenda=carried.told(conference),
        groups=[group.title for group in conference.groups],
        needs=conference.needs_asked,
        deputies=conference.deputies,
        example=conference.example,
        kind=kind,
        before=conference.moved_from,
        because=(conference.cancelled_because or "").strip(),
    )


def recipients(
    numbers: Mapping[int, int],
    rows: Sequence[Invitation],
    links: Mapping[UUID, str],
    notices: Mapping[int, str] | None = None,
) -> list[Recipient]:
    """Return whom letters go to; `notices` are by contact (internal id)."""
    told = notices or {}
    return [
        _recipient(numbers[row.id], row, links.get(row.uuid, ""), told.get(row.contact_id or 0, ""))
        for row in rows
    ]


def _recipient(number: int, row: Invitation, link: str, notice: str) -> Recipient:
    return Recipient(
        number=number,
        organisation=row.organisation or address.person(row),
        address=address.lines(row),
        salutation=address.salutation(row),
        seats=row.seats,
        spare=[part for part in (row.function, row.unit) if part],
        link=link,
        answered=row.reply != Reply.OPEN,
        notice=notice,
        qr=qr.svg(link, quick=True) if link else "",
    )


@dataclass(frozen=True)
class Badge:
    """What a name badge says; without a name the organisation stands alone.

    Its code is the participant's public id: for the door, and for nobody else.
    """

    uuid: UUID
    name: str
    function: str
    organisation: str
    marks: Sequence[tuple[int, Mark]] = ()  # each with the day it is for, 0 for all of them
    qr: str = field(default="", repr=False)


def badges(who: Who, conference: Conference) -> list[Badge]:
    """Return a badge for everyone who has a seat, in the order of the list."""
    office = may(who, Permission.CONFERENCE_EDIT, conference)
    seated = db.session.scalars(
        select(Participant)
        .where(Participant.conference_id == conference.id, Participant.place == Place.SEAT)
        .order_by(Participant.position, Participant.id)
    ).all()
    of: dict[int, list[Participant]] = {}
    for each in seated:
        of.setdefault(each.invitation_id, []).append(each)
    rows = [row for row in invitations.listed(conference) if office or row.released]
    found = _marks(conference)
    return [
        _badge(each, row, found.get(each.id, ())) for row in rows for each in of.get(row.id, ())
    ]


def _marks(conference: Conference) -> dict[int, list[tuple[int, Mark]]]:
    """Return the marks of the groups of each participant (internal id), day by day."""
    marks = {each.id: mark(number) for number, each in enumerate(conference.groups)}
    days = {each.id: number for number, each in enumerate(conference.days, 1)}
    day = {each.id: days.get(each.day_id or 0, 0) for each in conference.groups}
    query = select(Membership.participant_id, Membership.group_id)
    found: dict[int, list[tuple[int, Mark]]] = {}
    for person, group in db.session.execute(query.where(Membership.group_id.in_(marks))):
        found.setdefault(person, []).append((day[group], marks[group]))
    return {person: sorted(each) for person, each in found.items()}


def _badge(each: Participant, row: Invitation, groups: Sequence[tuple[int, Mark]]) -> Badge:
    name = " ".join(filter(None, (each.title, each.given_name, each.family_name)))
    said = each.office_title or each.function or ""
    return Badge(each.uuid, name, said, row.organisation, groups)
