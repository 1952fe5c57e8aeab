"""Random requests, sound and unsound, against the API's own document and the public pages."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.actors.models import Actor
from registry.core.db import db
from registry.offers.models import TERM_LISTS, TERM_SINGLES, Offer
from registry.search.criteria import TERM_FILTERS
from registry.search.schemas import SearchSchema
from registry.vocabulary import queries as vocabulary
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
REAL: dict[str, Any] = {
    "bbox": "10,48,12,50",
    "near": "91154",
    "region": ["09576"],
    "areas": ["09576"],
    "category": "welfare",
    "languages": [{"language": "uk"}],
    "places": [],
    "contact": None,
    "unit": None,
    "parent": None,
}
few = settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
Prepare = Callable[[Any], None]


def operations(app: Flask) -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    for result in schema.get_all_operations():
        yield result.ok()


def fuzz(operation: Any, mode: GenerationMode, prepare: Prepare, **options: Any) -> None:
    """Ask an operation with random data and hold its answers against the document."""
    try:
        strategy = operation.as_strategy(generation_mode=mode)
    except schemathesis.errors.SchemathesisError:
        return  # nothing about it can be wrong

    @few
    @given(case=strategy)
    def ask(case: Any) -> None:
        prepare(case)
        # This transport does not unpack what it gets.
        case.headers = {**(case.headers or {}), "Accept-Encoding": "identity"}
        case.call_and_validate(checks=CHECKS, **options)

    ask()


@pytest.mark.parametrize("mode", MODES, ids=["sound", "unsound"])
def test_a_stranger_gets_described_answers_to_random_requests(
    app: Flask, client: FlaskClient, mode: GenerationMode
) -> None:
    make_offer()
    db.session.commit()
    for operation in operations(app):
        fuzz(operation, mode, with_real_keys if mode is GenerationMode.POSITIVE else untouched)


@pytest.mark.parametrize("mode", MODES, ids=["sound", "unsound"])
def test_an_editor_gets_described_answers_to_random_requests(
    app: Flask, as_user: Any, cast: Cast, no_csrf: None, mode: GenerationMode
) -> None:
    offer = make_offer(make_actor(places=[PLACE]))
    db.session.commit()
    client = as_user("amal")
    client.get("/api/v1/regions/09")
    cookie = client.get_cookie("session")
    assert cookie

    def prepare(case: Any) -> None:
        aim(case, offer.uuid, offer.actor.uuid)
        if mode is GenerationMode.POSITIVE:
            with_real_keys(case)

    for operation in operations(app):
        fuzz(operation, mode, prepare, cookies={"session": cookie.value})


def untouched(_case: Any) -> None:
    """Ask with what was drawn."""


def with_real_keys(case: Any) -> None:
    """Let terms, regions and boxes exist: the document cannot list them."""
    keys = {**TERM_FILTERS, **TERM_LISTS}
    for sent in (case.query, case.body):
        if not isinstance(sent, dict):
            continue
        for name in sent.keys() & keys.keys():
            sent[name] = [term.key for term in vocabulary.terms(keys[name])[:2]]
        for name in sent.keys() & TERM_SINGLES.keys():
            sent[name] = vocabulary.terms(TERM_SINGLES[name])[0].key
        for name in sent.keys() & REAL.keys():
            sent[name] = REAL[name]
    if isinstance(case.body, dict) and "region" in case.body:
        case.body["region"] = "09576"


def aim(case: Any, offer_id: Any, actor_id: Any) -> None:
    """Let a request hit what exists: random ids never would."""
    db.session.expire_all()
    model: Any = Offer if "/offers" in case.path else Actor
    uuid = offer_id if model is Offer else actor_id
    if "uuid" in (case.path_parameters or {}):
        case.path_parameters["uuid"] = str(uuid)
    if isinstance(case.body, dict):
        if "version" in case.body:
            found = db.session.query(model).filter_by(uuid=uuid).one()
            case.body["version"] = found.version
        if "actor" in case.body:
            case.body["actor"] = str(actor_id)


ODD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["\x00", "true", "٣", "1e9", "91154", "49.2,11.1", "nan,nan", "9" * 400, "%"]),
)
NAMES = [*SearchSchema().fields, "lang", "category", "bbox", "zoom", "nonsense"]
PAGES = ["/de/offers", "/en/map", "/de/actors", "/en/participants", "/ar/offers"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_any_query_string(client: FlaskClient, path: str) -> None:
    make_offer()
    db.session.commit()

    @settings(few, max_examples=25)
    @given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), ODD), max_size=6))
    def ask(pairs: list[tuple[str, str]]) -> None:
        query = urlencode(pairs, errors="replace")
        assert client.get(f"{path}?{query}").status_code == 200, query

    ask()
