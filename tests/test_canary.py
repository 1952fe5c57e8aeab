"""A canary in everything that is not public; then every anonymous answer is searched for it.

The marks go into whatever the schemas and tables know, so that a new field is covered by itself.
"""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import fields
from sqlalchemy import String, inspect

from registry.access.policy import CONSOLE
from registry.actors.models import Actor, Contact, Place, Status
from registry.actors.schemas import ActorSchema, ContactSchema, PlaceSchema
from registry.actors.services import archive_actor
from registry.core import i18n
from registry.core.db import db
from registry.core.forms import RecordSchema
from registry.exchange.export import WRITERS, export
from registry.offers.models import Offer, OfferPlace
from registry.offers.schemas import OfferSchema
from registry.offers.services import archive_offer
from registry.search import reader
from registry.search.criteria import Moment
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


QUESTIONS = [
    f"q={MARK}",
    "q=Hinterhof&field=advice",
    "region=09576143",
    "region=09576",
    f"near={LAT},{LON}&radius_km=0.5",
    "near=91154&radius_km=500&sort=distance",
    "open_now=true",
    "per_page=200&below=09576&bbox=5,40,20,60&zoom=18",
    "bbox=5,40,20,60&zoom=3",
]


def betrayed(body: str) -> list[str]:
    """Return the marks and the coordinates found in an answer."""
    spots = [f"{LAT}"[:7], f"{LON}"[:7]]
    return [body[at : at + 60] for mark in (MARK, *spots) if (at := body.find(mark)) >= 0]


@pytest.fixture
def planted(client: FlaskClient) -> tuple[Actor, Offer, list[Any]]:
    return plant()


def test_no_address_tells_a_stranger_what_is_not_public(
    app: Flask, client: FlaskClient, planted: tuple[Actor, Offer, list[Any]]
) -> None:
    found: dict[str, list[str]] = {}
    for path in paths(app, *planted):
        answer = client.get(path)
        assert answer.status_code < 500, path
        if leak := betrayed(answer.text):
            found[path] = leak
    assert not found


def test_what_is_hidden_does_not_exist_for_a_stranger(
    client: FlaskClient, planted: tuple[Actor, Offer, list[Any]]
) -> None:
    for each in planted[2]:
        kind = "offers" if isinstance(each, Offer) else "actors"
        for path in (f"/api/v1/{kind}/{each.uuid}", f"/de/{kind}/{each.uuid}"):
            # What is over says so on its page, and nothing else.
            answer = client.get(path)
            assert answer.status_code in ({404} if "/api/" in path else {404, 410}), path
            assert not betrayed(answer.text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_brings_it_out(
    client: FlaskClient, planted: tuple[Actor, Offer, list[Any]], question: str
) -> None:
    ids = {str(each.uuid) for each in planted[2]}
    words = [word.partition("=")[2] for word in question.split("&")]
    for path in ("/api/v1/offers", "/api/v1/actors", "/api/v1/map", "/de/offers", "/de/map"):
        body = client.get(f"{path}?{question}").text
        for word in words:  # the question itself may be shown again
            body = body.replace(word, "").replace(quote(word, safe=""), "")
        assert not betrayed(body), path
        assert not [each for each in ids if each in body], path


def test_a_hidden_word_finds_and_counts_nothing(
    client: FlaskClient, planted: tuple[Actor, Offer, list[Any]]
) -> None:
    for question in (f"q={MARK}", "region=09576143", f"near={LAT},{LON}&radius_km=1"):
        answer = client.get(f"/api/v1/offers?{question}").json
        assert (answer["items"], answer["total"]) == ([], 0), question


# --- what was public a moment ago: the index, its corrections, kept answers and their ETags

ONCE_PUBLIC = [
    "/de/offers",
    "/de/offers?q=kanarie",
    "/de/offers?q=kanarien",
    "/de/map",
    "/de/map?q=kanaire",
    "/api/v1/offers?per_page=200",
    f"/api/v1/offers?near={LAT},{LON}&radius_km=1",
    "/api/v1/suggestions?q=kana",
    "/api/v1/suggestions?q=kanairevogel",
    "/api/v1/map?bbox=11.19,49.19,11.21,49.21&zoom=18",
    "/api/v1/map?bbox=11.19,49.19,11.21,49.21&zoom=14",
]
HIDINGS: dict[str, Callable[[Offer], object]] = {
    "made a draft again": lambda offer: setattr(offer, "status", Status.DRAFT),
    "archived": lambda offer: archive_offer(CONSOLE, offer.uuid),
    "ended": lambda offer: setattr(offer, "valid_to", TODAY - timedelta(days=1)),
    "put off": lambda offer: setattr(offer, "valid_from", TODAY + timedelta(days=2)),
    "of an archived actor": lambda offer: archive_actor(CONSOLE, offer.actor.uuid),
    "deleted": db.session.delete,
}


def once_public() -> Offer:
    place = {"name": "Haus", "municipality": "09576143", "lat": LAT, "lon": LON}
    actor = make_actor(name="Haus", places=[place])
    return make_offer(actor, title=f"{MARK}vogel", areas=[])


def tags(client: FlaskClient) -> dict[str, str]:
    """Ask for everything, see that the canary is in it, and return the ETags."""
    found = {}
    for path in ONCE_PUBLIC:
        answer = client.get(path)
        assert betrayed(answer.text), path
        found[path] = answer.headers["ETag"]
    return found


@pytest.mark.parametrize("how", HIDINGS)
def test_what_was_public_a_moment_ago_is_nowhere_any_more(client: FlaskClient, how: str) -> None:
    make_offer(title="Bleibt")
    offer = once_public()
    before = tags(client)
    HIDINGS[how](offer)
    db.session.commit()
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert not betrayed(answer.text.replace(f"{LAT},{LON}", "")), path
        assert "kanarievogel" not in answer.text, path


def test_the_calendar_hides_without_a_write(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = once_public()
    offer.valid_to = TODAY
    db.session.commit()
    before = tags(client)
    tomorrow = i18n.local_now() + timedelta(days=1)
    monkeypatch.setattr(i18n, "local_now", lambda: tomorrow)
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert str(offer.uuid) not in answer.text, path


def test_a_place_that_becomes_confidential_leaves_the_map_and_every_circle(
    client: FlaskClient,
) -> None:
    offer = once_public()
    before = tags(client)
    offer.places[0].place.confidential = True
    db.session.commit()
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert f"{LAT}"[:7] not in answer.text.replace(f"{LAT},{LON}", ""), path
    assert client.get(ONCE_PUBLIC[6]).json["total"] == 0
    assert client.get(ONCE_PUBLIC[-1]).json["features"] == []
    assert client.get("/api/v1/offers?region=09576143").json["total"] == 0
    assert client.get("/api/v1/offers?region=09576").json["total"] == 1


def test_the_index_itself_holds_nothing_that_is_hidden(
    planted: tuple[Actor, Offer, list[Any]],
) -> None:
    reader.forget()
    index = reader.current(Moment(i18n.local_now(), "09576")).index
    [segment] = index.segments
    hidden = {each.id for each in planted[2] if isinstance(each, Offer)}
    assert not hidden & set(segment.rows.offer.tolist())
    assert MARK.lower() not in segment.lexicon.joined.decode()
    assert MARK not in " ".join(segment.rows.hours)
    assert np.isnan(segment.slots.lat).all()


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("kind", ["offers", "actors"])
def test_no_export_holds_it(
    app: Flask, planted: tuple[Actor, Offer, list[Any]], kind: str, form: str
) -> None:
    file = io.StringIO()
    with app.test_request_context("/de/"):
        export(kind, form, file, TODAY)
    assert "Sichtbar" in file.getvalue()
    assert not betrayed(file.getvalue())
    assert not [each for each in planted[2] if str(each.uuid) in file.getvalue()]


def test_the_office_does_read_what_was_planted(planted: tuple[Actor, Offer, list[Any]]) -> None:
    """The marks are really there: otherwise the tests above would prove nothing."""
    actor, offer, _hidden = planted
    read = json.dumps(
        [
            ActorSchema(audience="office").dump(actor),
            OfferSchema(audience="office").dump(offer),
        ]
    )
    for schema, kind in ((ActorSchema, Actor), (OfferSchema, Offer)):
        texts = {n for n, f in schema(audience="office").fields.items() if _is_text(f)}
        for name in texts & hidden_fields(schema):
            assert f"{MARK}-{kind.__name__}-{name}" in read
    for schema, kind in ((PlaceSchema, Place), (ContactSchema, Contact)):
        columns = {c.key for c in inspect(kind).column_attrs}
        texts = {n for n, f in schema(audience="office").fields.items() if _is_text(f)} & columns
        for name in texts - SHOWN_OF_SECRET_PLACE - {"step_free", "municipality", "postcode"}:
            assert f"{MARK}-{kind.__name__}-{name}" in read or kind is Contact
    assert f"{MARK}-{OfferPlace.__name__}-own_hours" in read


def _is_text(field: Any) -> bool:
    return isinstance(field, fields.String)
