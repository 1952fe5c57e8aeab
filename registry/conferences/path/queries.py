"""What the path of a conference counts, in one SELECT."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from registry.conferences.attendance.models import Presence
from registry.conferences.decisions.models import Light, Task, TaskReport
from registry.conferences.groups.models import Membership
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.minutes.models import Minutes
from registry.conferences.models import Conference
from registry.conferences.path.steps import Known
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db


def known(conference: Conference, gaps: int, today: date) -> Known:
    """Count what the steps of a conference say; `gaps` is what its plan lacks."""
    found = db.session.execute(
        select(
            *_invitations(conference),
            *_people(conference),
            _minutes(conference).label("minutes"),
            *_tasks(conference, today),
        )
    ).one()
    counts: dict[str, Any] = {**found._mapping, "minutes": found.minutes or ""}
    return Known(gaps=gaps, groups=len(conference.groups), **counts)


def _invitations(conference: Conference) -> list[Any]:
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "invited": [],
        "sent": [Invitation.invited_on.is_not(None)],
        "answered": [Invitation.invited_on.is_not(None), Invitation.reply != Reply.OPEN],
    }
    return [
        _count(Invitation, conference, Invitation.withdrawn_on.is_(None), *each).label(name)
        for name, each in conditions.items()
    ]


def _people(conference: Conference) -> list[Any]:
    seated = Participant.place == Place.SEAT
    rounds = len({each.day_id for each in conference.groups})
    of_groups = (
        select(Membership.participant_id)
        .group_by(Membership.participant_id)
        .having(func.count() >= max(rounds, 1))
    )
    there = select(Presence.participant_id)
    return [
        _count(Participant, conference, seated).label("seated"),
        _count(Participant, conference, seated, Participant.id.in_(of_groups)).label("placed"),
        _count(Participant, conference, Participant.id.in_(there)).label("came"),
    ]


def _minutes(conference: Conference) -> ScalarSelect[Any]:
    return (
        select(Minutes.state)
        .where(Minutes.conference_id == conference.id, Minutes.supplements_id.is_(None))
        .order_by(Minutes.id)
        .limit(1)
        .scalar_subquery()
    )


def _tasks(conference: Conference, today: date) -> list[Any]:
    last = (
        select(TaskReport.light)
        .where(TaskReport.task_id == Task.id)
        .order_by(TaskReport.at.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    unfinished = func.coalesce(last, "") != Light.DONE
    return [
        _count(Task, conference).label("tasks"),
        _count(Task, conference, Task.ending.is_(None), Task.due < today, unfinished).label("late"),
    ]


def _count(
    kind: Any, conference: Conference, *conditions: ColumnElement[bool]
) -> ScalarSelect[Any]:
    query = select(func.count()).select_from(kind)
    return query.where(kind.conference_id == conference.id, *conditions).scalar_subquery()
