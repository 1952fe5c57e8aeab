"""No anonymous answer tells what is not public."""

import io
import json
from itertools import product
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import fields
from sqlalchemy import inspect

from registry.actors.models import Actor, Contact, Place
from registry.actors.schemas import ActorSchema, ContactSchema, PlaceSchema
from registry.core import i18n
from registry.exchange.export import WRITERS, export
from registry.offers.models import Offer, OfferPlace
from registry.offers.schemas import OfferSchema
from registry.search import reader
from registry.search.criteria import Moment
from tests.canary.conftest import (
    LAT,
    LON,
    MARK,
    SHOWN_OF_SECRET_PLACE,
    TODAY,
    betrayed,
    hidden_fields,
    paths,
)

DATABASES = ["postgresql"]

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


def test_no_question_brings_it_out(
    client: FlaskClient, planted: tuple[Actor, Offer, list[Any]]
) -> None:
    ids = {str(each.uuid) for each in planted[2]}
    asked = ("/api/v1/offers", "/api/v1/actors", "/api/v1/map", "/de/offers", "/de/map")
    for path, question in product(asked, QUESTIONS):
        body = client.get(f"{path}?{question}").text
        for word in (word.partition("=")[2] for word in question.split("&")):
            # the question itself may be shown again
            body = body.replace(word, "").replace(quote(word, safe=""), "")
        assert not betrayed(body), f"{path}?{question}"
        assert not [each for each in ids if each in body], f"{path}?{question}"


def test_a_hidden_word_finds_and_counts_nothing(
    client: FlaskClient, planted: tuple[Actor, Offer, list[Any]]
) -> None:
    for question in (f"q={MARK}", "region=09576143", f"near={LAT},{LON}&radius_km=1"):
        answer = client.get(f"/api/v1/offers?{question}").json
        assert (answer["items"], answer["total"]) == ([], 0), question


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
