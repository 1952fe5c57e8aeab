"""A conference with three invitations by mail, and a real mail server."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.conferences.invitations.models import Invitation
from registry.conferences.mailing import services
from registry.conferences.models import AgendaItem, Conference
from registry.core.db import db
from registry.core.mail.models import Mail
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation
from tests.mail.conftest import post_office, postman  # noqa: F401 (fixtures)

NAMES = ("Amt", "Bildungswerk", "Caritas")
DAY = timedelta(days=1)


def address(name: str) -> str:
    return f"{name.lower()}@example.org"


def actor_with_mail(name: str) -> Actor:
    contact = {"function": "Leitung", "email": address(name), "use_for_invitations": True}
    return make_actor(name=name, contacts=[contact])


@pytest.fixture
def conference(database: None) -> Conference:
    """In six weeks, with a deadline in four and reminders 10 and 3 days before it."""
    made = make_conference(reminder_days=[3, 10], agenda=[AgendaItem(title="Rückblick")])
    for seats, name in enumerate(NAMES, 1):
        actor = actor_with_mail(name)
        house = {"street": "Weg 1", "postcode": "91154", "city": "Roth"}
        known = {"email": address(name), "contact": actor.contacts[0], "seats": seats}
        make_invitation(made, actor, **house, **known)
    return made


def invitations(conference: Conference) -> list[Invitation]:
    """Return the invitations by name."""
    query = select(Invitation).where(Invitation.conference_id == conference.id)
    return list(db.session.scalars(query.order_by(Invitation.organisation)))


def send(conference: Conference, expected: int = len(NAMES)) -> int:
    """Send the invitation, committed."""
    sent = services.send(CONSOLE, conference.uuid, conference.version, expected, TODAY)
    db.session.commit()
    return sent


def mails(kind: str = "") -> list[Mail]:
    """Return the mails in the outbox by address."""
    query = select(Mail).order_by(Mail.recipient, Mail.id)
    return list(db.session.scalars(query.where(Mail.kind == kind) if kind else query))
