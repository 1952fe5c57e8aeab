"""List and map on the sites of others: framed by whom the region allows, and by nobody else."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.regions import queries as regions
from registry.regions.settings import services as settings
from registry.regions.settings.schemas import SettingsSchema
from registry.regions.settings.services import Wish
from tests.conftest import Cast
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

TOWN = "https://www.stadt-roth.example"
FRAMED = ("/embed/de/offers", "/embed/de/map")
NOT_FRAMED = ("/de/offers", "/de/map", "/de/poster", "/de/accessibility", "/embed/xx/map", "/embed")


def allow(*origins: str) -> None:
    rules = {
        "actor_review_months": 6,
        "offer_review_months": 6,
        "grace_days": 90,
        "ranks_from": 85,
        "thirds_from": 60,
    }
    told = SettingsSchema(audience="office").load({**rules, "embed_origins": "\n".join(origins)})
    settings.save_settings(CONSOLE, "09576", 0, Wish(told))
    db.session.commit()


def ancestors(client: FlaskClient, path: str) -> str:
    policy = client.get(path).headers["Content-Security-Policy"]
    return policy.partition("frame-ancestors ")[2].partition(";")[0]


def test_only_embedded_pages_are_framed_and_only_by_allowed_sites(client: FlaskClient) -> None:
    assert {ancestors(client, path) for path in FRAMED} == {"'self'"}
    allow(TOWN, "https://other.example:8443")
    assert {ancestors(client, path) for path in FRAMED} == {
        f"'self' {TOWN} https://other.example:8443"
    }
    assert {ancestors(client, path) for path in NOT_FRAMED} == {"'none'"}


@pytest.mark.parametrize("path", FRAMED)
def test_nothing_is_set_no_script_runs_and_links_open_the_register_anew(
    client: FlaskClient, path: str
) -> None:
    make_offer(title={"de": "Beratung", "en": "Advice"})
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "csrf" not in answer.text
    links = answer.text.split("<a ")[1:]
    assert links
    assert all('target="_blank" rel="noopener"' in each.partition(">")[0] for each in links)


def test_language_and_filters_stand_in_the_address(client: FlaskClient) -> None:
    make_offer(title={"de": "Beratung", "en": "Advice"}, fields=["advice"])
    make_offer(title={"de": "Deutschkurs", "en": "German course"}, fields=["language"])
    text = client.get("/embed/en/offers?field=advice").text
    assert ("Advice" in text, "German course" in text) == (True, False)
    assert 'dir="rtl"' in client.get("/embed/ar/offers").text
    assert "/en/offers?field=advice" in text  # to the register, with the same filters


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.example.org",
        "http://www.example.org",
        "https://www.example.org/path",
        "https://www.example.org;script-src",
        "'unsafe-inline'",
        "data:",
        "https://example.org, https://b.example",
    ],
)
def test_what_is_no_single_site_is_refused(cast: Cast, as_user: Any, origin: str) -> None:
    rules = {
        "actor_review_months": 6,
        "offer_review_months": 6,
        "grace_days": 90,
        "ranks_from": 85,
        "thirds_from": 60,
    }
    errors = SettingsSchema(audience="office").validate({**rules, "embed_origins": origin})
    assert "embed_origins" in errors
    assert not regions.rules("09576").origins


def test_the_office_gets_a_snippet_with_its_filters_and_sees_it(as_user: Any) -> None:
    amal = as_user("amal")
    answer = amal.get("/de/office/embedding?kind=map&spoken=ar&region=09576143")
    assert "/embed/ar/map?region=09576143" in answer.text
    assert "&lt;iframe src=" in answer.text
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Noch darf es keine andere Website zeigen" in answer.text


def test_a_poster_leads_to_the_overview_with_its_filters(client: FlaskClient) -> None:
    text = client.get("/de/poster?region=09576143&field=nonsense").text
    assert "/de/offers?region=09576143" in text
    assert "data:image/svg+xml" in text
