"""Public offers read in one statement dump like mapped offers, and none that may not be seen."""

from collections.abc import Sequence
from datetime import date, timedelta
from json import dumps
from random import Random
from typing import Any

import pytest
from sqlalchemy import inspect, select

from registry.access.policy import CONSOLE
from registry.actors.models import Status
from registry.core.db import db
from registry.core.dumping import dumper
from registry.core.forms import Audience
from registry.offers import services
from registry.offers.models import (
    Availability,
    Offer,
    OfferPlace,
)
from registry.offers.queries import load_offers, published_on
from registry.offers.reading.queries import public_offers
from registry.offers.reading.rows import row_maker
from registry.offers.reading.shapes import shape_of
from registry.offers.schemas import OfferSchema
from registry.texts.translated import Translated
from tests.conftest import count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.any_offers import some_offers
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")
TODAY = date.today()
DAY = timedelta(days=1)
AUDIENCES: list[Audience] = ["public", "network", "office"]
SHELTER = {**PLACE, "name": "Schutzwohnung", "phone": "09171 1", "confidential": True}
RICH: dict[str, Any] = {
    "title": {"de": "Deutsch „B1“", "en": 'German "B1" \\ new', "ar": "دورة", "uk": "курс 🎓"},
    "description": {"de": "Erste Zeile\nZweite\tZeile <b>&</b>"},
    "fields": ["language", "advice"],
    "areas_of_life": ["work", "leisure"],
    "target_groups": ["women", "adults", "newcomers"],
    "eligibility": ["section24", "eu"],
    "formats": ["phone", "on_site"],
    "topics": ["values"],
    "documents": ["passport", "certificates"],
    "steps": ["come_by", "call", "email"],
    "legal_bases": ["intv"],
    "service_type": "mbe",
    "level_from": "A2",
    "level_to": "B1",
    "cost": "low",
    "cost_note": {"de": "20 Euro"},
    "min_age": 0,
    "max_age": 27,
    "languages": [
        {"language": "uk", "by": "interpreter", "note": {"de": "dienstags"}},
        {"language": "en"},
    ],
    "areas": ["09576143", "09576", "09573"],
    "by_appointment": True,
    "runs": [
        {"starts_on": "2026-10-01", "times": "Mo 09:00-12:00", "availability": "few"},
        {"starts_on": "2026-02-01", "ends_on": "2026-06-30", "availability_as_of": "2026-01-01"},
    ],
    "closures": [
        {"closed_from": "2026-12-24", "closed_to": "2027-01-06", "reason": {"de": "Ferien"}},
        {"closed_from": "2026-08-01", "closed_to": "2026-08-14"},
    ],
    "childcare": "yes",
    "booking_url": "https://example.org/?a=1&b=ü",
    "valid_from": "2026-01-01",
    "valid_to": "2199-12-31",
    "last_confirmed": "2026-11-01",
    "internal_note": "nur für uns",
}


def dumps_alike(ids: Sequence[int]) -> bool:
    """Return whether rows and mapped offers of these ids dump alike for everybody."""
    db.session.flush()
    db.session.expire_all()
    for audience in AUDIENCES:
        schema = OfferSchema(audience=audience)
        dump, rows, mapped = dumper(schema), public_offers(ids, TODAY), load_offers(ids)
        expected = schema.dump(mapped, many=True)
        assert [dump(row) for row in rows] == expected
        assert [dump(offer) for offer in mapped] == expected
        assert schema.dump(rows, many=True) == expected
    return len(expected) == len(ids) > 0


def test_a_rich_offer_dumps_alike() -> None:
    assert dumps_alike([make_offer(**RICH).id])


def test_a_row_has_what_the_mapped_offer_has() -> None:
    offer = make_offer(**RICH)
    db.session.expire_all()
    (row,) = public_offers([offer.id], TODAY)
    for read, mapped in ((row, offer), (row.actor, offer.actor), (row.runs[1], offer.runs[1])):
        for name in set(inspect(type(mapped)).columns.keys()) - {"folded", "folded_title", "uuid"}:
            assert getattr(read, name) == getattr(mapped, name), name
        assert read.uuid == str(mapped.uuid)
    assert row.steps == [term.key for term in offer.steps]
    assert row.title.shown("uk") == offer.title.shown("uk")
    assert (row.region, row.places[0].hours) == (offer.region, offer.places[0].hours)


def test_an_offer_of_which_little_is_known_dumps_alike() -> None:
    offer = make_offer(areas=[], places=[], formats=["online"], status="draft")
    offer.status = Status.PUBLISHED
    offer.actor.category = None
    assert dumps_alike([offer.id])


@pytest.mark.parametrize("hours", [None, "Mo 09:00-12:00"])
def test_an_offer_at_a_confidential_place_dumps_alike(hours: str | None) -> None:
    actor = make_actor(places=[SHELTER, {**PLACE, "hours": "Tu 10:00-11:00"}])
    places = [
        {"place": str(place.uuid), "hours": hours, "note": {"de": "Hinterhof"}}
        for place in reversed(actor.places)
    ]
    offer = make_offer(actor, places=places)
    assert dumps_alike([offer.id])
    (shown,) = [dumper(OfferSchema())(row) for row in public_offers([offer.id], TODAY)]
    assert [row["details"]["name"] for row in shown["places"]] == ["Rathaus", None]


@pytest.mark.parametrize("shown_to", [[], ["publish_network"], ["publish_public"]])
def test_an_offer_with_a_contact_and_units_dumps_alike(shown_to: list[str]) -> None:
    actor = make_actor(
        places=[PLACE],
        units=[{"name": "Abteilung 1"}, {"name": "Abteilung 2"}],
        contacts=[{"function": "Büro", "email": "a@example.org", **dict.fromkeys(shown_to, True)}],
    )
    contact, (one, two) = actor.contacts[0], actor.units
    contact.unit = two
    offer = make_offer(actor, contact=str(contact.uuid), unit=str(one.uuid))
    assert dumps_alike([offer.id])
    (row,) = public_offers([offer.id], TODAY)
    assert (dumper(OfferSchema())(row)["contact"] is None) == ("publish_public" not in shown_to)


def test_translations_that_are_outdated_or_made_by_a_machine_dump_alike() -> None:
    offer = make_offer()
    text = Translated.of({"de": "alt", "en": "old"}).merged({"de": "neu"})
    offer.title = text.marked_machine("en")
    assert dumps_alike([offer.id])


@pytest.mark.parametrize("degrees", [49.2, 49.123456789012345, 1 / 3, -0.1, 1e-7, 0.0])
def test_coordinates_keep_every_digit(degrees: float) -> None:
    offer = make_offer()
    place = offer.places[0].place
    place.lat = place.lon = degrees
    assert dumps_alike([offer.id])


@pytest.mark.parametrize("seed", range(3))
def test_offers_of_all_kinds_dump_alike_in_the_order_asked_for(seed: int) -> None:
    chance = Random(seed)
    ids = some_offers(chance, 40)
    chance.shuffle(ids)
    assert dumps_alike(ids)


def test_ids_that_are_unknown_or_none_at_all_are_left_out() -> None:
    offer = make_offer()
    assert [row.id for row in public_offers([offer.id + 1, offer.id, 2**31 - 1], TODAY)] == [
        offer.id
    ]
    assert public_offers([], TODAY) == []


def status_is(status: str) -> Any:
    return lambda offer: setattr(offer, "status", status)


HIDDEN = {
    "a draft": status_is(Status.DRAFT),
    "an archived one": status_is(Status.ARCHIVED),
    "an expired one": lambda offer: setattr(offer, "valid_to", TODAY - DAY),
    "a scheduled one": lambda offer: setattr(offer, "valid_from", TODAY + DAY),
    "one of a draft": lambda offer: setattr(offer.actor, "status", Status.DRAFT),
    "one of an archived actor": lambda offer: setattr(offer.actor, "status", Status.ARCHIVED),
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_an_offer_that_may_not_be_seen_is_left_out_at_once(kind: str) -> None:
    offer, other = make_offer(), make_offer()
    ids = [offer.id, other.id]
    assert [row.id for row in public_offers(ids, TODAY)] == ids
    HIDDEN[kind](offer)
    assert [row.id for row in public_offers(ids, TODAY)] == [other.id]
    assert list(db.session.scalars(select(Offer.id).where(published_on(TODAY)))) == [other.id]


def test_an_offer_is_read_on_its_first_and_on_its_last_day() -> None:
    offer = make_offer(valid_from="2026-03-01", valid_to="2026-03-02")
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]
    assert [len(public_offers([offer.id], day)) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("of", ["the offer", "its actor", "its place", "a run"])
def test_an_edit_is_in_the_next_answer(of: str) -> None:
    offer = make_offer(**RICH)
    before = OfferSchema().dump(public_offers([offer.id], TODAY), many=True)
    if of == "the offer":
        services.update_offer(CONSOLE, offer.uuid, offer.version, {"title": {"de": "Neu"}})
    elif of == "its actor":
        offer.actor.name = "Neuer Name"
    elif of == "its place":
        offer.places[0].place.confidential = True
    else:
        offer.runs[0].availability = Availability.NONE
    assert OfferSchema().dump(public_offers([offer.id], TODAY), many=True) != before
    assert dumps_alike([offer.id])


@pytest.mark.parametrize("number", [1, 3, 200])
def test_any_number_of_offers_is_one_statement(number: int) -> None:
    ids = some_offers(Random(number), number)
    dump = dumper(OfferSchema())
    with count_queries() as queries:
        assert len([dump(row) for row in public_offers(ids, TODAY)]) == number
    assert len(queries) == 1


def test_more_ids_than_a_statement_may_have_variables_are_no_problem() -> None:
    offer = make_offer()
    ids = [*range(offer.id + 1, offer.id + 40_000), offer.id]
    assert [row.id for row in public_offers(ids, TODAY)] == [offer.id]


def test_a_part_that_comes_as_text_is_the_same_part() -> None:
    shape = shape_of(OfferPlace)
    make, (part,) = row_maker(shape), shape.parts
    own = [None] * len(shape.columns)
    place = [name if name == "name" else None for name in part.shape.columns]
    assert [make([*own, sent]).place.name for sent in (place, dumps(place))] == ["name", "name"]


def test_what_was_not_read_is_an_error_and_not_an_empty_value() -> None:
    (row,) = public_offers([make_offer().id], TODAY)
    assert str(row.actor) == "Musterverband"
    for forgotten in ("folded", "term_links"):
        with pytest.raises(LookupError, match=forgotten):
            getattr(row, forgotten)
    with pytest.raises(LookupError, match="parent"):
        row.actor.parent  # noqa: B018
