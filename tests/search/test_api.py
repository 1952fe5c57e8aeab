"""The list of offers as JSON."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.core.db import db
from registry.search.criteria import FACETS, FLAGS
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

OFFERS = "/api/v1/offers"


def made(**fields: Any) -> None:
    make_offer(**fields)
    db.session.commit()


def test_the_list_has_items_total_page_and_facets(client: FlaskClient) -> None:
    made()
    answer = client.get(OFFERS).json
    assert list(answer) == ["items", "total", "page", "per_page", "facets"]
    assert list(answer["facets"]) == list(FACETS)
    assert (answer["total"], answer["page"], answer["per_page"]) == (1, 1, 20)


def test_labels_speak_the_language_asked_for(client: FlaskClient) -> None:
    made()
    for lang, label in (("de", "Beratung und Orientierung"), ("en", "Advice and orientation")):
        choice = client.get(f"{OFFERS}?lang={lang}").json["facets"]["field"][0]
        assert choice == {"value": "advice", "label": label, "count": 1}


def test_a_chosen_value_is_shown_though_it_gives_nothing(client: FlaskClient) -> None:
    choices = client.get(f"{OFFERS}?field=health").json["facets"]["field"]
    assert [(choice["value"], choice["count"]) for choice in choices] == [("health", 0)]


def test_the_list_shows_nobody_drafts_or_office_fields(as_user: Any, cast: Cast) -> None:
    made(internal_note="secret")
    made(status="draft")
    answer = as_user("dana").get(OFFERS).json
    assert answer["total"] == 1
    assert not {"internal_note", "version"} & answer["items"][0].keys()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("field=nope", "field"),
        ("field=", "field"),
        ("target_group=all&target_group=nope", "target_group"),
        ("language=xx", "language"),
        ("level=Z9", "level"),
        ("region=99999999", "region"),
        ("region=x", "region"),
        ("near=Nirgendwo", "near"),
        ("near=00000", "near"),
        ("near=nan,5", "near"),
        ("near=inf,0", "near"),
        ("near=91,0", "near"),
        ("near=1e5,3", "near"),
        ("near=%00", "near"),
        ("radius_km=0", "radius_km"),
        ("radius_km=nan", "radius_km"),
        ("radius_km=1e999", "radius_km"),
        ("free=1", "free"),
        ("open_now=yes", "open_now"),
        ("starts_soon=", "starts_soon"),
        ("sort=random", "sort"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=1" + "0" * 5000, "page"),
        ("per_page=201", "per_page"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
        ("lang=klingon", "lang"),
        ("lang=", "lang"),
    ],
)
def test_an_impossible_value_is_a_message_at_its_name(
    client: FlaskClient, query: str, name: str
) -> None:
    answer = client.get(f"{OFFERS}?{query}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, [name])
    assert all(isinstance(text, str) for text in answer.json["errors"][name])


@pytest.mark.parametrize(
    "query", ["q=%FF%FE", "q=%ED%A0%80", "q=%25_%5C", "q='\";--", "q=!!!", "q="]
)
def test_odd_text_is_an_ordinary_question(client: FlaskClient, query: str) -> None:
    made()
    assert client.get(f"{OFFERS}?{query}").status_code == 200


def test_a_page_too_high_is_empty(client: FlaskClient) -> None:
    made()
    answer = client.get(f"{OFFERS}?page=1000000000&per_page=200")
    assert (answer.status_code, answer.json["items"], answer.json["total"]) == (200, [], 1)


def test_an_unchanged_list_is_not_sent_again(client: FlaskClient) -> None:
    made()
    first = client.get(OFFERS)
    same = {"If-None-Match": first.headers["ETag"]}
    assert client.get(OFFERS, headers=same).status_code == 304
    assert client.get(f"{OFFERS}?lang=en", headers=same).status_code == 200
    made()
    assert client.get(OFFERS, headers=same).status_code == 200


def test_what_a_signed_in_person_reads_is_not_kept(as_user: Any, cast: Cast) -> None:
    answer = as_user("amal").get(OFFERS)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client: FlaskClient, count: int
) -> None:
    for number in range(count):
        contact = {"function": "Empfang", "publish_public": True}
        actor = make_actor(
            name=f"Verein {number}", places=[PLACE], contacts=[contact], units=[{"name": "Büro"}]
        )
        made(
            actor=actor,
            contact=str(actor.contacts[0].uuid),
            unit=str(actor.units[0].uuid),
            languages=[{"language": "uk"}],
            target_groups=["women"],
            runs=[{"starts_on": "2030-01-01"}],
            closures=[{"closed_from": "2030-01-01", "closed_to": "2030-01-02"}],
            level_from="A1",
            level_to="B1",
            cost="free",
        )
    client.get("/api/v1/offers?lang=en")  # the index is there
    db.session.expunge_all()
    with count_queries() as seen:
        answer = client.get(OFFERS)
    assert len(answer.json["items"]) == count
    assert len(seen) <= 36


def test_every_flag_can_be_asked_either_way_of_list_and_map(client: FlaskClient) -> None:
    made()
    for flag in FLAGS:
        for answer in ("true", "false"):
            assert client.get(f"{OFFERS}?{flag}={answer}").status_code == 200
            view = f"bbox=10,48,12,50&zoom=9&{flag}={answer}"
            assert client.get(f"/api/v1/map?{view}").status_code == 200
