"""Nearness, order and typing errors."""

from typing import Any

import pytest

from tests.search.questions import HILPOLTSTEIN, ROTH, at, find, offer, titles, understood

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("database")


# --- near and order


@pytest.mark.parametrize("near", ["91154", "Roth", "49.2461,11.0911", " 91154 "])
def test_near_takes_a_postcode_a_name_or_coordinates(near: str) -> None:
    offer("Nah", at(ROTH, lat=49.2470, lon=11.0900))
    offer("Fern", at(HILPOLTSTEIN, lat=49.1900, lon=11.1900))
    assert titles(near=near, radius_km=5) == ["Nah"]
    assert titles(near=near, radius_km=50) == ["Nah", "Fern"]


def test_near_finds_a_name_with_its_umlaut_either_way() -> None:
    for near in ("Georgensgmünd", "georgensgmuend"):
        spot = understood(near=near).spot
        assert spot is not None
        assert spot.label == "Georgensgmünd"


def test_without_a_place_an_offer_is_not_near() -> None:
    offer("Online", areas=["09576"])
    assert titles(near="91154", radius_km=500) == []


def test_orders() -> None:
    here, far = at(ROTH, lat=49.2470, lon=11.0900), at(HILPOLTSTEIN, lat=49.19, lon=11.19)
    offer("A", far, runs=[{"starts_on": "2026-12-24"}], last_confirmed="2026-01-01")
    offer("B", here, last_confirmed="2026-10-01")
    offer("C", here, runs=[{"starts_on": "2026-12-01"}])
    assert titles() == ["A", "B", "C"]
    assert titles(sort="start") == ["C", "A", "B"]
    assert titles(sort="confirmed") == ["B", "A", "C"]
    assert titles(near="91154", radius_km=50, sort="distance") == ["B", "C", "A"]
    assert titles(near="91154", radius_km=50, sort="title") == ["A", "B", "C"]
    assert titles(sort="distance") == ["A", "B", "C"]


def test_pages_follow_each_other_without_gap_or_double() -> None:
    for number in range(7):
        offer("Gleich" if number % 2 else "gleich")
    pages = [find(per_page=3, page=page).offers for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({each["id"] for page in pages for each in page}) == 7


# --- typing


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Migrationsberatnug", ["Migrationsberatung"]),
        ("beratnug", ["Migrationsberatung"]),
        ("Ukranisch", ["Kochen"]),
        ("кусры", ["Курсы"]),
        ("Xyzzyq", []),
        ("kat", []),
    ],
)
def test_a_word_with_a_typing_error_finds_what_is_meant(typed: str, found: list[str]) -> None:
    offer("Migrationsberatung")
    offer("Kochen", languages=[{"language": "uk"}])
    offer("Курсы")
    assert titles(q=typed) == found


def test_what_is_written_somewhere_is_no_typing_error() -> None:
    offer("Rat und Hilfe")
    offer("Rad fahren")
    assert titles(q="rat") == ["Rat und Hilfe"]
    assert titles(q="rad") == ["Rad fahren"]


def test_suggestions_are_terms_with_offers_and_titles_of_offers(client: Any) -> None:
    offer("Wohnungssuche leicht gemacht", fields=["housing"])
    suggested = client.get("/api/v1/suggestions?q=wohn&lang=de").json["items"]
    assert suggested[-1] == "Wohnungssuche leicht gemacht"
    assert any(each.startswith("Wohnen") for each in suggested)
    assert client.get("/api/v1/suggestions?q=gesundh&lang=de").json["items"] == []
    assert client.get("/api/v1/suggestions?q=housi&lang=en").json["items"]


@pytest.mark.parametrize("query", ["", "q=", "q=!!", "q=%20"])
def test_nothing_typed_suggests_nothing(client: Any, query: str) -> None:
    offer("Beratung")
    assert client.get(f"/api/v1/suggestions?{query}").json == {"items": []}
