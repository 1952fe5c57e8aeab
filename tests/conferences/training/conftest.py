from datetime import timedelta
from typing import Any, Protocol

import pytest

from registry.actors.models import Actor
from registry.conferences.attendance.models import Door, Presence
from registry.conferences.invitations.models import Reply
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.conferences.training import services
from registry.conferences.training.models import Training
from registry.core.db import db, now
from tests.factories.conferences import TODAY, make_conference, make_invitation

FIRST, SECOND = TODAY - timedelta(weeks=8), TODAY + timedelta(weeks=8)


class Came(Protocol):
    def __call__(
        self, conference: Conference, actor: Actor, name: str, *, days: int = 1
    ) -> None: ...


@pytest.fixture
def came() -> Came:
    """Return a function that notes somebody of an organisation as present on some days."""

    def note(conference: Conference, actor: Actor, name: str, *, days: int = 1) -> None:
        long_ago = TODAY - timedelta(weeks=12)
        invitation = make_invitation(conference, actor, reply=Reply.YES, invited_on=long_ago)
        person = Participant(conference=conference, invitation=invitation, family_name=name)
        db.session.add(person)
        for day in conference.days[:days]:
            db.session.add(Presence(participant=person, day=day, at=now(), via=Door.LIST))
        db.session.commit()

    return note


@pytest.fixture
def training(cast: Any) -> Training:
    first = make_conference(FIRST, title="Teil 1")
    second = make_conference(SECOND, SECOND + timedelta(days=1), title="Teil 2")
    parts = [
        {"conference": {"uuid": first.uuid}, "follows": False},
        {"conference": {"uuid": second.uuid}, "follows": True},
    ]
    made = services.create(
        cast.who("olga"), "09576", {"title": "Integrationsbeauftragte", "parts": parts}
    )
    db.session.commit()
    return made
