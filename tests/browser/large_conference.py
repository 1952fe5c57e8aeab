"""A conference of 200 people, two days and six tables, made in a second or two."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from registry.actors.models import Actor, Contact, Status
from registry.conferences.groups.models import Cafe, CafeTable
from registry.conferences.groups.queries import Round, people, rounds
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Day, Group
from registry.conferences.replies.models import Participant
from registry.conferences.venues.models import Room, Venue
from registry.core import tokens
from registry.core.db import db, now
from tests.browser.conftest import LiveServer, Visits

HOUSES, EACH = 100, 2  # organisations, and people of each
PEOPLE = HOUSES * EACH
FIRST = date.today() + timedelta(weeks=8)
PHONE = "09171 814000"
FORUMS = (
    "Forum 1: Ländliche Räume",
    "Forum 2: Migrantinnen",
    "Forum 3: Fachkräfte gewinnen und halten",
    "Forum 4: Interkulturelle Öffnung",
)
# At first the forums of the first day have not enough room, and one of the second is too large.
ROOMS = ((60, 40, 40, 40), (50, None, 70, None))
TOO_MANY = 300
TOPICS = ("Wohnen", "Arbeit", "Sprache", "Ehrenamt", "Gesundheit", "Schule")


@dataclass
class Large:
    """The register of the large conference, and everybody's browser."""

    server: LiveServer
    browser: Browser
    uuid: UUID = field(init=False)
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        with self.inside():
            self.uuid = _made().uuid
        self.visits = Visits(self.browser, self.server)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Work in the application, and leave nothing open there."""
        with self.server.app.test_request_context():
            yield
            db.session.commit()
            db.session.remove()

    def at(self, path: str = "") -> str:
        return f"/en/office/conferences/{self.uuid}{path}"

    def office(self, path: str = "", **options: Any) -> Page:
        return self.visits.open(self.at(path), user="olga", **options)

    def conference(self) -> Conference:
        return db.session.scalars(select(Conference).where(Conference.uuid == self.uuid)).one()

    def link(self, number: int) -> str:
        """Return the path of the link of an invitation, by its number."""
        with self.inside():
            row = self.invitation(number)
            link = tokens.issue("conference", row.uuid, timedelta(days=90))
            return f"/de/conference?key={tokens.secret(link)}"

    def invitation(self, number: int) -> Invitation:
        mine = Invitation.conference_id == self.conference().id, Invitation.number == number
        return db.session.scalars(select(Invitation).where(*mine)).one()

    def invitation_page(self, number: int) -> str:
        with self.inside():
            return self.at(f"/answers/{self.invitation(number).uuid}")

    def forum(self, day: int, number: int) -> UUID:
        with self.inside():
            return rounds(self.conference())[day].groups[number].uuid

    def day(self, number: int) -> UUID:
        with self.inside():
            return self.conference().days[number].uuid

    def placed(self, day: int) -> dict[str, str]:
        """Return the title of everybody's forum on a day by their name."""
        with self.inside():
            found = self.conference()
            wanted: Round = rounds(found)[day]
            titles = {str(each.uuid): each.title for each in wanted.groups}
            rows = people(found, wanted)
            return {each.guest.name: titles.get(each.guest.group, "") for each in rows}


def name_of(number: int) -> str:
    return f"Gast {number:03}"


def _made() -> Conference:
    venue = Venue(region="09576", name="Kulturfabrik", city="Roth")
    rooms = [Room(name=f"Raum {number + 1}", seats=80, venue=venue) for number in range(4)]
    made = Conference(
        region="09576",
        title="Große Integrationskonferenz",
        seats=220,
        venue=venue,
        deadline=FIRST - timedelta(weeks=2),
        frozen_at=now(),
        days=[
            Day(day=FIRST + timedelta(days=number), starts=time(9), ends=time(17))
            for number in range(2)
        ],
    )
    db.session.add(made)
    db.session.flush()
    made.groups = [
        Group(
            title=title,
            description=f"Worum es am {day + 1}. Tag geht.",
            day=made.days[day],
            room=rooms[number],
            minimum=TOO_MANY if (day, number) == (1, 3) else 10,
            maximum=ROOMS[day][number],
            share=1 if day == 0 else None,
            position=4 * day + number,
            moderator="Forenleitung",
        )
        for day in range(2)
        for number, title in enumerate(FORUMS)
    ]
    db.session.flush()
    guests = _guests(made)
    _cafe(made, guests[:: PEOPLE // 6])
    db.session.commit()
    return made


def _guests(made: Conference) -> list[Participant]:
    contacts = [
        Contact(function="Büro", email=f"haus{number}@example.org", use_for_invitations=True)
        for number in range(HOUSES)
    ]
    actors = [
        Actor(region="09576", name=_house(number), status=Status.PUBLISHED, contacts=[contact])
        for number, contact in enumerate(contacts)
    ]
    db.session.add_all(actors)
    db.session.flush()
    guests = []
    for number, actor in enumerate(actors):
        invitation = Invitation(
            conference=made,
            actor=actor,
            contact=contacts[number],
            number=number + 1,
            organisation=actor.name,
            email=contacts[number].email,
            phone=PHONE,
            seats=EACH,
            reply=Reply.YES,
            reasons=[{"code": "rule", "rule": 0}],
        )
        guests += [_guest(made, invitation, number, seat) for seat in range(EACH)]
    db.session.add_all(guests)
    return guests


def _house(number: int) -> str:
    return f"Verein {number + 1:03} e. V."


def _guest(made: Conference, invitation: Invitation, number: int, seat: int) -> Participant:
    """Everybody wants the second forum of the first day; wishes for the second day differ."""
    first, second = made.groups[:4], made.groups[4:]
    turn = (number + seat) % 4
    wishes = [
        first[1],
        first[(turn + 2) % 4],
        first[(turn + 3) % 4],
        *(second[(turn + step) % 4] for step in range(3)),
    ]
    return Participant(
        conference=made,
        invitation=invitation,
        position=seat,
        given_name="Kim",
        family_name=name_of(number * EACH + seat),
        form="neutral",
        wishes=list(dict.fromkeys(str(each.uuid) for each in wishes)),
    )


def _cafe(made: Conference, hosts: list[Participant]) -> None:
    tables = [
        CafeTable(number=number, topic=topic, host_person=host)
        for number, (topic, host) in enumerate(zip(TOPICS, hosts, strict=False), 1)
    ]
    cafe = Cafe(conference=made, day=made.days[1], title="World-Café", rounds=4, tables=tables)
    db.session.add(cafe)
