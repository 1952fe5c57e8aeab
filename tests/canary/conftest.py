"""A canary in everything that is not public; then every anonymous answer is searched for it.

The marks go into whatever the schemas and tables know, so that a new field is covered by itself.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, inspect

from registry.actors.models import Actor, Status
from registry.actors.schemas import ActorSchema
from registry.core.db import db
from registry.core.forms import RecordSchema
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.texts.models import TranslatedText
from registry.texts.translated import Translated
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

MARK = "KANARIE"
LAT, LON = 49.2012345, 11.2012345
SHOWN_OF_SECRET_PLACE = {"phone"}
TODAY = date.today()


def mark(row: Any, *, but: set[str] | frozenset[str] = frozenset()) -> Any:
    """Fill every free text of a mapped row with its own mark, as far as the column is wide."""
    for column in inspect(type(row)).column_attrs:
        kind = column.columns[0].type
        keyed = column.columns[0].foreign_keys or column.key in {"status", "folded", "folded_title"}
        if keyed or column.key in but or _is_choice(row, column.key):
            continue
        text = f"{MARK}-{type(row).__name__}-{column.key}"
        if isinstance(kind, TranslatedText):
            setattr(row, column.key, Translated.of({"de": text, "en": text}))
        elif isinstance(kind, String):
            setattr(row, column.key, text[: kind.length])
    return row


def _is_choice(row: Any, name: str) -> bool:
    return any(
        name in str(constraint.sqltext)
        for constraint in type(row).__table__.constraints
        if hasattr(constraint, "sqltext") and " IN " in str(constraint.sqltext)
    )


def hidden_fields(schema: type[RecordSchema]) -> set[str]:
    """Return the attributes that the public never reads."""
    known = schema(audience="office").fields.values()
    return {str(f.attribute or f.name) for f in known if f.metadata.get("reads") != "public"}


def public_attributes(schema: type[RecordSchema]) -> set[str]:
    known = schema().dump_fields.values()
    return {str(f.attribute or f.name).partition(".")[0] for f in known}


def secret_actor(**given: Any) -> Actor:
    """Return an actor whose every free text is marked, its contact and place included."""
    place = {"name": "x", "municipality": "09576143", "lat": LAT, "lon": LON}
    actor = make_actor(places=[place], contacts=[{"function": "x"}], units=[{"name": "x"}], **given)
    for row in (actor, *actor.places, *actor.contacts, *actor.units):
        mark(row)
    return actor


def open_actor() -> Actor:
    """Return a published actor with everything hidden marked: its contact and place are secret."""
    place = {"name": "x", "municipality": "09576143", "confidential": True, "lat": LAT, "lon": LON}
    actor = make_actor(name="Sichtbar", places=[place], contacts=[{"function": "x"}])
    mark(actor, but=public_attributes(ActorSchema) | {"name"})
    mark(actor.places[0], but=SHOWN_OF_SECRET_PLACE)
    mark(actor.contacts[0])
    return actor


def open_offer(actor: Actor) -> Offer:
    links = [{"place": str(actor.places[0].uuid)}]
    contact = str(actor.contacts[0].uuid)
    offer = make_offer(actor, title="Sichtbares Angebot", places=links, contact=contact, areas=[])
    mark(offer, but=public_attributes(OfferSchema))
    mark(offer.places[0])
    return offer


def plant() -> tuple[Actor, Offer, list[Any]]:
    """Return what is public, and everything that is hidden as a whole."""
    actor = open_actor()
    offer = open_offer(actor)
    hidden_actors = [secret_actor(status=status) for status in (Status.DRAFT, Status.ARCHIVED)]
    hidden = [
        make_offer(actor, status=Status.DRAFT),
        make_offer(actor, status=Status.ARCHIVED),
        make_offer(actor, valid_to=str(TODAY - timedelta(days=1))),
        make_offer(actor, valid_from=str(TODAY + timedelta(days=2))),
        *(make_offer(each) for each in hidden_actors),
    ]
    for each in hidden:
        mark(each)
    below = make_actor(name="Kind", parent=str(hidden_actors[0].uuid))
    assert below.parent is hidden_actors[0]
    db.session.commit()
    return actor, offer, [*hidden_actors, *hidden]


def paths(app: Flask, actor: Actor, offer: Offer, hidden: list[Any]) -> Iterator[str]:
    """Yield every public address, with the ids of what is public and what is hidden."""
    known = {"lang": ["de", "en"], "ags": ["09576"], "scheme": ["field"], "key": ["advice"]}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        unknown = rule.arguments - known.keys() - {"uuid"}
        if "GET" not in rule.methods or unknown or not getattr(view, "public", False):
            continue
        ids = [each.uuid for each in (actor, offer, *hidden)]
        for lang in known["lang"] if "lang" in rule.arguments else [""]:
            for uuid in ids if "uuid" in rule.arguments else [""]:
                values = {name: choices[0] for name, choices in known.items()}
                values |= {"lang": lang, "uuid": str(uuid)}
                with app.test_request_context():
                    yield app.url_for(rule.endpoint, **{n: values[n] for n in rule.arguments})


def betrayed(body: str) -> list[str]:
    """Return the marks and the coordinates found in an answer."""
    spots = [f"{LAT}"[:7], f"{LON}"[:7]]
    return [body[at : at + 60] for mark in (MARK, *spots) if (at := body.find(mark)) >= 0]


@pytest.fixture
def planted(client: FlaskClient) -> tuple[Actor, Offer, list[Any]]:
    return plant()
