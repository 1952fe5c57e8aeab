"""Reading the topics of a conference, with what the preparation group thinks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select

from registry.access.policy import Who
from registry.actors.queries import locked
from registry.conferences.models import Conference
from registry.conferences.queries import FIRST_DAY, mine
from registry.conferences.topics.models import Rating, Topic, TopicState
from registry.core.db import db
from registry.core.errors import NotFound


@dataclass(frozen=True)
class Rated:
    """A topic with the points it got, from how many people, and what one gave oneself."""

    topic: Topic
    points: int
    number: int
    own: int | None


def load_topic(who: Who, uuid: UUID, *, lock: bool = False) -> Topic:
    """Return a topic of a conference that `who` may see, or raise NotFound."""
    query = select(Topic).join(Conference, Conference.id == Topic.conference_id)
    query = query.where(Topic.uuid == uuid, mine(who))
    found = db.session.scalar(locked(query, Topic) if lock else query)
    if found is None:
        raise NotFound
    return found


def rated(
    who: Who, conference: Conference, *, page: int = 1, per_page: int | None = 50
) -> tuple[list[Rated], int]:
    """Return one page of the topics of a conference, the best rated first, and the total."""
    of_conference = Topic.conference_id == conference.id
    total = db.session.scalar(select(func.count(Topic.id)).where(of_conference)) or 0
    rating = (
        select(
            Rating.topic_id,
            func.sum(Rating.points).label("points"),
            func.count(Rating.user_id).label("number"),
        )
        .group_by(Rating.topic_id)
        .subquery()
    )
    own = select(Rating.topic_id, Rating.points).where(Rating.user_id == who.user_id).subquery()
    points = func.coalesce(rating.c.points, 0)
    query = (
        select(Topic, points, func.coalesce(rating.c.number, 0), own.c.points)
        .outerjoin(rating, rating.c.topic_id == Topic.id)
        .outerjoin(own, own.c.topic_id == Topic.id)
        .where(of_conference)
        .order_by(points.desc(), func.lower(Topic.title), Topic.id)
    )
    if per_page:
        query = query.limit(per_page).offset((page - 1) * per_page)
    return [Rated(*row) for row in db.session.execute(query)], total


def rating_of(who: Who, topic: Topic) -> Rating | None:
    return db.session.get(Rating, (topic.id, who.user_id))


def load_known(conference: Conference) -> Sequence[Topic]:
    """Return all topics of a conference."""
    query = select(Topic).where(Topic.conference_id == conference.id)
    return db.session.scalars(query.order_by(Topic.id)).all()


def by_item(conference: Conference) -> dict[int, Topic]:
    """Return the topic that each item of the programme (internal id) was made of."""
    return {each.item_id: each for each in load_known(conference) if each.item_id}


def postponed_before(conference: Conference) -> Sequence[Topic]:
    """Return what earlier conferences of the same series put off to the next one."""
    if conference.series_id is None or conference.first_day is None:
        return []
    query = (
        select(Topic)
        .join(Conference, Conference.id == Topic.conference_id)
        .where(
            and_(Conference.series_id == conference.series_id, Conference.id != conference.id),
            Topic.state == TopicState.POSTPONED,
            conference.first_day > FIRST_DAY,
        )
        .order_by(FIRST_DAY.desc(), Topic.id)
    )
    return db.session.scalars(query).all()
