"""What the office has to look after is a filter of its lists: who fits, and who does not."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.actors.models import Status
from registry.core.db import db
from registry.vocabulary.models import Term
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

TODAY, DAY = date.today(), timedelta(days=1)
COMPLETE = {**PLACE, "name": "Haus", "lat": 49.2, "lon": 11.1, "hours": "Mo 08:00-12:00"}
NOWHERE = {"lat": None, "lon": None, "postcode": None, "municipality": None}
REACHED = {"function": "Auskunft", "phone": "09171 1", "publish_public": True}


def run(days: int) -> dict[str, Any]:
    return {"starts_on": (TODAY + days * DAY).isoformat()}


def ending_law() -> str:
    term = db.session.scalars(select(Term).where(Term.scheme == "legal_basis")).first()
    assert term
    term.valid_to = TODAY + 30 * DAY
    return term.key


# What the provider, its place and the offer have, and for which reason that is due.
CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("coordinates", {}, NOWHERE, {}),
    ("hours", {}, {"hours": None}, {}),
    ("contact", {"contacts": []}, {}, {}),
    ("ending", {}, {}, {"valid_to": (TODAY + 20 * DAY).isoformat()}),
    ("runs", {}, {}, {"runs": [run(-20), run(-1)]}),
    ("legal_basis", {}, {}, {"legal_bases": ending_law}),
]


def offered(actor: dict[str, Any], place: dict[str, Any], offer: dict[str, Any]) -> None:
    made = make_actor(**{"contacts": [REACHED], "places": [{**COMPLETE, **place}], **actor})
    given = {name: [value()] if callable(value) else value for name, value in offer.items()}
    at = [{"place": str(made.places[0].uuid)}]
    make_offer(made, **{"title": {"de": "Dieses"}, "places": at, **given})


@pytest.mark.parametrize(("reason", "actor", "place", "offer"), CASES, ids=[c[0] for c in CASES])
def test_an_offer_is_due_for_its_reason_alone(
    as_user: Any, reason: str, actor: dict[str, Any], place: dict[str, Any], offer: dict[str, Any]
) -> None:
    offered(actor, place, offer)
    client = as_user("amal")
    shown = {
        each: "Dieses" in client.get(f"/en/office/offers?due={each}").text for each, *_rest in CASES
    }
    assert shown == {each: each == reason for each, *_rest in CASES}


def test_a_confidential_place_needs_no_coordinates(as_user: Any) -> None:
    offered({}, {**NOWHERE, "confidential": True}, {})
    assert "Dieses" not in as_user("amal").get("/en/office/offers?due=coordinates").text


def test_an_offer_by_appointment_needs_no_hours(as_user: Any) -> None:
    offered({}, {"hours": None}, {"by_appointment": True})
    assert "Dieses" not in as_user("amal").get("/en/office/offers?due=hours").text


def test_a_course_with_a_coming_run_is_not_due(as_user: Any) -> None:
    offered({}, {}, {"runs": [run(-20), run(5)]})
    assert "Dieses" not in as_user("amal").get("/en/office/offers?due=runs").text


def test_a_draft_is_not_due(as_user: Any) -> None:
    offered({}, {"hours": None}, {"status": Status.DRAFT})
    assert "Dieses" not in as_user("amal").get("/en/office/offers?due=hours").text


@pytest.mark.parametrize(
    ("reason", "lacking"),
    [
        ("category", {"category": None, "status": Status.DRAFT}),
        ("contact", {"contacts": [{"function": "Auskunft"}]}),
        ("coordinates", {"places": [{**COMPLETE, **NOWHERE}]}),
    ],
)
def test_an_actor_is_due_for_its_reason_alone(
    as_user: Any, reason: str, lacking: dict[str, Any]
) -> None:
    make_actor(**{"name": "Dieser", "contacts": [REACHED], "places": [COMPLETE], **lacking})
    client = as_user("amal")
    reasons = ("category", "contact", "coordinates")
    shown = {each: "Dieser" in client.get(f"/en/office/actors?due={each}").text for each in reasons}
    assert shown == {each: each == reason for each in reasons}
