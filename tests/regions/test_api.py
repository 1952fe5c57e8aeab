"""Regions as JSON."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import count_queries

DATABASES = ["postgresql"]


def test_the_list_can_be_narrowed_to_a_level_below_a_region(client: FlaskClient) -> None:
    answer = client.get("/api/v1/regions?below=095&level=district&per_page=200").json
    assert answer["total"] == len(answer["items"]) == 12
    assert {item["level"] for item in answer["items"]} == {"district"}


def test_the_levels_are_counted(client: FlaskClient) -> None:
    answer = client.get("/api/v1/regions?below=09576&lang=en").json
    counts = {choice["value"]: choice["count"] for choice in answer["facets"]["level"]}
    assert counts["district"] == 1
    assert counts["municipality"] == answer["total"] - 1 >= 16


def test_one_region_is_found_by_its_key(client: FlaskClient) -> None:
    answer = client.get("/api/v1/regions/09576")
    assert (answer.status_code, answer.json["name"]) == (200, "Landkreis Roth")


@pytest.mark.parametrize("ags", ["99999", "x", "%00", "²", "9" * 5000, "0957'"])
def test_a_region_that_does_not_exist_is_a_404(client: FlaskClient, ags: str) -> None:
    answer = client.get(f"/api/v1/regions/{ags}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("query", ["below=x", "below=%00", "below=123456789", "level=planet"])
def test_an_impossible_value_is_a_message_at_its_name(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/regions?{query}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, [query.partition("=")[0]])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client: FlaskClient, count: int
) -> None:
    client.get("/api/v1/offers")  # the index is there
    with count_queries() as seen:
        answer = client.get(f"/api/v1/regions?per_page={count}")
    assert len(answer.json["items"]) == count
    assert len(seen) <= 4
