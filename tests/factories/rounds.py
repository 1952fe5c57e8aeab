"""Rounds of asking for tests: planned or started for Roth, some weeks before their deadline."""

from datetime import date, timedelta
from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.core import tokens
from registry.core.db import db
from registry.network.rounds import queries, services
from registry.network.rounds.models import Asked, Round
from tests.factories.actors import make_actor
from tests.factories.campaigns import CONTACT

TODAY = date.today()
KINDS = ["referral", "exchange", "wish"]


def make_partner(name: str, **fields: Any) -> Actor:
    """Create a published actor that can be written to."""
    address = f"{name.lower().replace(' ', '')}@verband.example"
    return make_actor(name=name, **{"contacts": [{**CONTACT, "email": address}], **fields})


def make_round(who: Who = CONSOLE, *, region: str = "09576", **fields: Any) -> Round:
    given = {
        "name": "Umfrage Herbst",
        "kinds": KINDS,
        "deadline": TODAY + timedelta(weeks=4),
        "reminder_days": [7, 14],
        **fields,
    }
    made = services.plan(who, region, given, TODAY)
    db.session.commit()
    return made


def start_round(who: Who = CONSOLE, **fields: Any) -> Round:
    made = make_round(who, **fields)
    services.start(who, made.uuid, made.version, TODAY)
    db.session.commit()
    return made


def asked_of(found: Round, actor: Actor) -> Asked:
    return next(each for each in queries.load_all(found) if each.actor_id == actor.id)


def key_of(asked: Asked) -> str:
    """Return the secret of the newest link, as the mail would carry it."""
    assert asked.mail is not None
    assert asked.mail.link is not None
    return tokens.secret(asked.mail.link)
