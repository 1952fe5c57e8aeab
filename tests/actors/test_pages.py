"""Actors as pages: the list, one actor, and the participants by category."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Status
from registry.vocabulary import queries as vocabulary
from tests.conftest import count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

HOSTILE = '"><img src=x onerror=alert(1)>'


def test_list_shows_published_actors_only(client: FlaskClient) -> None:
    make_actor(name="Offener Verein")
    make_actor(name="Geplanter Verein", status=Status.DRAFT)
    text = client.get("/en/actors").text
    assert "Offener Verein" in text
    assert "Geplanter Verein" not in text


def test_list_forgives_umlauts(client: FlaskClient) -> None:
    make_actor(name="Müllerhilfe")
    assert "Müllerhilfe" in client.get("/en/actors?q=muellerhilfe").text


def test_list_filters_by_category(client: FlaskClient) -> None:
    make_actor(name="Sportfreunde", category="sports")
    make_actor(name="Beratungsstelle", category="welfare")
    text = client.get("/en/actors?category=sports").text
    assert "Sportfreunde" in text
    assert "Beratungsstelle" not in text


@pytest.mark.parametrize(
    "query",
    [
        "page=1000000000",
        "page=99999999999999999999999",
        "page=-1",
        "page=x",
        "category=nope",
        "q=%00",
    ],
)
def test_list_answers_odd_questions(client: FlaskClient, query: str) -> None:
    assert client.get(f"/en/actors?{query}").status_code == 200


def test_list_needs_as_many_queries_for_three_actors_as_for_one(client: FlaskClient) -> None:
    make_actor(name="Eins")
    client.get("/en/offers")  # the index is there
    with count_queries() as one:
        client.get("/en/actors")
    make_actor(name="Zwei")
    make_actor(name="Drei")
    client.get("/en/offers")
    with count_queries() as three:
        client.get("/en/actors")
    assert len(three) == len(one) > 1


def test_detail_shows_contacts_places_and_offers(client: FlaskClient) -> None:
    actor = make_actor(
        places=[{**PLACE, "street": "Marktplatz 1"}],
        contacts=[{"function": "Empfang", "phone": "09171 81-0", "publish_public": True}],
        units=[{"name": "Abteilung Integration"}],
    )
    make_offer(actor, title={"de": "Sprechstunde"})
    text = client.get(f"/en/actors/{actor.uuid}").text
    for expected in ("Marktplatz 1", "09171 81-0", "Abteilung Integration", "Sprechstunde"):
        assert expected in text


def test_detail_hides_contacts_that_are_not_public(client: FlaskClient) -> None:
    actor = make_actor(contacts=[{"function": "Leitung", "phone": "09171 777"}])
    assert "09171 777" not in client.get(f"/en/actors/{actor.uuid}").text


def test_detail_marks_contacts_that_only_the_office_sees(as_user: Any) -> None:
    actor = make_actor(contacts=[{"function": "Leitung", "phone": "09171 777"}])
    text = as_user("amal").get(f"/en/actors/{actor.uuid}").text
    assert "09171 777" in text
    assert "not public" in text


def test_detail_of_a_confidential_place_shows_only_its_telephone(client: FlaskClient) -> None:
    place = {**PLACE, "street": "Geheimweg 7", "confidential": True, "phone": "09171 5550"}
    actor = make_actor(places=[place])
    text = client.get(f"/en/actors/{actor.uuid}").text
    assert "09171 5550" in text
    assert "Geheimweg" not in text


def test_detail_names_parent_and_children(client: FlaskClient) -> None:
    parent = make_actor(name="Dachverband")
    child = make_actor(name="Ortsverein", parent=str(parent.uuid))
    assert "Dachverband" in client.get(f"/en/actors/{child.uuid}").text
    assert "Ortsverein" in client.get(f"/en/actors/{parent.uuid}").text


def test_a_draft_parent_is_not_named_to_strangers(client: FlaskClient) -> None:
    parent = make_actor(name="Geheimer Träger", status=Status.DRAFT)
    child = make_actor(parent=str(parent.uuid))
    assert "Geheimer" not in client.get(f"/en/actors/{child.uuid}").text


def test_detail_of_a_draft_does_not_exist_for_strangers(client: FlaskClient) -> None:
    actor = make_actor(status=Status.DRAFT)
    assert client.get(f"/en/actors/{actor.uuid}").status_code == 404


def test_hostile_names_never_run(client: FlaskClient) -> None:
    actor = make_actor(name=HOSTILE, short_name="<b>x</b>", website="https://example.org/?a=<b>")
    for address in (f"/en/actors/{actor.uuid}", "/en/actors", "/en/participants"):
        assert "<img" not in client.get(address).text.replace('<img class="brand__mark"', "")


def test_participants_show_the_ten_categories_of_the_framework_and_the_missing(
    client: FlaskClient,
) -> None:
    make_actor(name="Sportfreunde", category="sports")
    text = client.get("/en/participants").text
    framework = [term for term in vocabulary.terms("category") if term.framework]
    assert len(framework) == 10
    assert all(term.label("en").body in text for term in framework)
    assert text.count("Nobody yet") == len(vocabulary.terms("category")) - 1


@pytest.mark.parametrize("path", ["actors", "participants"])
def test_pages_run_from_right_to_left_in_arabic(client: FlaskClient, path: str) -> None:
    text = client.get(f"/ar/{path}").text
    assert '<html lang="ar" dir="rtl">' in text
    assert "kern.rtl.min.css" in text
