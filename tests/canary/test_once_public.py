"""What was public a moment ago is gone from the index, its corrections and kept answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors.models import Status
from registry.actors.services import archive_actor
from registry.core import i18n
from registry.core.db import db
from registry.offers.models import Offer
from registry.offers.services import archive_offer
from tests.canary.conftest import LAT, LON, MARK, TODAY, betrayed
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

# --- what was public a moment ago: the index, its corrections, kept answers and their ETags

ONCE_PUBLIC = [
    "/de/offers",
    "/de/offers?q=kanarie",
    "/de/offers?q=kanarien",
    "/de/map",
    "/de/map?q=kanaire",
    "/api/v1/offers?per_page=200",
    f"/api/v1/offers?near={LAT},{LON}&radius_km=1",
    "/api/v1/suggestions?q=kana",
    "/api/v1/suggestions?q=kanairevogel",
    "/api/v1/map?bbox=11.19,49.19,11.21,49.21&zoom=18",
    "/api/v1/map?bbox=11.19,49.19,11.21,49.21&zoom=14",
]
HIDINGS: dict[str, Callable[[Offer], object]] = {
    "made a draft again": lambda offer: setattr(offer, "status", Status.DRAFT),
    "archived": lambda offer: archive_offer(CONSOLE, offer.uuid),
    "ended": lambda offer: setattr(offer, "valid_to", TODAY - timedelta(days=1)),
    "put off": lambda offer: setattr(offer, "valid_from", TODAY + timedelta(days=2)),
    "of an archived actor": lambda offer: archive_actor(CONSOLE, offer.actor.uuid),
    "deleted": db.session.delete,
}


def once_public() -> Offer:
    place = {"name": "Haus", "municipality": "09576143", "lat": LAT, "lon": LON}
    actor = make_actor(name="Haus", places=[place])
    return make_offer(actor, title=f"{MARK}vogel", areas=[])


def tags(client: FlaskClient) -> dict[str, str]:
    """Ask for everything, see that the canary is in it, and return the ETags."""
    found = {}
    for path in ONCE_PUBLIC:
        answer = client.get(path)
        assert betrayed(answer.text), path
        found[path] = answer.headers["ETag"]
    return found


@pytest.mark.parametrize("how", HIDINGS)
def test_what_was_public_a_moment_ago_is_nowhere_any_more(client: FlaskClient, how: str) -> None:
    make_offer(title="Bleibt")
    offer = once_public()
    before = tags(client)
    HIDINGS[how](offer)
    db.session.commit()
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert not betrayed(answer.text.replace(f"{LAT},{LON}", "")), path
        assert "kanarievogel" not in answer.text, path


def test_the_calendar_hides_without_a_write(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = once_public()
    offer.valid_to = TODAY
    db.session.commit()
    before = tags(client)
    tomorrow = i18n.local_now() + timedelta(days=1)
    monkeypatch.setattr(i18n, "local_now", lambda: tomorrow)
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert str(offer.uuid) not in answer.text, path


def test_a_place_that_becomes_confidential_leaves_the_map_and_every_circle(
    client: FlaskClient,
) -> None:
    offer = once_public()
    before = tags(client)
    offer.places[0].place.confidential = True
    db.session.commit()
    for path, tag in before.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200, path
        assert f"{LAT}"[:7] not in answer.text.replace(f"{LAT},{LON}", ""), path
    assert client.get(ONCE_PUBLIC[6]).json["total"] == 0
    assert client.get(ONCE_PUBLIC[-1]).json["features"] == []
    assert client.get("/api/v1/offers?region=09576143").json["total"] == 0
    assert client.get("/api/v1/offers?region=09576").json["total"] == 1
