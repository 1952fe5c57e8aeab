"""Reading what there is after a conference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from registry.conferences.afterwards.models import Deletion, Evaluation, Opinion
from registry.conferences.attendance.models import Presence
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Day
from registry.conferences.replies.ageing import queries as ageing
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db
from registry.core.tokens import Link
from registry.network.findings.models import Finding

KEPT = ("needs", "wishes", "reasons")
PURPOSE = "evaluation"  # of the link, the same for everybody who was there


@dataclass(frozen=True)
class Numbers:
    """How many were invited, answered, promised to come, came; all that stays in the end."""

    invited: int
    answered: int
    promised: int
    came: int


def load_evaluation(conference: Conference, *, lock: bool = False) -> Evaluation | None:
    query = select(Evaluation).where(Evaluation.conference_id == conference.id)
    return db.session.scalar(query.with_for_update() if lock else query)


def load_by_link(uuid: UUID) -> Evaluation | None:
    """Return the evaluation that a link is for."""
    return db.session.scalar(select(Evaluation).where(Evaluation.uuid == uuid))


def newest_link(evaluation: Evaluation) -> Link | None:
    """Return the link to an evaluation that holds longest, to be shown again."""
    query = select(Link).where(
        Link.purpose == PURPOSE, Link.record == evaluation.uuid, Link.ended_at.is_(None)
    )
    found = db.session.scalars(query.order_by(Link.expires_at.desc())).first()
    return found if found and found.alive else None


def answers(conference: Conference) -> list[dict[str, Any]]:
    """Return what people thought, in the order of chance: the ids would tell who was first."""
    query = select(Opinion.answers).where(Opinion.conference_id == conference.id)
    return list(db.session.scalars(query.order_by(Opinion.uuid)))


def numbers(conference: Conference) -> Numbers:
    """Return the counts of a conference, which stay when the names are gone."""
    invited = select(func.count(Invitation.id)).where(
        Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)
    )
    promised = select(func.count(Participant.id)).where(
        Participant.conference_id == conference.id, Participant.place == Place.SEAT
    )
    came = (
        select(func.count(func.distinct(Presence.participant_id)))
        .join(Day, Day.id == Presence.day_id)
        .where(Day.conference_id == conference.id)
    )
    asked = (invited, invited.where(Invitation.reply != Reply.OPEN), promised, came)
    return Numbers(*(db.session.scalar(query) or 0 for query in asked))


def earlier(conference: Conference) -> Conference | None:
    """Return the last conference of the series, or of the region, before this one."""
    last_day = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    query = select(Conference).where(
        Conference.region == conference.region,
        Conference.id != conference.id,
        Conference.cancelled_on.is_(None),
        last_day < (conference.first_day or date.max),
    )
    if conference.series_id is not None:
        query = query.where(Conference.series_id == conference.series_id)
    return db.session.scalars(query.order_by(last_day.desc(), Conference.id.desc())).first()


def findings_gone(conference: Conference, since: date) -> Sequence[Finding]:
    """Return the findings of the region that are not found any more since a day."""
    query = select(Finding).where(Finding.region == conference.region, Finding.gone_on >= since)
    return db.session.scalars(query.order_by(Finding.gone_on, Finding.id)).all()


def thanked(conference: Conference) -> Sequence[Invitation]:
    """Return the invitations of those who were there and can be written to, in their order.

    Where nobody stood at the door, whoever promised to come is believed.
    """
    there = select(Participant.invitation_id).join(
        Presence, Presence.participant_id == Participant.id
    )
    noted = there.where(Participant.conference_id == conference.id)
    query = select(Invitation).where(
        Invitation.conference_id == conference.id, Invitation.email.is_not(None)
    )
    if db.session.scalar(select(noted.exists())):
        query = query.where(Invitation.id.in_(noted))
    else:
        query = query.where(Invitation.reply.in_([Reply.YES, Reply.DEPUTY]))
    return db.session.scalars(query.order_by(Invitation.number, Invitation.id)).all()


def deletions(conference: Conference) -> Sequence[Deletion]:
    """Return the protocol, newest first."""
    query = select(Deletion).where(Deletion.conference_id == conference.id)
    return db.session.scalars(query.order_by(Deletion.at.desc(), Deletion.id.desc())).all()


def held(conference: Conference) -> dict[str, int]:
    """Return how much a conference still keeps that is only needed until it is over."""
    of = [conference.id]
    kept = (ageing.needs_of(of), ageing.wishes_of(of), ageing.reasons_of(of))
    return {key: sum(each.values()) for key, each in zip(KEPT, kept, strict=True)}


def clear(conference: Conference) -> Deletion:
    """Forget needs, wishes and reasons now, and note how many there were."""
    counts = held(conference)
    for each in (ageing.clear_needs, ageing.clear_wishes, ageing.clear_reasons):
        each([conference.id])
    return ageing.note(conference.id, counts)
