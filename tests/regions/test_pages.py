"""Imprint, privacy, and the frame around every page."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.core import i18n
from registry.regions.pages import day_name

DATABASES = ["postgresql"]

OPERATOR = {
    "OPERATOR_NAME": "Landratsamt Roth",
    "OPERATOR_ADDRESS": "Weinbergweg 1, 91154 Roth",
    "OPERATOR_EMAIL": "info@example.org",
    "OPERATOR_PHONE": "09171 81-0",
    "PRIVACY_EMAIL": "datenschutz@example.org",
}


@pytest.mark.parametrize("path", ["imprint", "privacy"])
def test_page_says_that_the_operator_has_to_fill_it_in(client: FlaskClient, path: str) -> None:
    assert "has not filled in" in client.get(f"/en/{path}").text


def test_imprint_shows_the_operator(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OPERATOR", OPERATOR)
    text = client.get("/en/imprint").text
    assert all(OPERATOR[name].split(",")[0] in text for name in OPERATOR if "OPERATOR" in name)
    assert "datenschutz@example.org" in client.get("/en/privacy").text


def test_header_names_the_region(client: FlaskClient) -> None:
    assert "Landkreis Roth" in client.get("/en/imprint").text


def test_language_switch_keeps_the_page_and_its_filters(client: FlaskClient) -> None:
    text = client.get("/de/actors?q=a%26b&category=sports&page=2").text
    assert 'href="/en/actors?q=a%26b&amp;category=sports&amp;page=2"' in text


def test_language_switch_takes_query_names_for_what_they_are(client: FlaskClient) -> None:
    text = client.get("/de/actors?_external=1&_scheme=javascript&_anchor=x").text
    assert "javascript:" not in text
    assert 'href="/en/actors?_external=1' in text


def test_missing_page_offers_the_other_languages(client: FlaskClient) -> None:
    response = client.get("/de/offers/nonsense")
    assert response.status_code == 404
    assert 'href="/en/offers"' in response.text


def test_stylesheet_of_the_vocabulary_gives_every_field_a_colour(client: FlaskClient) -> None:
    response = client.get("/vocabulary.css")
    assert response.mimetype == "text/css"
    assert ".field-advice { --field: #2572DC; }" in response.text
    again = client.get("/vocabulary.css", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    [address] = re.findall(r"/vocabulary/\w+\.css", client.get("/de/offers").text)
    lasting = client.get(address)
    assert (lasting.text, lasting.cache_control.immutable) == (response.text, True)


def test_days_near_by_have_their_names(app: Flask) -> None:
    today = i18n.local_now().date()
    with app.test_request_context("/en/imprint"):
        assert day_name(today) == "today"
        assert day_name(today.isoformat()) == "today"


def test_frame_asks_once_for_the_region(client: FlaskClient, as_user: Any) -> None:
    text = as_user("amal").get("/en/imprint").text
    assert "amal@example.org" in text
    assert "Sign out" in text
