"""Putting together what is printed for a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, may, require
from registry.audit.services import record
from registry.conferences import german
from registry.conferences.attendance.papers import content, queries
from registry.conferences.attendance.papers.content import (
    GroupSheet,
    Known,
    Line,
    Occasion,
    Section,
    Sign,
    TableSign,
    name_of,
)
from registry.conferences.attendance.queries import Person, roll
from registry.conferences.invitations.wording import category_name
from registry.conferences.marks import Mark, marks
from registry.conferences.models import Conference, Group
from registry.conferences.queries import in_the_office, load_conference
from registry.conferences.replies.models import Place
from registry.core.errors import Invalid
from registry.network.findings.wording import told

BY = ("group", "category", "name")
MOST_BLANKS = 60


@dataclass(frozen=True)
class Wish:
    """What is to be printed: of which day, grouped by what, with how many empty lines."""

    kind: str
    day: date
    by: str = "group"
    blanks: int = 10


@dataclass(frozen=True)
class Facts:
    """Everything the papers of a day are made of."""

    conference: Conference
    occasion: Occasion
    people: Sequence[Person]
    groups: Sequence[Group]
    signs: dict[UUID, Sign]


def paper(who: Who, uuid: UUID, wish: Wish) -> dict[str, Any]:
    """Return the data of a paper for the typesetter; the log notes that it was made."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    made = KINDS[wish.kind](who, _facts(who, found, wish.day), wish)
    record(who, "conference.exported", found, {wish.kind: [None, wish.day.isoformat()]})
    return made


def _facts(who: Who, found: Conference, day: date) -> Facts:
    that = [each for each in found.days if each.day == day]
    occasion = Occasion(
        found.title,
        "".join(german.appointments(that)) or german.day(day),
        german.place(found.venue),
        found.example,
    )
    people = [
        each
        for each in roll(found, inside=in_the_office(who, found))
        if each.place == Place.SEAT or day in each.days
    ]
    groups = [each for each in found.groups if each.day is None or each.day.day == day]
    return Facts(found, occasion, people, groups, _signs(marks(found.groups)))


def _signs(found: dict[UUID, Mark]) -> dict[UUID, Sign]:
    return {key: Sign(mark.letter, mark.ground, mark.ink) for key, mark in found.items()}


def _line(person: Person) -> Line:
    note = f"i. V. für {person.stands_for}" if person.stands_for else ""
    if person.deputy and not note:
        note = "i. V."
    names = (person.given_name, person.family_name, person.title, person.function)
    return Line(name_of(*names), person.organisation, note)


def _attendance(_who: Who, facts: Facts, wish: Wish) -> dict[str, Any]:
    sections = _sections(facts, wish.by) if facts.people else []
    return content.attendance(facts.occasion, sections, min(max(wish.blanks, 0), MOST_BLANKS))


def _sections(facts: Facts, by: str) -> list[Section]:
    if by == "category":
        keys = sorted({each.category for each in facts.people}, key=category_name)
        return [Section(category_name(key), _lines(facts, _is_of(key))) for key in keys]
    if by == "group" and any(each.groups for each in facts.people):
        return [section for section in _by_group(facts) if section.lines]
    return [Section("", [_line(each) for each in facts.people])]


def _by_group(facts: Facts) -> list[Section]:
    mine = {each.uuid for each in facts.groups}
    made = [
        Section(each.title, _lines(facts, _is_in(each.uuid)), facts.signs[each.uuid])
        for each in facts.groups
    ]
    return [*made, Section("Ohne Gruppe", _lines(facts, lambda each: not mine & {*each.groups}))]


def _is_of(category: str) -> Callable[[Person], bool]:
    return lambda each: each.category == category


def _is_in(group: UUID) -> Callable[[Person], bool]:
    return lambda each: group in each.groups


def _lines(facts: Facts, wanted: Callable[[Person], bool]) -> list[Line]:
    return [_line(each) for each in facts.people if wanted(each)]


def _table_signs(_who: Who, facts: Facts, _wish: Wish) -> dict[str, Any]:
    """Return a sign for everybody who is named, then one for each table of a World Café."""
    people = [
        TableSign(
            each.name, [each.organisation], facts.signs[each.groups[0]] if each.groups else None
        )
        for each in facts.people
        if each.name
    ]
    tables = [
        TableSign(f"Tisch {each.number}", [each.topic]) for each in queries.tables(facts.conference)
    ]
    return content.table_signs(facts.occasion, _some([*people, *tables]))


def _door_signs(who: Who, facts: Facts, _wish: Wish) -> dict[str, Any]:
    return content.door_signs(facts.occasion, _sheets(who, facts))


def _moderation(who: Who, facts: Facts, _wish: Wish) -> dict[str, Any]:
    return content.moderation(facts.occasion, _sheets(who, facts))


def _walls(who: Who, facts: Facts, _wish: Wish) -> dict[str, Any]:
    return content.walls(facts.occasion, _sheets(who, facts))


def _sheets(who: Who, facts: Facts) -> list[GroupSheet]:
    """Return the sheet of each group; findings are for those who may read the network."""
    topics = queries.topics(facts.conference)
    rows = [each.finding for some in topics.values() for each in some if each.finding]
    knows = may(who, Permission.NETWORK_READ, facts.conference)
    found = {each.row.id: f"{each.title}: {each.sentence}" for each in told(rows)} if knows else {}
    return _some(
        [
            GroupSheet(
                title=each.title,
                sign=facts.signs[each.uuid],
                description=each.description or "",
                room=each.room.name if each.room else "",
                moderator=each.moderator or _moderator(facts, each),
                unit=each.unit or "",
                lines=_lines(facts, _is_in(each.uuid)),
                known=[
                    Known(topic.title, topic.reason or "", found.get(topic.finding_id or 0, ""))
                    for topic in topics.get(each.uuid, ())
                ],
            )
            for each in facts.groups
        ]
    )


def _moderator(facts: Facts, group: Group) -> str:
    """Return who of the participants leads a group."""
    keys = {each.uuid: each.name for each in facts.people}
    return keys.get(queries.moderator(group), "") if group.moderator_id else ""


def _some(made: list[Any]) -> list[Any]:
    if not made:
        raise Invalid({"kind": [_("There is nothing to print this for yet.")]})
    return made


KINDS: dict[str, Callable[[Who, Facts, Wish], dict[str, Any]]] = {
    "attendance": _attendance,
    "tables": _table_signs,
    "doors": _door_signs,
    "moderation": _moderation,
    "walls": _walls,
}
