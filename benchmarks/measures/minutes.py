"""Minutes of a conference of 200 people and 120 cards: read, set as PDF, written as DOCX."""

from datetime import date, time

from benchmarks.registers import REGION, Sizes, asked
from benchmarks.table import Row
from benchmarks.timing import medians
from registry.access.policy import CONSOLE
from registry.conferences.attendance.models import Presence
from registry.conferences.decisions import services as decisions
from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes import making, services
from registry.conferences.minutes.approving import documents
from registry.conferences.minutes.content import QUESTIONS
from registry.conferences.minutes.models import Minutes
from registry.conferences.models import AgendaItem, Conference, Day, Group
from registry.conferences.replies.models import Participant
from registry.conferences.wall.models import Card
from registry.core.db import db, now
from registry.core.documents import making as setting
from registry.core.documents import papers, word
from registry.core.i18n import local_now

ROUNDS = 3
PEOPLE, GROUPS, CARDS, TASKS = 200, 6, 5, 20  # cards of each question in each group
TEXT = "Abendkurse mit Kinderbetreuung in jeder Gemeinde"
DAY = date(2026, 11, 24)


def measure(sizes: Sizes) -> list[Row]:
    with asked(sizes.smallest):
        minutes, at = _minutes(), local_now()
        ready = making.paper_of(minutes)
        set_up = medians(
            ROUNDS,
            lambda: documents.pdf(minutes, at),
            lambda: setting.pdf("paper", papers.data(ready), at),
        )
        written = medians(ROUNDS, lambda: documents.docx(minutes), lambda: word.docx(ready))
    return [
        Row("Minutes of 200 people as PDF", *set_up, "typesetting alone", goal=8, offers=PEOPLE),
        Row("Minutes of 200 people as DOCX", *written, "writing alone", goal=8, offers=PEOPLE),
    ]


def _minutes() -> Minutes:
    """Begin the minutes of a conference that took place."""
    return services.begin(CONSOLE, held().uuid)


def held() -> Conference:
    """Make a conference that took place; nothing is kept."""
    made = Conference(
        region=REGION,
        title="Integrationskonferenz",
        days=[Day(day=DAY, starts=time(9), ends=time(16))],
        agenda=[AgendaItem(title=f"Punkt {number}", position=number) for number in range(8)],
        groups=[Group(title=f"Gruppe {number}", position=number) for number in range(GROUPS)],
    )
    db.session.add(made)
    db.session.flush()
    for number in range(PEOPLE):
        _comes(made, number)
    for group in made.groups:
        for question in QUESTIONS:
            db.session.add_all(
                Card(conference=made, group=group, question=question, text=f"{TEXT} {number}")
                for number in range(CARDS)
            )
    for number in range(TASKS):
        decisions.add_task(CONSOLE, made.uuid, {"title": f"Kurs {number} einrichten"}, DAY)
    return made


def _comes(conference: Conference, number: int) -> None:
    invited = Invitation(conference=conference, organisation=f"Verein {number}", reasons=[])
    who = Participant(
        conference=conference,
        invitation=invited,
        given_name="Vorname",
        family_name=f"Familienname {number}",
    )
    db.session.add(Presence(participant=who, day=conference.days[0], at=now(), via="list"))
