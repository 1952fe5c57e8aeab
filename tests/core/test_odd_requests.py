"""Requests that no page of ours sends: they are refused in one sentence, never by a failure."""

import re
from typing import Any

import pytest

from registry.app import create_app
from tests.conftest import Cast
from tests.factories.actors import make_actor

DATABASES = ["postgresql"]

ARGUMENTS_OF_FLASK = "endpoint=x&self=x&_scheme=javascript&_external=1&_method=POST&_anchor=x"


@pytest.mark.parametrize("path", ["actors", "offers", "people", "imports", "mail"])
def test_what_a_visitor_names_does_not_change_where_links_lead(
    as_user: Any, cast: Cast, path: str
) -> None:
    make_actor()
    answer = as_user("dana").get(f"/en/office/{path}?q=Muster&{ARGUMENTS_OF_FLASK}")
    assert answer.status_code == 200
    assert not re.search(r'href="(?!/|https?:|#|mailto:)', answer.text)


@pytest.mark.parametrize("path", ["/xx/offers", "/xx/saved", "/de-DE/offers", "/xx/", "/xx"])
def test_a_language_that_nobody_has_leads_to_those_that_are_there(client: Any, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert '<html lang="de"' in answer.text
    assert 'href="/ar/offers"' in answer.text


@pytest.mark.usefixtures("no_csrf")
def test_the_way_back_to_a_list_stays_on_this_site(as_user: Any, cast: Cast) -> None:
    back = as_user("amal").get(f"/en/office/bulk/actor?q=Muster&{ARGUMENTS_OF_FLASK}")
    assert back.location.startswith("/en/office/actors?q=Muster")


def test_what_no_database_can_hold_is_refused(as_user: Any, cast: Cast) -> None:
    answer = as_user("dana").get("/en/office/people?q=a%00b")
    assert answer.status_code in (200, 400)
    assert "Something went wrong" not in answer.text


def test_an_address_that_leads_nowhere_speaks_the_language_it_names(client: Any) -> None:
    answer = client.get("/ar/no-such-page")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert 'href="/en/offers" lang="en"' in answer.text
    missing = client.get("/ar/offers/00000000-0000-4000-8000-000000000000?q=a")
    assert 'href="/en/offers/00000000-0000-4000-8000-000000000000?q=a"' in missing.text


@pytest.mark.parametrize("cookie", ["", "session=x"])
def test_without_a_database_there_is_a_small_page_with_the_emergency_numbers(cookie: str) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    client = create_app({"DATABASE_URL": nowhere, "SECRET_KEY": "x" * 40}).test_client()
    page = client.get("/ar/offers?q=%22a", headers={"Cookie": cookie})
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert '<html lang="ar" dir="rtl"' in page.text
    assert 'href="/ar/offers?q=%22a"' in page.text
    assert 'href="tel:112"' in page.text
    answer = client.get("/api/v1/offers")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
