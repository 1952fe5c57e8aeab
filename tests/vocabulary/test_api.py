"""The vocabulary as JSON."""

import pytest
from flask.testing import FlaskClient

from registry.vocabulary.models import SCHEMES
from tests.conftest import count_queries

DATABASES = ["postgresql"]


def test_a_scheme_is_listed_in_its_order(client: FlaskClient) -> None:
    answer = client.get("/api/v1/vocabulary?scheme=level").json
    assert [item["key"] for item in answer["items"]] == [
        "alpha",
        "A1",
        "A2",
        "B1",
        "B2",
        "C1",
        "C2",
    ]
    assert answer["items"][0]["labels"]["en"] == "Literacy"


def test_repeated_schemes_are_listed_together(client: FlaskClient) -> None:
    answer = client.get("/api/v1/vocabulary?scheme=level&scheme=cost&per_page=200").json
    assert {item["scheme"] for item in answer["items"]} == {"level", "cost"}


def test_every_scheme_is_counted_with_a_label(client: FlaskClient) -> None:
    choices = client.get("/api/v1/vocabulary?lang=en&scheme=cost").json["facets"]["scheme"]
    assert [choice["value"] for choice in choices] == list(SCHEMES)
    assert all(choice["label"] and choice["count"] for choice in choices)


def test_one_term_is_found_by_scheme_and_key(client: FlaskClient) -> None:
    answer = client.get("/api/v1/vocabulary/field/advice")
    assert (answer.status_code, answer.json["key"]) == (200, "advice")


@pytest.mark.parametrize("tail", ["field/nope", "nope/advice", "field/%00"])
def test_a_term_that_does_not_exist_is_a_404(client: FlaskClient, tail: str) -> None:
    answer = client.get(f"/api/v1/vocabulary/{tail}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_an_unknown_scheme_is_a_message_at_its_name(client: FlaskClient) -> None:
    answer = client.get("/api/v1/vocabulary?scheme=planets")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["scheme"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client: FlaskClient, count: int
) -> None:
    client.get("/api/v1/offers")  # the index is there
    with count_queries() as seen:
        answer = client.get(f"/api/v1/vocabulary?per_page={count}")
    assert len(answer.json["items"]) == count
    assert len(seen) <= 2
