"""What of a conference has been kept long enough, and removing it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update

from registry.conferences.invitations.models import Form, Individual, Invitation
from registry.conferences.minutes.forgetting.queries import forget_unnamed
from registry.conferences.models import Conference, Day
from registry.conferences.replies.models import Participant, PersonalNeed
from registry.core.db import db

ADDRESS = ("street", "postcode", "city", "email", "phone")
NAME = ("title", "office_title", "given_name", "family_name", "function")


def count_old_needs(before: datetime) -> int:
    """Count what people needed at conferences that were over, or called off, before a moment."""
    return _count(select(func.count(PersonalNeed.participant_id)).where(_needed(before)))


def clear_old_needs(before: datetime) -> int:
    return _done(delete(PersonalNeed).where(_needed(before)))


def _needed(before: datetime) -> ColumnElement[bool]:
    of_them = select(Participant.id).where(Participant.conference_id.in_(_over(before)))
    return PersonalNeed.participant_id.in_(of_them)


def count_old_names(before: datetime) -> int:
    """Count participants and invitations that name somebody, of conferences before a moment."""
    return _count(_counting(Participant, before)) + _count(_counting(Invitation, before))


def clear_old_names(before: datetime) -> int:
    """Forget who came and who was invited in person; how many, and of which category, stays."""
    gone: dict[str, Any] = {**dict.fromkeys(NAME), "form": Form.NONE}
    invited = {**gone, **dict.fromkeys((*ADDRESS, "said_by", "answer_before"))}
    came = {**gone, "listed": False}
    done = _done(update(Participant).where(_names(Participant, before)).values(**came)) + _done(
        update(Invitation).where(_names(Invitation, before)).values(**invited)
    )
    forget_unnamed()
    return done


def _counting(kind: Any, before: datetime) -> Select[Any]:
    return select(func.count(kind.id)).where(_names(kind, before))


def _names(kind: Any, before: datetime) -> ColumnElement[bool]:
    columns = [*NAME, *(ADDRESS if kind is Invitation else ())]
    named = or_(*(getattr(kind, name).is_not(None) for name in columns))
    return and_(kind.conference_id.in_(_over(before)), named)


def count_withdrawn(before: datetime) -> int:
    """Count individuals who withdrew their consent before a moment."""
    return _count(select(func.count(Individual.id)).where(_withdrawn(before)))


def clear_withdrawn(before: datetime) -> int:
    """Delete individuals who withdrew, and their names in what they were invited to."""
    return erase_individuals(
        set(db.session.scalars(select(Individual.id).where(_withdrawn(before))))
    )


def _withdrawn(before: datetime) -> ColumnElement[bool]:
    return and_(Individual.withdrawn_on.is_not(None), Individual.withdrawn_on < before.date())


def erase_individuals(keys: set[int]) -> int:
    """Delete individuals (internal ids) with all that invitations and answers copied of them."""
    theirs = select(Invitation.id).where(Invitation.individual_id.in_(keys))
    gone: dict[str, Any] = {**dict.fromkeys(NAME), "form": Form.NONE}
    came = Participant.invitation_id.in_(theirs)
    _done(
        delete(PersonalNeed).where(
            PersonalNeed.participant_id.in_(select(Participant.id).where(came))
        )
    )
    _done(update(Participant).where(came).values(**gone, listed=False))
    invited = {**gone, **dict.fromkeys((*ADDRESS, "unit", "remark", "said_by", "answer_before"))}
    _done(
        update(Invitation)
        .where(Invitation.individual_id.in_(keys))
        .values(**invited, organisation="")
    )
    forget_unnamed()
    return _done(delete(Individual).where(Individual.id.in_(keys)))


def individuals(uuids: set[str]) -> dict[UUID, int]:
    """Return the internal ids of individuals by their public ones."""
    wanted = [UUID(each) for each in uuids]
    query = select(Individual.uuid, Individual.id).where(Individual.uuid.in_(wanted))
    return dict(iter(db.session.execute(query)))


def delete_participants(uuids: set[str]) -> int:
    """Delete participants with all they need; the answer of their organisation stays."""
    wanted = [UUID(each) for each in uuids]
    chosen = select(Participant.id).where(Participant.uuid.in_(wanted))
    _done(delete(PersonalNeed).where(PersonalNeed.participant_id.in_(chosen)))
    done = _done(delete(Participant).where(Participant.uuid.in_(wanted)))
    forget_unnamed()
    return done


def _over(before: datetime) -> Select[Any]:
    """Return the ids of conferences whose last day, or calling off, was before a moment."""
    last = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    day = before.date()
    return select(Conference.id).where(or_(last < day, Conference.cancelled_on < day))


def _count(query: Select[Any]) -> int:
    return db.session.scalar(query) or 0


def _done(statement: Any) -> int:
    made: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(made.rowcount)
