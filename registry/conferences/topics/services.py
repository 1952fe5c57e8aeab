"""Topics: enter and take over, rate, decide, and make of them what a conference works on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.groups.schemas import MAX_GROUPS
from registry.conferences.models import AgendaItem, Conference, Group, ItemKind
from registry.conferences.programme import services as programme
from registry.conferences.queries import load_conference
from registry.conferences.topics import queries
from registry.conferences.topics.models import Rating, Topic, TopicState
from registry.conferences.topics.sources import Candidate
from registry.core.db import db
from registry.core.errors import Conflict, Invalid

MOST = 3  # points
MAX_TOPICS = 200


def add(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Topic:
    """Enter a candidate for a conference."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_LEAD, found)
    _check_room(found, 1)
    made = Topic(conference=found, **data)
    db.session.add(made)
    with recorded(who, "topic.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Topic:
    """Change a topic that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    with recorded(who, "topic.updated", found):
        for name, value in data.items():
            setattr(found, name, value)
        touch(found)
    return found


def take_over(who: Who, uuid: UUID, chosen: Sequence[Candidate]) -> int:
    """Make topics of what the register proposes; return how many."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_LEAD, found)
    _check_room(found, len(chosen))
    for each in chosen:
        made = Topic(
            conference=found,
            title=each.title,
            reason=each.reason,
            source=each.source.value,
            said_in=each.said_in,
            finding_id=each.finding_id,
        )
        db.session.add(made)
        with recorded(who, "topic.created", made, new=True):
            db.session.flush()
    return len(chosen)


def rate(who: Who, uuid: UUID, points: Mapping[UUID, int | None]) -> None:
    """Say how important topics of a conference are, 0 to 3; None takes that back.

    Each of the preparation group has one rating, which can be changed until the topic is decided.
    """
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    if who.user_id is None:
        return
    for topic in queries.load_known(found):
        if topic.uuid not in points or topic.state != TopicState.OPEN:
            continue
        given, present = points[topic.uuid], queries.rating_of(who, topic)
        if given is not None and not 0 <= given <= MOST:
            raise Invalid({"points": [_("A rating is a number from 0 to 3.")]})
        if given is None and present:
            db.session.delete(present)
        elif given is not None and present:
            present.points = given
        elif given is not None:
            db.session.add(Rating(topic_id=topic.id, user_id=who.user_id, points=given))
    db.session.flush()


def decide(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Topic:
    """Record what becomes of a topic, and why."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    with recorded(who, f"topic.{data['state']}", found):
        found.state, found.because, found.decided_on = data["state"], data["because"], today
        touch(found)
    return found


def reopen(who: Who, uuid: UUID, version: int) -> Topic:
    """Take a decision back; what was made of the topic stays."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    with recorded(who, "topic.reopened", found):
        found.state, found.because, found.decided_on = TopicState.OPEN.value, None, None
        touch(found)
    return found


def make_item(who: Who, uuid: UUID, version: int) -> AgendaItem:
    """Make an item of the programme of a topic that was taken up."""
    topic = _taken_up(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, topic)
    if topic.item_id is not None:
        raise Invalid({"": [_("This topic is in the programme already.")]})
    found = topic.conference
    kind = ItemKind.COORDINATION.value
    data = {"title": topic.title, "description": topic.reason, "kind": kind}
    made = programme.add(who, found.uuid, found.version, data)
    topic.item_id = made.id
    touch(topic)
    db.session.flush()
    return made


def make_group(who: Who, uuid: UUID, version: int) -> Group:
    """Make a working group of a topic that was taken up."""
    topic = _taken_up(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, topic)
    if topic.group_id is not None:
        raise Invalid({"": [_("There is a working group for this topic already.")]})
    found = topic.conference
    if len(found.groups) >= MAX_GROUPS:
        message = _("A conference has at most %(limit)s working groups.", limit=MAX_GROUPS)
        raise Invalid({"": [message]})
    made = Group(title=topic.title, description=topic.reason, position=len(found.groups))
    with recorded(who, "conference.updated", found):
        found.groups.append(made)
        touch(found)
    topic.group_id = made.id
    touch(topic)
    db.session.flush()
    return made


def _taken_up(who: Who, uuid: UUID, version: int) -> Topic:
    found = _loaded(who, uuid, version)
    if found.state != TopicState.ACCEPTED:
        raise Invalid({"": [_("This topic has not been taken up.")]})
    load_conference(who, found.conference.uuid, lock=True)
    return found


def _check_room(found: Conference, more: int) -> None:
    if len(queries.load_known(found)) + more > MAX_TOPICS:
        message = _("A conference has at most %(limit)s topics.", limit=MAX_TOPICS)
        raise Invalid({"title": [message]})


def _loaded(who: Who, uuid: UUID, version: int) -> Topic:
    found = queries.load_topic(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found
