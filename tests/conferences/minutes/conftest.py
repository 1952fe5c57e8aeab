"""A conference that took place: somebody came, a deputy came, somebody was excused."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.conferences.attendance.models import Presence
from registry.conferences.decisions import services as decisions
from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes import services
from registry.conferences.minutes.approving import services as approving
from registry.conferences.minutes.models import Minutes
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.replies.models import Participant
from registry.conferences.wall.models import Card, Dots
from registry.core.db import db, now
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

AGENDA = (("look_back", "Rückblick"), ("situation", "Lage"), ("other", "Arbeitsgruppen"))
UNTIL = TODAY + timedelta(days=14)
AFTER = UNTIL + timedelta(days=1)


@dataclass
class Held:
    conference: Conference
    invitations: list[Invitation] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)

    def begin(self) -> Minutes:
        return services.begin(CONSOLE, self.conference.uuid)

    def circulated(self) -> Minutes:
        minutes = self.begin()
        approving.circulate(CONSOLE, minutes.uuid, minutes.version, UNTIL, TODAY)
        return minutes

    def approved(self) -> Minutes:
        minutes = self.circulated()
        return approving.approve(CONSOLE, minutes.uuid, minutes.version, AFTER)


def person(held: Held, number: int, *, came: bool, **fields: Any) -> Participant:
    row = Participant(
        conference=held.conference, invitation=held.invitations[number], form="neutral", **fields
    )
    db.session.add(row)
    db.session.flush()
    if came:
        day = held.conference.days[0]
        db.session.add(Presence(participant=row, day=day, at=now(), via="list"))
    held.people.append(row)
    return row


@pytest.fixture
def held(database: None) -> Held:
    """Anna came, Cem came instead of Bert, the club is excused, the school did not come."""
    made = make_conference(
        TODAY - timedelta(days=3), title="5. Konferenz", deadline=TODAY - timedelta(days=9)
    )
    made.agenda = [
        AgendaItem(kind=kind, title=title, position=number)
        for number, (kind, title) in enumerate(AGENDA)
    ]
    held = Held(made)
    for name, fields in {
        "Beratung": {"email": "a@example.org", "reply": "yes"},
        "Jobcenter": {"reply": "deputy", "given_name": "Bert", "family_name": "Beispiel"},
        "Verein": {"email": "c@example.org", "reply": "no"},
        "Schule": {"email": "d@example.org", "reply": "yes"},
    }.items():
        invited = make_invitation(
            made, make_actor(name=name), released=True, edited=["email"], **fields
        )
        held.invitations.append(invited)
    person(held, 0, came=True, given_name="Anna", family_name="Muster", function="Leitung")
    person(held, 1, came=True, given_name="Cem", family_name="Deniz", deputy=True)
    person(held, 3, came=False, given_name="Ida", family_name="Ohne")
    card = Card(conference=made, group=made.groups[0], question="measure", text="Abendkurse")
    db.session.add(card)
    db.session.flush()
    db.session.add(Dots(card_id=card.id, giver="x", number=3))
    decisions.decide(CONSOLE, made.uuid, {"text": "Muster legt ein Konzept vor."})
    decisions.add_task(CONSOLE, made.uuid, {"title": "Konzept schreiben"}, TODAY)
    db.session.commit()
    return held
