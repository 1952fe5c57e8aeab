"""Reading what came of everybody's invitation to an earlier conference."""

from datetime import date

from sqlalchemy import case, exists, func, or_, select

from registry.conferences.attendance.models import Presence
from registry.conferences.criteria import Last
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Day
from registry.conferences.replies import models as replies
from registry.conferences.training import queries as training
from registry.core.db import db


def last(conference: Conference, today: date) -> dict[str, dict[int, Last]]:
    """Return what came of everybody's last invitation to an earlier conference of the series.

    For a part of a training programme that follows another one it is that part alone (F02). Where
    somebody stood at the door, whoever was seen there came; else whoever had a seat is believed.
    """
    columns = ("actor_id", "body_id", "individual_id")
    last_day = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    came = exists().where(
        replies.Participant.invitation_id == Invitation.id,
        replies.Participant.place == replies.Place.SEAT,
    )
    at_the_door = exists().where(Presence.day_id == Day.id, Day.conference_id == Conference.id)
    seen = exists().where(
        Presence.participant_id == replies.Participant.id,
        replies.Participant.invitation_id == Invitation.id,
    )
    query = (
        select(
            *(getattr(Invitation, name) for name in columns),
            Invitation.reply,
            case((at_the_door, seen), else_=came),
        )
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(
            Conference.region.startswith(conference.region, autoescape=True),
            Conference.id != conference.id,
            Conference.cancelled_on.is_(None),
            last_day < (conference.first_day or today),
            or_(Invitation.invited_on.is_not(None), Invitation.reply != Reply.OPEN),
        )
        .order_by(last_day, Invitation.id)
    )
    part = training.before(conference)
    if part is not None:
        query = query.where(Conference.id == part)
    elif conference.series_id is not None:
        query = query.where(Conference.series_id == conference.series_id)
    found: dict[str, dict[int, Last]] = {column: {} for column in columns}
    for *keys, reply, seated in db.session.execute(query):
        for column, key in zip(columns, keys, strict=True):
            if key is not None:
                found[column][key] = _came_of(reply, seated=seated)
    return found


def _came_of(reply: str, *, seated: bool) -> Last:
    if reply == Reply.NO:
        return Last.DECLINED
    return Last.ATTENDED if seated and reply != Reply.OPEN else Last.ABSENT
