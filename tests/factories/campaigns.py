"""Campaigns for tests: planned or started for Roth, some weeks before their deadline."""

from datetime import date, timedelta
from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.core import tokens
from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.campaigns import queries, services
from registry.upkeep.campaigns.models import Campaign, Entry, Request
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

TODAY = date.today()
LONG_AGO = (TODAY - timedelta(days=400)).isoformat()
CONTACT = {
    "function": "Geschäftsstelle",
    "email": "info@verband.example",
    "phone": "09171 1234",
    "publish_public": True,
    "use_for_invitations": True,
}


def make_due(name: str = "Musterverband", **fields: Any) -> Actor:
    """Create an actor with one offer; both were last confirmed long ago."""
    given = {"contacts": [CONTACT], "places": [PLACE], "last_confirmed": LONG_AGO, **fields}
    actor = make_actor(name=name, **given)
    make_offer(actor, last_confirmed=LONG_AGO)
    return actor


def make_campaign(who: Who = CONSOLE, *, region: str = "09576", **fields: Any) -> Campaign:
    given = {
        "name": "Herbst",
        "deadline": TODAY + timedelta(weeks=4),
        "reminder_days": [7, 14],
        **fields,
    }
    campaign = services.plan(who, region, given, TODAY)
    db.session.commit()
    return campaign


def start_campaign(who: Who = CONSOLE, **fields: Any) -> Campaign:
    campaign = make_campaign(who, **fields)
    services.start(who, campaign.uuid, campaign.version, TODAY)
    db.session.commit()
    return campaign


def request_of(campaign: Campaign, actor: Actor) -> Request:
    found = queries.load_requests(campaign)
    return next(request for request in found if request.actor_id == actor.id)


def entry_of(request: Request, offer: Offer | None = None) -> Entry:
    """Return the entry of an offer or, without one, of the actor itself."""
    return next(e for e in request.entries if e.offer_id == (offer.id if offer else None))


def key_of(request: Request) -> str:
    """Return the secret of the newest link, as the mail would carry it."""
    assert request.mail is not None
    assert request.mail.link is not None
    return tokens.secret(request.mail.link)
