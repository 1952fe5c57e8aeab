"""What readers are told of the language a text is in."""

import pytest
from flask.testing import FlaskClient

from registry.core.db import db
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

GERMAN = "Some texts on this page are there in German only."
MACHINE = "Some texts on this page were translated by machine."
BOTH = {"de": "Hilfe", "en": "Help"}


@pytest.mark.parametrize("page", ["/en/offers", "/en/offers/{id}"])
def test_a_missing_language_is_said_once_and_the_german_text_marked(
    client: FlaskClient, page: str
) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    text = client.get(page.format(id=offer.uuid)).text
    assert text.count(GERMAN) == 1
    assert '<span lang="de" dir="auto">Hilfe</span>' in text


def test_where_all_texts_are_there_nothing_is_said(client: FlaskClient) -> None:
    offer = make_offer(title=BOTH, summary=BOTH)
    assert GERMAN not in client.get(f"/en/offers/{offer.uuid}").text
    assert GERMAN not in client.get(f"/de/offers/{offer.uuid}").text


@pytest.mark.parametrize("page", ["/de/offers", "/de/offers/{id}", "/de/offers/{id}/card"])
def test_a_title_from_the_right_keeps_its_direction_and_its_number_in_a_german_page(
    client: FlaskClient, page: str
) -> None:
    offer = make_offer(title={"de": "مقهى اللغة 09171 81-0"})
    text = client.get(page.format(id=offer.uuid)).text
    title = '<span lang="de" dir="auto">مقهى اللغة <bdi dir="ltr">09171 81-0</bdi></span>'
    assert title in text


@pytest.mark.parametrize("page", ["/en/offers", "/en/offers/{id}"])
def test_readers_are_told_of_machine_translations(client: FlaskClient, page: str) -> None:
    offer = make_offer(title=BOTH, summary=BOTH)
    offer.title = offer.title.marked_machine("en")
    db.session.commit()
    assert MACHINE in client.get(page.format(id=offer.uuid)).text
