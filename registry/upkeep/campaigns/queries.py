"""Reading campaigns: how far they are, who was asked, who has not answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Mail
from registry.offers.models import Offer
from registry.upkeep.campaigns.asking import CAME_BACK
from registry.upkeep.campaigns.models import Campaign, Entry, Request, Via

STATES = ("unanswered", "bounced", "answered")


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: actors asked, and how each of their entries was answered."""

    asked: int = 0
    by_mail: int = 0
    by_link: int = 0
    by_phone: int = 0
    bounced: int = 0
    entries: int = 0
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return self.by_link + self.by_phone

    @property
    def open(self) -> int:
        """Return the actors that still owe an answer, those whose mail came back left out."""
        return self.asked - self.answered - self.bounced

    @property
    def entries_answered(self) -> int:
        return sum(self.answers.values())

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0

    @property
    def percent_of_entries(self) -> int:
        return 100 * self.entries_answered // self.entries if self.entries else 0


@dataclass(frozen=True)
class CampaignRow:
    """A campaign as one line of the list."""

    uuid: UUID
    name: str
    state: str
    deadline: date
    started_on: date | None
    progress: Progress


@dataclass(frozen=True)
class RequestRow:
    """An actor that was asked; `mail` is the state of the newest mail, None where none was sent."""

    uuid: UUID
    name: str
    campaign: str
    campaign_uuid: UUID
    mail: str | None
    asked_on: date
    answered_at: datetime | None
    entries: int
    answered: int

    @property
    def bounced(self) -> bool:
        return self.mail in CAME_BACK


def mine(who: Who) -> ColumnElement[bool]:
    """Return the condition for campaigns of regions where `who` may run them."""
    held = regions_of(who, Permission.CAMPAIGN_MANAGE)
    return or_(false(), *(Campaign.region.startswith(region) for region in held))


def load_campaign(who: Who, uuid: UUID, *, lock: bool = False) -> Campaign:
    query = select(Campaign).where(Campaign.uuid == uuid, mine(who))
    found = db.session.scalar(locked(query, Campaign) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_running(who: Who) -> Sequence[Campaign]:
    return db.session.scalars(
        select(Campaign).where(mine(who), *_running()).order_by(Campaign.id)
    ).all()


def campaigns(who: Who, *, page: int = 1, per_page: int = 50) -> tuple[list[CampaignRow], int]:
    """Return one page of campaigns, those under way first, and the total."""
    total = db.session.scalar(select(func.count(Campaign.id)).where(mine(who))) or 0
    found = db.session.scalars(
        select(Campaign)
        .where(mine(who))
        .order_by(Campaign.closed_on.is_not(None), Campaign.deadline.desc(), Campaign.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    made = progress([each.id for each in found])
    return [
        CampaignRow(c.uuid, c.name, c.state, c.deadline, c.started_on, made.get(c.id, Progress()))
        for c in found
    ], total


def progress(campaigns: Sequence[int]) -> dict[int, Progress]:
    """Return how far each of the campaigns is."""
    answers: dict[int, dict[str | None, int]] = {}
    found = db.session.execute(
        select(Request.campaign_id, Entry.answer, func.count(Entry.id))
        .join(Request, Request.id == Entry.request_id)
        .where(Request.campaign_id.in_(campaigns))
        .group_by(Request.campaign_id, Entry.answer)
    )
    for campaign, answer, count in found:
        answers.setdefault(campaign, {})[answer] = count
    made = {}
    for campaign, asked, by_mail, by_link, by_phone, bounced in _of_requests(campaigns):
        told = answers.get(campaign, {})
        given = {key: count for key, count in told.items() if key}
        total = sum(told.values())
        made[campaign] = Progress(asked, by_mail, by_link, by_phone, bounced, total, given)
    return made


def _of_requests(campaigns: Sequence[int]) -> Any:
    answered = Request.answered_at.is_not(None)
    by_phone = _has_entry(Entry.via == Via.PHONE)

    def count(*conditions: ColumnElement[bool]) -> Any:
        return func.sum(case((and_(*conditions), 1), else_=0))

    return db.session.execute(
        select(
            Request.campaign_id,
            func.count(Request.id),
            count(Request.mail_id.is_not(None)),
            count(answered, ~by_phone),
            count(answered, by_phone),
            count(~answered, _came_back()),
        )
        .outerjoin(Mail, Mail.id == Request.mail_id)
        .where(Request.campaign_id.in_(campaigns))
        .group_by(Request.campaign_id)
    )


def _has_entry(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Entry.id)
        .where(Entry.request_id == Request.id, condition)
        .correlate(Request)
        .exists()
    )


def _came_back() -> ColumnElement[bool]:
    return func.coalesce(Mail.state.in_(CAME_BACK), False)


def _running() -> tuple[ColumnElement[bool], ...]:
    return Campaign.started_on.is_not(None), Campaign.closed_on.is_(None)


def _in_state(state: str) -> ColumnElement[bool]:
    """Return the condition for requests that are unanswered, bounced or answered; else for all."""
    conditions = {
        "unanswered": Request.answered_at.is_(None),
        "bounced": and_(Request.answered_at.is_(None), _came_back()),
        "answered": Request.answered_at.is_not(None),
    }
    return conditions.get(state, Request.id.is_not(None))


def unanswered(who: Who) -> int:
    """Count the actors that owe an answer to a campaign under way."""
    query = select(func.count(Request.id)).join(Campaign, Campaign.id == Request.campaign_id)
    return db.session.scalar(query.where(mine(who), *_running(), _in_state("unanswered"))) or 0


def requests(
    who: Who,
    state: str,
    *,
    campaign: int | None = None,
    page: int = 1,
    per_page: int = 50,
) -> tuple[list[RequestRow], int]:
    """Return one page of requests by actor, of one campaign or of all that are under way."""
    of = (Campaign.id == campaign,) if campaign else _running()
    conditions = (mine(who), *of, _in_state(state))
    joined = _joined(select(func.count(Request.id)))
    total = db.session.scalar(joined.where(*conditions)) or 0
    found = db.session.execute(
        _joined(
            select(
                *(Request.uuid, Actor.name, Campaign.name, Campaign.uuid, Mail.state),
                *(Request.asked_on, Request.answered_at, *_entry_counts()),
            )
        )
        .where(*conditions)
        .order_by(func.lower(Actor.name), Request.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [RequestRow(*values) for values in found], total


def _joined(query: Any) -> Any:
    return (
        query.select_from(Request)
        .join(Campaign, Campaign.id == Request.campaign_id)
        .join(Actor, Actor.id == Request.actor_id)
        .outerjoin(Mail, Mail.id == Request.mail_id)
    )


def _entry_counts() -> Iterable[Any]:
    of = select(func.count(Entry.id)).where(Entry.request_id == Request.id).correlate(Request)
    return of.scalar_subquery(), of.where(Entry.answer.is_not(None)).scalar_subquery()


def load_call_list(who: Who, campaign: Campaign) -> Sequence[Request]:
    """Return the unanswered requests, bounced ones included, with all that a caller needs."""
    query = _with_entries(_joined(select(Request)))
    found = db.session.scalars(
        query.where(mine(who), Campaign.id == campaign.id, _in_state("unanswered"))
        .options(selectinload(Request.actor).selectinload(Actor.contacts))
        .options(selectinload(Request.actor).selectinload(Actor.places))
        .order_by(func.lower(Actor.name), Request.id)
    )
    rows: Sequence[Request] = found.all()
    return rows


def load_unanswered(campaign: Campaign, *, lock: bool = False) -> Sequence[Request]:
    """Return the requests that may be reminded of."""
    query = _with_entries(select(Request)).where(
        Request.campaign_id == campaign.id, Request.answered_at.is_(None)
    )
    query = query.order_by(Request.id)
    return db.session.scalars(locked(query, Request) if lock else query).all()


def load_requests(campaign: Campaign) -> Sequence[Request]:
    query = select(Request).where(Request.campaign_id == campaign.id)
    return db.session.scalars(query.options(selectinload(Request.mail))).all()


def load_request(who: Who, uuid: UUID, *, lock: bool = False) -> Request:
    """Return a request of a campaign that `who` may run, or raise NotFound."""
    return _one(Request.uuid == uuid, mine(who), lock=lock)


def load_by_link(uuid: UUID, *, lock: bool = False) -> Request:
    """Return the request that a link opens, as long as its campaign is under way."""
    return _one(Request.uuid == uuid, *_running(), lock=lock)


def _one(*conditions: ColumnElement[bool], lock: bool) -> Request:
    query = _with_entries(select(Request)).join(Campaign, Campaign.id == Request.campaign_id)
    query = query.where(*conditions)
    found = db.session.scalar(locked(query, Request) if lock else query)
    if found is None:
        raise NotFound
    return found


def _with_entries(query: Any) -> Any:
    return query.options(
        selectinload(Request.actor),
        selectinload(Request.campaign),
        selectinload(Request.contact),
        selectinload(Request.mail),
        selectinload(Request.entries).selectinload(Entry.offer).selectinload(Offer.actor),
    )
