"""Before the day: groups and programme, topics, and who comes into which group."""

from collections.abc import Mapping
from typing import Any

from registry.conferences.assignment import COSTS, UNLISTED
from registry.conferences.demo.setting import Setting, Told, at
from registry.conferences.groups import services as groups
from registry.conferences.groups.moving import services as moving
from registry.conferences.groups.schemas import GroupsSchema, MoveSchema
from registry.conferences.groups.services import How
from registry.conferences.models import Conference
from registry.conferences.programme import services as items
from registry.conferences.programme.schemas import TimedItemSchema
from registry.conferences.topics import services as candidates
from registry.conferences.topics import sources
from registry.conferences.topics.schemas import DecisionSchema, TopicSchema
from registry.network.findings import queries as findings
from registry.network.findings import services as network
from registry.network.findings.queries import FindingFilter


def set_groups(setting: Setting, made: Conference) -> None:
    rooms = {room.name: str(room.uuid) for room in setting.venue.rooms}
    rows = [{**each, "room": rooms[each["room"]]} for each in setting.entry["groups"]]
    told = GroupsSchema(audience="office").load({"groups": rows})
    groups.set_groups(setting.who, made.uuid, made.version, told)


def programme(setting: Setting, made: Conference, said: Mapping[str, Any]) -> None:
    """Begin with a pattern or with what was taken over, then change and add items."""
    who = setting.who
    if "pattern" in said:
        items.begin_with(who, made.uuid, made.version, said["pattern"], replace=True)
    for title, data in said.get("change", {}).items():
        row = next(each for each in made.agenda if each.title == title)
        loaded = TimedItemSchema(audience="office", partial=True).load(data)
        items.change(who, made.uuid, made.version, row.uuid, loaded)
    for data in said.get("add", ()):
        given = {name: value for name, value in data.items() if name != "after"}
        before = next(each for each in made.agenda if each.title == data["after"])
        loaded = TimedItemSchema(audience="office").load(given)
        items.add(who, made.uuid, made.version, loaded, before.uuid)
    items.publish(who, made.uuid, made.version, public=True)


def topics(told: Told) -> None:
    for kind in told.entry.get("findings", ()):
        _of_finding(told, kind)
    for each in told.entry.get("topics", ()):
        given = {name: value for name, value in each.items() if name != "decided"}
        row = candidates.add(told.who, told.uuid, TopicSchema(audience="office").load(given))
        if "decided" in each:
            said = DecisionSchema(audience="office").load(each["decided"])
            day = told.setting.ago(told.entry["invited"] + 14)
            candidates.decide(told.who, row.uuid, row.version, said, day)


def _of_finding(told: Told, kind: str) -> None:
    """Accept the first finding of a kind as a topic, and take over what is proposed of it."""
    rows, _total = findings.listed(told.who, FindingFilter(kind=kind), per_page=1)
    for row in rows:
        network.accept(told.who, row.uuid, row.version)
    known = {row.id for row in rows}
    proposed = sources.candidates(told.who, told.conference)
    chosen = [each for each in proposed if each.finding_id in known]
    candidates.take_over(told.who, told.uuid, chosen)


def arrange(told: Told) -> None:
    """Say who moderates, put everybody into groups by their wishes, and move some by hand."""
    said, made, who = told.entry["groups"], told.conference, told.who
    for title, ref in said["moderators"].items():
        group = told.group(title).uuid
        groups.set_moderator(who, made.uuid, group, made.version, told.seat(ref))
    for each in said.get("moves", ()):
        move = {"group": str(told.group(each["group"]).uuid), "reason": each["reason"]}
        loaded = MoveSchema(audience="office").load(move)
        moving.move(who, made.uuid, told.seat(each["actor"]), loaded, "")
    run = groups.arrange(who, made.uuid, "", How(COSTS, UNLISTED, said["seed"]))
    run.ran_at = at(told.setting.ago(said["ago"]))
