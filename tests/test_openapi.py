"""The document of the JSON API: valid, complete, and silent about what is not public."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from registry.actors.schemas import ActorSchema, ContactSchema, PlaceSchema, UnitSchema
from registry.core.db import db
from registry.core.forms import RecordSchema
from registry.offers.schemas import OfferSchema
from registry.search.schemas import SearchSchema
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    loaded: dict[str, Any] = answer.json
    return loaded


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_api_route_stands_in_the_document(app: Flask, document: dict[str, Any]) -> None:
    described = {
        (path, method.upper())
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            path = rule.rule.replace("<uuid:", "<").replace("<", "{").replace(">", "}")
            methods = rule.methods - {"HEAD", "OPTIONS"}
            assert {(path, method) for method in methods} <= described


def test_every_search_name_is_described(document: dict[str, Any]) -> None:
    described = {p["name"]: p for p in document["paths"]["/api/v1/offers"]["get"]["parameters"]}
    assert described.keys() == set(SearchSchema().fields)
    assert described["free"]["schema"] == {"type": "boolean"}
    assert "distance" in described["sort"]["schema"]["enum"]
    assert described["field"]["schema"]["type"] == "array"


def test_the_language_is_described_for_every_path(document: dict[str, Any]) -> None:
    lang = {"$ref": "#/components/parameters/lang"}
    assert all(lang in item["parameters"] for item in document["paths"].values())


def test_writing_needs_a_session_and_its_token(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for method in item.keys() & {"post", "patch", "delete", "put"}:
            assert item[method]["security"] == [{"session": [], "csrf": []}]


@pytest.mark.parametrize(
    "schema", [OfferSchema, ActorSchema, ContactSchema, PlaceSchema, UnitSchema]
)
def test_public_schemas_describe_public_fields_only(
    document: dict[str, Any], schema: type[RecordSchema]
) -> None:
    name = schema.__name__.removesuffix("Schema")
    described = document["components"]["schemas"][name]["properties"].keys()
    fields = schema(audience="office").fields.values()
    hidden = {f.data_key or f.name for f in fields if f.metadata.get("reads") != "public"}
    assert not described & hidden


def test_answers_have_exactly_the_fields_described(
    client: FlaskClient, as_user: Any, cast: Cast, document: dict[str, Any]
) -> None:
    offer = make_offer(make_actor(places=[PLACE]))
    db.session.commit()
    described = document["components"]["schemas"]
    url = f"/api/v1/offers/{offer.uuid}"
    assert client.get(url).json.keys() == described["Offer"]["properties"].keys()
    assert as_user("amal").get(url).json.keys() == described["OfficeOffer"]["properties"].keys()


def test_no_name_is_a_makeshift(document: dict[str, Any]) -> None:
    assert not [name for name in document["components"]["schemas"] if name[-1].isdigit()]


def test_the_browsable_page_loads_its_own_files_only(client: FlaskClient) -> None:
    page = client.get("/api/docs?lang=en")
    assert page.status_code == 200
    assert 'data-url="/api/openapi.json"' in page.text
    assert '/api-docs.js"' in page.text
    assert "data-csrf" not in page.text
    assert "Set-Cookie" not in page.headers


def test_the_browsable_page_gives_a_signed_in_person_their_token(as_user: Any) -> None:
    assert "data-csrf" in as_user("amal").get("/api/docs").text


def test_health_says_that_the_database_answers(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "database": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_says_that_the_database_is_gone() -> None:
    from registry.app import create_app  # noqa: PLC0415 (an application of its own)

    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    lost = create_app({"DATABASE_URL": nowhere, "SECRET_KEY": "x" * 40})
    answer = lost.test_client().get("/health")
    assert (answer.status_code, answer.json["database"]) == (503, "unavailable")


def test_an_address_that_does_not_exist_answers_in_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json.keys()) == (404, {"code", "message", "errors"})
