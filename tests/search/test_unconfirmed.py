"""What nobody confirms is marked and then leaves the list, by the calendar alone."""

from datetime import date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from registry.actors.freshness import unconfirmed_from
from registry.core import versions
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.offers.models import Offer
from registry.regions.models import RegionSettings
from registry.search import reader
from registry.search.criteria import Criteria, Moment
from tests.factories.actors import PLACE, make_actor
from tests.factories.designations import make_designation
from tests.factories.offers import make_offer

TODAY = date.today()
MONTHS, GRACE = 6, 90


def hiding(*, hide: bool = True) -> None:
    db.session.add(RegionSettings(ags="09576", hide_unconfirmed=hide))
    db.session.commit()


def offer_of(
    tier: str = "none", category: str = "welfare", lat: float = 49.246, **fields: str
) -> Offer:
    place = {**PLACE, "lat": lat, "lon": 11.091}
    return make_offer(make_actor(places=[place], tier=tier, category=category), **fields)


def on(day: date) -> Moment:
    return Moment(datetime.combine(day, time(10), ZONE), "09576")


def total(day: date, *, unconfirmed: bool = False) -> int:
    return reader.find(Criteria(unconfirmed=unconfirmed), on(day)).total


@pytest.mark.parametrize("confirmed", [None, (TODAY - timedelta(days=10)).isoformat()])
def test_an_offer_leaves_on_its_day_without_a_write(database: None, confirmed: str | None) -> None:
    hiding()
    offer_of(**({"last_confirmed": confirmed} if confirmed else {}))
    since = date.fromisoformat(confirmed) if confirmed else TODAY
    leaves = unconfirmed_from(since, MONTHS, GRACE)
    before = versions.current()
    assert total(leaves - timedelta(days=1)) == 1
    assert total(leaves) == 0
    assert total(leaves, unconfirmed=True) == 1
    assert versions.current() == before


@pytest.mark.parametrize(
    ("tier", "category"), [("municipal", "welfare"), ("none", "district_office")]
)
def test_an_authority_stays(database: None, tier: str, category: str) -> None:
    hiding()
    offer_of(tier, category)
    assert total(TODAY + timedelta(days=1000)) == 1


def test_a_contact_point_stays_as_long_as_it_is_designated(database: None) -> None:
    hiding()
    ends = TODAY + timedelta(days=500)
    make_designation(offer_of(), valid_to=ends.isoformat())
    assert total(ends) == 1
    assert total(ends + timedelta(days=1)) == 0


def test_where_the_region_hides_nothing_it_is_only_marked(database: None) -> None:
    hiding(hide=False)
    offer_of()
    found = reader.find(Criteria(), on(TODAY + timedelta(days=1000)))
    assert (found.total, found.unconfirmed, found.withheld) == (1, [TODAY], 0)


def test_the_switch_works_at_once(database: None) -> None:
    offer_of()
    later = TODAY + timedelta(days=1000)
    assert total(later) == 1
    hiding()
    assert total(later) == 0


def old() -> Offer:
    return offer_of(last_confirmed="2020-01-01")


def test_list_facets_and_map_show_it_only_when_asked(client: FlaskClient) -> None:
    hiding()
    old()
    offer_of(lat=49.26, last_confirmed=TODAY.isoformat())
    for query, number in (("", 1), ("?unconfirmed=true", 2), ("?unconfirmed=false", 1)):
        found = client.get(f"/api/v1/offers{query}").json
        assert found is not None
        assert (found["total"], found["facets"]["field"][0]["count"]) == (number, number)
        view = f"{query or '?'}&bbox=11.0,49.2,11.2,49.3&zoom=18"
        places = client.get(f"/api/v1/map{view}").json
        assert places is not None
        assert len(places["features"]) == number


def test_the_page_says_how_many_more_there_are_and_leads_to_them(client: FlaskClient) -> None:
    hiding()
    old()
    page = client.get("/de/offers").text
    assert "1 weiteres Angebot ist lange nicht bestätigt worden." in page
    assert "/de/offers?unconfirmed=true" in page
    shown = client.get("/de/offers?unconfirmed=true").text
    assert "nicht bestätigt seit Mi., 1. Januar 2020" in shown
    assert "auch lange nicht bestätigte" in shown


def test_it_is_still_found_by_its_own_address_and_says_since_when(client: FlaskClient) -> None:
    hiding()
    offer = old()
    offer.actor.last_confirmed = date(2020, 1, 2)
    db.session.commit()
    page = client.get(f"/de/offers/{offer.uuid}")
    assert page.status_code == 200
    assert "nicht bestätigt seit Mi., 1. Januar 2020" in page.text
    assert "nicht bestätigt seit" in client.get(f"/de/actors/{offer.actor.uuid}").text


def test_what_was_confirmed_lately_says_nothing_of_the_kind(client: FlaskClient) -> None:
    offer = offer_of(last_confirmed=TODAY.isoformat())
    assert "nicht bestätigt seit" not in client.get(f"/de/offers/{offer.uuid}").text
    assert "nicht bestätigt seit" not in client.get("/de/offers").text
