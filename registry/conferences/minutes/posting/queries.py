"""Reading whom minutes reach by no mail, and which of them by letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.models import Invitation
from registry.conferences.invitations.queries import Sendable
from registry.conferences.letters.content import Recipient
from registry.conferences.letters.queries import recipients
from registry.conferences.mailing.choosing import CAME_BACK
from registry.conferences.minutes import queries
from registry.conferences.minutes.approving.services import APPROVED, DRAFT
from registry.conferences.minutes.models import Minutes, MinutesState
from registry.conferences.models import Conference
from registry.core.db import db
from registry.core.mail.models import Mail


@dataclass(frozen=True)
class ByLetter:
    """Whom minutes go to on paper, in the order of the list; who gets them in no way, and why.

    `withheld` counts those whose contact the office alone may see, and writes to.
    """

    rows: Sequence[Invitation]
    unreached: Sequence[tuple[Invitation, Sendable]]
    posted: Mapping[UUID, date]
    withheld: int = 0

    @property
    def waiting(self) -> list[Invitation]:
        return [row for row in self.rows if row.uuid not in self.posted]


def by_letter(who: Who, minutes: Minutes) -> ByLetter:
    """Return those without a mail that works: of a draft, only those who were present."""
    conference = minutes.conference
    standing, lost = invitations.sendable(conference), _lost(minutes)
    rows = [
        row
        for row in invitations.in_order(_entitled(minutes))
        if not standing[row.id].mail or not row.email or row.uuid in lost
    ]
    office = may(who, Permission.CONFERENCE_EDIT, conference)
    shown = [row for row in rows if office or row.released]
    return ByLetter(
        [row for row in shown if standing[row.id].post],
        [(row, standing[row.id]) for row in shown if not standing[row.id].post],
        {UUID(key): date.fromisoformat(day) for key, day in minutes.posted.items()},
        len(rows) - len(shown),
    )


def addressed(conference: Conference, rows: Sequence[Invitation]) -> list[Recipient]:
    """Return those of a letter with what its address says."""
    numbers = {each.id: place for place, each in enumerate(invitations.listed(conference), 1)}
    known = {row.id: row.number or numbers[row.id] for row in rows}
    return recipients(known, rows, {})


def _entitled(minutes: Minutes) -> Sequence[Invitation]:
    rows = queries.load_invitations(minutes.conference)
    if minutes.state == MinutesState.APPROVED:
        return rows
    came = {each.invitation for each in queries.present(minutes.conference)}
    return [row for row in rows if row.uuid in came]


def _lost(minutes: Minutes) -> set[UUID | None]:
    """Return the invitations whose mail with the minutes did not arrive."""
    kind = APPROVED if minutes.state == MinutesState.APPROVED else DRAFT
    of = select(Invitation.uuid).where(Invitation.conference_id == minutes.conference_id)
    query = select(Mail.about).where(
        Mail.kind == kind, Mail.state.in_(CAME_BACK), Mail.about.in_(of)
    )
    return set(db.session.scalars(query))
