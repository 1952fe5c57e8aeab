"""A conference of 35 people and three groups that a browser goes through, brought to any stage.

Who runs a part alone gets what the parts before would have left by the services.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Page
from sqlalchemy import select, update

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.conferences.assignment import COSTS, UNLISTED
from registry.conferences.attendance import services as door
from registry.conferences.groups import services as groups
from registry.conferences.groups.models import Run
from registry.conferences.groups.schemas import GroupsSchema
from registry.conferences.groups.services import How
from registry.conferences.invitations.models import Invitation, Reply, Via
from registry.conferences.invitations.services import freeze
from registry.conferences.models import Conference, Day
from registry.conferences.programme import services as programme
from registry.conferences.replies import services as replies
from registry.conferences.replies.models import Participant, Place
from registry.conferences.replies.told import Needs, Person, Seat, Told
from registry.conferences.series.models import Series
from registry.core import tokens
from registry.core.db import db
from tests.browser.conftest import LiveServer, Visits, axe, fits
from tests.factories.conferences import make_conference, make_invitation

TITLE = "Konferenz der Arbeitsgruppen"
PEOPLE = 35
TODAY = date.today()
SOON = TODAY + timedelta(weeks=8)
GROUPS = ("Sprache", "Arbeit", "Ehrenamt")
ASSOCIATION = "Musterverband Roth e. V. (Beispiel)"
BY_PHONE = 2  # who answer in the test itself, the last of the list
ABSENT = 31  # number of the invitation, the last, whose person does not come
TABLET: dict[str, Any] = {
    "viewport": {"width": 820, "height": 1180},
    "has_touch": True,
    "is_mobile": True,
}


SPARE = timedelta(days=2)


@dataclass
class House:
    """The register of one conference, and everybody's browser."""

    server: LiveServer
    browser: Browser
    uuid: UUID = field(init=False)
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        with self.inside():
            self.uuid = planned().uuid

    def office(self, path: str = "", **options: Any) -> Page:
        return self.visits.open(self.at(path), user="olga", **options)

    def at(self, path: str) -> str:
        return f"/en/office/conferences/{self.uuid}{path}"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Work in the application, and leave nothing open there."""
        with self.server.app.test_request_context():
            yield
            db.session.commit()
            db.session.remove()

    def conference(self) -> Conference:
        return db.session.scalars(select(Conference).where(Conference.uuid == self.uuid)).one()

    def move_to(self, day: date) -> None:
        """Let weeks pass: the conference takes place on this day."""
        with self.inside():
            mine = Day.conference_id == self.conference().id
            db.session.execute(update(Day).where(mine).values(day=day))

    def link(self, purpose: str, page: str, number: int = 1, record: UUID | None = None) -> str:
        """Return the path of a link: that of an invitation by its number, or of another record.

        It is the one that was given out, or another one.
        """
        with self.inside():
            mine = Invitation.conference_id == self.conference().id, Invitation.number == number
            about = record or db.session.scalars(select(Invitation.uuid).where(*mine)).one()
            known = tokens.living(purpose, [about]).get(about)
            return f"/de/{page}?key={tokens.secret(known or tokens.issue(purpose, about, SPARE))}"

    def answered(self) -> None:
        """Let the last ones answer, too."""
        with self.inside():
            found = self.conference()
            for row in invitations(found)[:ABSENT]:
                if row.reply == Reply.OPEN:
                    answer(found, row)

    def arranged(self) -> None:
        self.answered()
        with self.inside():
            found = self.conference()
            if not found.agenda:
                programme.begin_with(CONSOLE, found.uuid, found.version, "half_day", replace=False)
            if not db.session.scalars(select(Run).where(Run.conference_id == found.id)).all():
                groups.arrange(CONSOLE, found.uuid, "", How(COSTS, UNLISTED, 1))

    def attended(self, *, day: date = TODAY) -> None:
        """Hold the conference: all but one have come."""
        self.arranged()
        self.move_to(day)
        with self.inside():
            found = self.conference()
            seated = [each for each in participants(found) if each.place == Place.SEAT]
            for each in seated:
                if each.invitation.number != ABSENT:
                    door.arrive(CONSOLE, found.uuid, each.uuid, day)


def planned() -> Conference:
    """Make a conference for 35 people from 31 organisations; two of these have three seats."""
    made = make_conference(
        SOON,
        title=TITLE,
        seats=60,
        groups=(),
        deadline=SOON - timedelta(weeks=3),
        needs_asked=["food"],
        series=Series(region="09576", name="Arbeitsgruppen (Beispiel)"),
        example=True,
    )
    sizes = {"minimum": 8, "maximum": 14}
    rows = [{"title": title, "share": 1, **sizes} for title in GROUPS]
    told = GroupsSchema(audience="office").load({"groups": rows})
    groups.set_groups(CONSOLE, made.uuid, made.version, told)
    for number, actor in enumerate(organisations()):
        make_invitation(
            made,
            actor,
            email=f"einladung{number}@example.org",
            edited=["email"],
            released=True,
            channel="mail",
            seats=3 if number < 2 else 1,
            invited_on=TODAY,
        )
    freeze(CONSOLE, made)
    for row in invitations(made)[:-BY_PHONE]:
        answer(made, row)
    return made


def organisations() -> list[Actor]:
    """Return the association first, which can be written to, and thirty others."""
    first = db.session.scalars(select(Actor).where(Actor.name == ASSOCIATION)).one()
    others = select(Actor).where(Actor.id != first.id, Actor.status == "published")
    return [first, *db.session.scalars(others.order_by(Actor.id).limit(30))]


def invitations(found: Conference) -> list[Invitation]:
    query = select(Invitation).where(Invitation.conference_id == found.id)
    return list(db.session.scalars(query.order_by(Invitation.number)))


def participants(found: Conference) -> list[Participant]:
    query = select(Participant).where(Participant.conference_id == found.id)
    return list(db.session.scalars(query.order_by(Participant.id)))


def answer(found: Conference, row: Invitation) -> None:
    """Say yes for all seats; everybody would like to talk about language first."""
    keys = [str(each.uuid) for each in found.groups]
    number = row.number or 0
    second = keys[1 + number % 2]
    seats = {
        each: Seat(
            Person("Kim", f"Muster{number:02}{'abc'[each]}", "Leitung"),
            wishes=(keys[0], second),
            needs=Needs(food="vegetarisch") if number % 10 == 0 else None,
        )
        for each in range(row.seats)
    }
    replies.answer(CONSOLE, row, Told(Reply.YES, seats), Via.PHONE, TODAY)


def looked_at(page: Page) -> None:
    """Hold a page to what every page is held to."""
    fits(page)
    axe(page)
