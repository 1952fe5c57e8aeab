"""Reading training programmes, their parts, and who was there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.conferences.attendance.models import Presence
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.conferences.training.cohort import Seen
from registry.conferences.training.models import Training, TrainingModule, TrainingPart
from registry.core.db import db
from registry.core.errors import NotFound

SORTS = ("title",)


@dataclass(frozen=True)
class TrainingRow:
    """A programme as one line of the list."""

    uuid: UUID
    title: str
    parts: int
    modules: int
    example: bool


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for programmes of regions whose conferences `who` reads."""
    read = regions_of(who, Permission.CONFERENCE_READ)
    return or_(*(Training.region.startswith(ags, autoescape=True) for ags in read), false())


def load_training(who: Who, uuid: UUID, *, lock: bool = False) -> Training:
    """Return the programme or raise NotFound, whether it is missing or of another register."""
    query = (
        select(Training)
        .where(Training.uuid == uuid, looked_after(who))
        .options(
            selectinload(Training.parts).selectinload(TrainingPart.modules),
            selectinload(Training.parts)
            .selectinload(TrainingPart.conference)
            .selectinload(Conference.days),
        )
    )
    found = db.session.scalar(locked(query, Training) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_part(who: Who, uuid: UUID, *, lock: bool = False) -> TrainingPart:
    """Return a part of a programme that `who` may see, or raise NotFound."""
    inside = select(TrainingPart.training_id).where(TrainingPart.uuid == uuid).scalar_subquery()
    training = db.session.scalar(select(Training.uuid).where(Training.id == inside))
    if training is None:
        raise NotFound
    parts = load_training(who, training, lock=lock).parts
    return next(each for each in parts if each.uuid == uuid)


def office_list(
    who: Who, *, archived: bool = False, sort: str = "title", page: int = 1, per_page: int = 50
) -> tuple[list[TrainingRow], int]:
    """Return one page of programmes by title, and the total."""
    kept = Training.archived_on.is_not(None) if archived else Training.archived_on.is_(None)
    conditions = [looked_after(who), kept]
    total = db.session.scalar(select(func.count(Training.id)).where(*conditions)) or 0
    own = TrainingPart.training_id == Training.id
    parts = select(func.count(TrainingPart.id)).where(own).scalar_subquery()
    modules = select(func.count(TrainingModule.id)).join(TrainingPart).where(own).scalar_subquery()
    order = func.lower(Training.title)
    found = db.session.execute(
        select(Training.uuid, Training.title, parts, modules, Training.example)
        .where(*conditions)
        .order_by(order.desc() if sort.startswith("-") else order, Training.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [TrainingRow(*row) for row in found], total


def eligible(region: str, training: Training | None) -> Sequence[Conference]:
    """Return the conferences of a region that are no part of another programme, newest first."""
    taken = exists().where(TrainingPart.conference_id == Conference.id)
    if training is not None:
        taken = taken.where(TrainingPart.training_id != training.id)
    query = select(Conference).where(
        Conference.region == region, Conference.archived_on.is_(None), ~taken
    )
    return db.session.scalars(query.order_by(Conference.id.desc())).all()


def before(conference: Conference) -> int | None:
    """Return the id of the conference one must have been at before this one (F02), if any."""
    own = select(TrainingPart).where(
        TrainingPart.conference_id == conference.id, TrainingPart.follows.is_(True)
    )
    part = db.session.scalar(own)
    if part is None:
        return None
    earlier = (
        select(TrainingPart.conference_id)
        .where(TrainingPart.training_id == part.training_id, TrainingPart.position < part.position)
        .order_by(TrainingPart.position.desc())
    )
    return db.session.scalars(earlier).first()


def seen(parts: Iterable[TrainingPart]) -> list[Seen]:
    """Return who was there at which part, counted from 0, and on how many days."""
    numbers = {part.conference_id: number for number, part in enumerate(parts)}
    query = (
        select(
            Participant.conference_id,
            Invitation.organisation,
            Participant.given_name,
            Participant.family_name,
            func.count(Presence.id),
        )
        .join(Invitation, Invitation.id == Participant.invitation_id)
        .join(Presence, Presence.participant_id == Participant.id)
        .where(Participant.conference_id.in_(numbers))
        .group_by(Participant.id, Invitation.id)
        .order_by(Participant.id)
    )
    return [
        Seen(numbers[conference], organisation, " ".join(filter(None, name)), days)
        for conference, organisation, *name, days in db.session.execute(query)
    ]
