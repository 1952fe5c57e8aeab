"""Reading what the papers of a day tell about groups and their topics."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from registry.conferences.groups.models import Cafe, CafeTable
from registry.conferences.models import Conference, Group
from registry.conferences.replies.models import Participant
from registry.conferences.topics.models import Topic, TopicState
from registry.core.db import db


def topics(conference: Conference) -> dict[UUID, list[Topic]]:
    """Return the accepted topics of each group, by its public id."""
    query = (
        select(Topic, Group.uuid)
        .join(Group, Group.id == Topic.group_id)
        .where(Topic.conference_id == conference.id, Topic.state == TopicState.ACCEPTED)
        .options(joinedload(Topic.finding))
        .order_by(Topic.id)
    )
    found: dict[UUID, list[Topic]] = defaultdict(list)
    for topic, group in db.session.execute(query):
        found[group].append(topic)
    return found


def tables(conference: Conference) -> Sequence[CafeTable]:
    """Return the tables of a conference's World Cafés."""
    query = select(CafeTable).join(Cafe, Cafe.id == CafeTable.cafe_id)
    query = query.where(Cafe.conference_id == conference.id).order_by(Cafe.id, CafeTable.number)
    return db.session.scalars(query).all()


def moderator(group: Group) -> UUID:
    """Return the public id of the participant who leads a group."""
    query = select(Participant.uuid).where(Participant.id == group.moderator_id)
    return db.session.scalar(query) or UUID(int=0)
