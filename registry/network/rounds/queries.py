"""Reading rounds: how far they are, who would be asked, who was, who has not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Mail
from registry.network.links.models import Via
from registry.network.rounds.models import Asked, Round
from registry.upkeep.campaigns.asking import CAME_BACK
from registry.upkeep.campaigns.planning.choosing import Choice
from registry.upkeep.campaigns.planning.queries import choices_of

STATES = ("open", "begun", "bounced", "answered")


@dataclass(frozen=True)
class Progress:
    """How far a round is, in actors; `by_call` are those that owe an answer and get no mail."""

    asked: int = 0
    by_link: int = 0
    by_phone: int = 0
    begun: int = 0
    by_call: int = 0

    @property
    def answered(self) -> int:
        return self.by_link + self.by_phone

    @property
    def open(self) -> int:
        return self.asked - self.answered

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0


@dataclass(frozen=True)
class RoundRow:
    """A round as one line of the list."""

    uuid: UUID
    name: str
    state: str
    deadline: date
    started_on: date | None
    progress: Progress


@dataclass(frozen=True)
class AskedRow:
    """An actor that was asked; `mail` is the state of the newest mail, None where none was sent."""

    uuid: UUID
    name: str
    round: str
    round_uuid: UUID
    mail: str | None
    asked_on: date
    begun_at: datetime | None
    answered_on: date | None
    via: str | None

    @property
    def bounced(self) -> bool:
        return self.mail in CAME_BACK


@dataclass(frozen=True)
class Candidate:
    """An actor as the preview names it."""

    id: int
    uuid: UUID
    name: str
    choice: Choice


def mine(who: Who, permission: Permission = Permission.NETWORK_EDIT) -> ColumnElement[bool]:
    """Return the condition for rounds of regions where `who` holds a right."""
    held = regions_of(who, permission)
    return or_(false(), *(Round.region.startswith(region) for region in held))


def load_round(
    who: Who,
    uuid: UUID,
    *,
    lock: bool = False,
    permission: Permission = Permission.NETWORK_EDIT,
) -> Round:
    """Return a round of a region where `who` holds a right, or raise NotFound."""
    query = select(Round).where(Round.uuid == uuid, mine(who, permission))
    found = db.session.scalar(locked(query, Round) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_running(who: Who) -> Sequence[Round]:
    return db.session.scalars(select(Round).where(mine(who), *_running()).order_by(Round.id)).all()


def rounds(who: Who, *, page: int = 1, per_page: int = 50) -> tuple[list[RoundRow], int]:
    """Return one page of rounds, those under way first, and the total."""
    readable = mine(who, Permission.NETWORK_READ)
    total = db.session.scalar(select(func.count(Round.id)).where(readable)) or 0
    found = db.session.scalars(
        select(Round)
        .where(readable)
        .order_by(Round.closed_on.is_not(None), Round.deadline.desc(), Round.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    made = progress([each.id for each in found])
    return [
        RoundRow(r.uuid, r.name, r.state, r.deadline, r.started_on, made.get(r.id, Progress()))
        for r in found
    ], total


def progress(rounds: Sequence[int]) -> dict[int, Progress]:
    """Return how far each of the rounds is."""
    answered = Asked.answered_on.is_not(None)

    def count(*conditions: ColumnElement[bool]) -> Any:
        return func.sum(case((and_(*conditions), 1), else_=0))

    found = db.session.execute(
        select(
            Asked.round_id,
            func.count(Asked.id),
            count(answered, Asked.via != Via.PHONE),
            count(answered, Asked.via == Via.PHONE),
            count(~answered, Asked.begun_at.is_not(None)),
            count(~answered, or_(Asked.mail_id.is_(None), _bounced())),
        )
        .join(Actor, Actor.id == Asked.actor_id)
        .outerjoin(Mail, Mail.id == Asked.mail_id)
        .where(Asked.round_id.in_(rounds), _counts())
        .group_by(Asked.round_id)
    )
    return {key: Progress(*values) for key, *values in found}


def _bounced() -> ColumnElement[bool]:
    return func.coalesce(Mail.state.in_(CAME_BACK), False)


def _running() -> tuple[ColumnElement[bool], ...]:
    return Round.started_on.is_not(None), Round.closed_on.is_(None)


def _counts() -> ColumnElement[bool]:
    """Return the condition for those who answered or still can: not who was archived meanwhile."""
    return or_(Asked.answered_on.is_not(None), Actor.status == Status.PUBLISHED)


def _in_state(state: str) -> ColumnElement[bool]:
    answered = Asked.answered_on.is_not(None)
    conditions = {
        "open": ~answered,
        "begun": and_(~answered, Asked.begun_at.is_not(None)),
        "bounced": and_(~answered, _bounced()),
        "answered": answered,
    }
    return and_(_counts(), conditions.get(state, true()))


def asked_rows(
    who: Who,
    state: str,
    *,
    of: Round | None = None,
    page: int = 1,
    per_page: int = 50,
) -> tuple[list[AskedRow], int]:
    """Return one page of those asked by name, of one round or of all that are under way."""
    within = (Round.id == of.id,) if of else _running()
    conditions = (mine(who, Permission.NETWORK_READ), *within, _in_state(state))
    total = db.session.scalar(joined(select(func.count(Asked.id))).where(*conditions)) or 0
    found = db.session.execute(
        joined(
            select(
                *(Asked.uuid, Actor.name, Round.name, Round.uuid, Mail.state),
                *(Asked.asked_on, Asked.begun_at, Asked.answered_on, Asked.via),
            )
        )
        .where(*conditions)
        .order_by(func.lower(Actor.name), Asked.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [AskedRow(*values) for values in found], total


def count_open(who: Who) -> int:
    """Count the actors that owe an answer to a round under way."""
    query = joined(select(func.count(Asked.id))).where(mine(who), *_running(), _in_state("open"))
    return db.session.scalar(query) or 0


def joined(query: Any) -> Any:
    return (
        query.select_from(Asked)
        .join(Round, Round.id == Asked.round_id)
        .join(Actor, Actor.id == Asked.actor_id)
        .outerjoin(Mail, Mail.id == Asked.mail_id)
    )


def load_call_list(found: Round) -> Sequence[Asked]:
    """Return those of a round who have not answered with all that a caller needs."""
    rows: Sequence[Asked] = db.session.scalars(
        joined(select(Asked))
        .where(Asked.round_id == found.id, _in_state("open"))
        .options(selectinload(Asked.mail))
        .options(selectinload(Asked.actor).selectinload(Actor.contacts))
        .options(selectinload(Asked.actor).selectinload(Actor.places))
        .order_by(func.lower(Actor.name), Asked.id)
    ).all()
    return rows


def load_open(found: Round) -> Sequence[Asked]:
    """Return those of a round who may be reminded, locked."""
    query = select(Asked).join(Actor, Actor.id == Asked.actor_id)
    query = query.where(Asked.round_id == found.id, _in_state("open"))
    query = query.options(*(selectinload(part) for part in (Asked.contact, Asked.mail)))
    query = query.options(selectinload(Asked.actor), selectinload(Asked.round))
    return db.session.scalars(locked(query.order_by(Asked.id), Asked)).all()


def load_all(found: Round) -> Sequence[Asked]:
    query = select(Asked).where(Asked.round_id == found.id).options(selectinload(Asked.mail))
    return db.session.scalars(query).all()


def load_asked(who: Who, uuid: UUID, *, lock: bool = False) -> Asked:
    """Return one that was asked in a round that `who` may run, or raise NotFound."""
    return _one(Asked.uuid == uuid, mine(who), lock=lock)


def load_by_link(uuid: UUID, *, lock: bool = False) -> Asked:
    """Return what a link opens, as long as the round is under way and the actor published."""
    published = Actor.status == Status.PUBLISHED
    return _one(Asked.uuid == uuid, published, *_running(), lock=lock)


def _one(*conditions: ColumnElement[bool], lock: bool) -> Asked:
    query = joined(select(Asked)).where(*conditions)
    query = query.options(joinedload(Asked.round), joinedload(Asked.actor))
    found: Asked | None = db.session.scalar(locked(query, Asked) if lock else query)
    if found is None:
        raise NotFound
    return found


def candidates(region: str, day: date) -> list[Candidate]:
    """Return every published actor of a region's register by name, and how it would be asked."""
    inside = Actor.region.startswith(region, autoescape=True)
    found = db.session.execute(
        select(Actor.id, Actor.uuid, Actor.name)
        .where(inside, Actor.status == Status.PUBLISHED)
        .order_by(func.lower(Actor.name), Actor.id)
    )
    choices = choices_of(inside, _last_asked(region), day)
    return [Candidate(*row, choices(row[0])) for row in found]


def _last_asked(region: str) -> dict[int, date]:
    found = db.session.execute(
        select(Asked.actor_id, func.max(Asked.asked_on))
        .join(Round, Round.id == Asked.round_id)
        .where(Round.region == region)
        .group_by(Asked.actor_id)
    )
    return dict(iter(found))
