"""Reading what came of earlier invitations: the rules of the next conference ask for it."""

from datetime import date

from sqlalchemy import exists, func, or_, select

from registry.conferences.attendance.models import Presence
from registry.conferences.criteria import Last
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Day
from registry.conferences.replies.models import Participant, Place
from registry.conferences.training import queries as training
from registry.core.db import db


def last(conference: Conference, today: date) -> dict[str, dict[int, Last]]:
    """Return what came of everybody's last invitation to an earlier conference of the series.

    For a part of a training programme that follows another it is that part alone (F02).
    """
    columns = ("actor_id", "body_id", "individual_id")
    last_day = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    came = exists().where(
        Participant.invitation_id == Invitation.id,
        Participant.place == Place.SEAT,
    )
    there = exists().where(
        Participant.invitation_id == Invitation.id,
        Presence.participant_id == Participant.id,
    )
    noted = exists().where(Presence.day_id == Day.id, Day.conference_id == Conference.id)
    said = (Invitation.reply, came, there, noted)
    query = (
        select(*(getattr(Invitation, name) for name in columns), *said)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(
            Conference.region.startswith(conference.region, autoescape=True),
            Conference.id != conference.id,
            Conference.cancelled_on.is_(None),
            last_day < (conference.first_day or today),
            or_(Invitation.invited_on.is_not(None), Invitation.reply != Reply.OPEN, there),
        )
        .order_by(last_day, Invitation.id)
    )
    part = training.before(conference)
    if part is not None:
        query = query.where(Conference.id == part)
    elif conference.series_id is not None:
        query = query.where(Conference.series_id == conference.series_id)
    found: dict[str, dict[int, Last]] = {column: {} for column in columns}
    for *keys, reply, seated, came_in, arrivals in db.session.execute(query):
        accepted = seated and reply not in (Reply.OPEN, Reply.NO)
        for column, key in zip(columns, keys, strict=True):
            if key is not None:
                found[column][key] = _came_of(reply, came_in if arrivals else accepted)
    return found


def _came_of(reply: str, there: object) -> Last:
    """Say what came of it: where nobody noted who was there, promising counts as coming."""
    if there:
        return Last.ATTENDED
    return Last.DECLINED if reply == Reply.NO else Last.ABSENT
