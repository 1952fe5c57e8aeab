"""What an entry once was, and going back to it."""

from typing import Any

import pytest
from sqlalchemy import select, update

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.actors.proposals import queries as proposals
from registry.actors.schemas import ActorSchema
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import NotFound
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.upkeep.history import services
from registry.upkeep.kinds import ACTOR, OFFER
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")


def keys(row: Any) -> list[int]:
    query = select(AuditEntry.id).where(AuditEntry.subject_id == row.uuid)
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def address(row: Actor | Offer, key: int | str = "") -> str:
    kind = "actor" if isinstance(row, Actor) else "offer"
    return f"/en/office/history/{kind}/{row.uuid}" + (f"/{key}" if key else "")


def test_an_offer_goes_back_to_what_it_was(cast: Cast, as_user: Any) -> None:
    offer = make_offer(
        summary={"de": "Kurz"},
        languages=[{"language": "ar", "note": {"de": "dienstags"}}, {"language": "de"}],
        steps=["come_by", "call"],
        runs=[{"starts_on": "2026-12-01"}],
        closures=[{"closed_from": "2026-12-24", "closed_to": "2026-12-31"}],
        min_age=6,
    )
    before, key = OfferSchema(audience="office").dump(offer), keys(offer)[-1]
    data = OfferSchema(audience="office").load(
        {
            "title": {"de": "Anders", "en": "Different"},
            "languages": [{"language": "uk", "by": "staff"}],
            "steps": [],
            "runs": [],
            "closures": [],
            "min_age": None,
        },
        partial=True,
    )
    offers.update_offer(CONSOLE, offer.uuid, offer.version, data)
    db.session.commit()
    page = as_user("amal").get(address(offer, key)).text
    assert "Anders" in page
    answer = as_user("amal").post(address(offer, key), data={"version": offer.version})
    assert answer.status_code == 302
    after = OfferSchema(audience="office").dump(offer)
    for row in (*before["runs"], *after["runs"]):
        row.pop("id")
    assert {**before, "version": 0} == {**after, "version": 0}


def test_an_actor_goes_back_with_parts_that_were_removed(cast: Cast) -> None:
    actor = make_actor(
        places=[PLACE],
        units=[{"name": "Amt 1"}],
        contacts=[{"function": "Büro", "unit": "Amt 1", "email": "b@example.org"}],
    )
    key = keys(actor)[-1]
    data = {"places": [], "contacts": [], "units": [], "name": "Neu"}
    actors.update_actor(CONSOLE, actor.uuid, actor.version, data)
    services.go_back(cast.who("amal"), ACTOR, actor.uuid, key, actor.version)
    dumped = ActorSchema(audience="office").dump(actor)
    assert (actor.name, dumped["contacts"][0]["unit"]) == ("Musterverband", "Amt 1")
    assert dumped["places"][0]["name"] == "Rathaus"


def test_what_exists_no_longer_is_named_and_the_rest_comes_back(cast: Cast, as_user: Any) -> None:
    actor = make_actor(places=[PLACE, {**PLACE, "name": "Altbau"}], contacts=[{"function": "Büro"}])
    places = [{"place": str(place.uuid)} for place in actor.places]
    offer = make_offer(actor, places=places, contact=str(actor.contacts[0].uuid))
    key = keys(offer)[-1]
    loaded = OfferSchema(audience="office").load(
        {"places": places[:1], "contact": None, "title": {"de": "Neu"}}, partial=True
    )
    offers.update_offer(CONSOLE, offer.uuid, offer.version, loaded)
    kept = [{"id": str(actor.places[0].uuid), **PLACE}]
    data = ActorSchema(audience="office").load({"places": kept, "contacts": []}, partial=True)
    actors.update_actor(CONSOLE, actor.uuid, actor.version, data)
    db.session.commit()
    page = as_user("amal").get(address(offer, key)).text
    assert "exist no longer" in page
    assert "Altbau" in page
    assert "Büro" in page
    services.go_back(cast.who("amal"), OFFER, offer.uuid, key, offer.version)
    assert (str(offer), len(offer.places), offer.contact) == ("Beratung", 1, None)


def test_going_back_from_a_stale_page_is_a_conflict(as_user: Any) -> None:
    offer = make_offer()
    key, seen = keys(offer)[-1], offer.version
    offers.update_offer(CONSOLE, offer.uuid, seen, {"title": {"de": "Neu"}})
    db.session.commit()
    answer = as_user("amal").post(address(offer, key), data={"version": seen})
    assert answer.status_code == 409
    assert str(offer) == "Neu"


def test_a_change_without_its_whole_state_is_shown_and_cannot_come_back(as_user: Any) -> None:
    offer = make_offer()
    db.session.execute(update(AuditEntry).values(state=None))
    offers.update_offer(CONSOLE, offer.uuid, offer.version, {"title": {"de": "Neu"}})
    db.session.commit()
    page = as_user("amal").get(address(offer)).text
    assert "The whole state of that time was not kept." in page
    assert as_user("amal").get(address(offer, keys(offer)[0])).status_code == 404


def test_an_entry_that_came_without_a_state_has_one_from_its_first_change_on(
    cast: Cast,
) -> None:
    offer = make_offer()
    db.session.execute(update(AuditEntry).values(state=None))
    for title in ("Neu", "Noch neuer"):
        offers.update_offer(CONSOLE, offer.uuid, offer.version, {"title": {"de": title}})
    *_older, kept, _first, _second = keys(offer)
    services.go_back(cast.who("amal"), OFFER, offer.uuid, kept, offer.version)
    assert str(offer) == "Beratung"


def test_whoever_keeps_the_actor_sees_the_office_as_one_and_proposes_going_back(
    cast: Cast, as_user: Any
) -> None:
    offer = make_offer()
    emil = cast.keeps(offer.actor)
    offers.update_offer(cast.who("amal"), offer.uuid, offer.version, {"title": {"de": "Vom Amt"}})
    db.session.commit()
    page = as_user("emil").get(address(offer)).text
    assert "Vom Amt" in page
    assert "amal@example.org" not in page
    answer = as_user("emil").post(address(offer, keys(offer)[1]), data={"version": offer.version})
    assert answer.status_code == 302
    assert str(offer) == "Vom Amt"
    [waiting] = proposals.load_waiting(offer.uuid)
    assert (waiting.author_id, waiting.data) == (emil.id, {"title": {"de": "Beratung"}})


def test_other_districts_and_foreign_entries_have_no_history(cast: Cast, as_user: Any) -> None:
    offer, other = make_offer(status="draft"), make_offer(title={"de": "Andere"})
    cast.keeps(make_actor(name="Eigene"))
    db.session.commit()
    for name in ("boris", "emil"):
        assert as_user(name).get(address(offer)).status_code == 404
        assert as_user(name).get(address(other)).status_code == 404
        assert as_user(name).get(address(other, keys(other)[0])).status_code == 404
        assert as_user(name).post(address(offer, keys(offer)[0])).status_code == 404
    with pytest.raises(NotFound):
        services.look_back(cast.who("amal"), OFFER, offer.uuid, keys(other)[0])
    assert as_user("amal").get(f"/en/office/history/user/{offer.uuid}").status_code == 404
    assert as_user("amal").get(address(offer, "9" * 20)).status_code == 404
    assert as_user("carla").post(address(offer, keys(offer)[0])).status_code == 403


def test_a_long_history_has_pages(as_user: Any) -> None:
    offer = make_offer()
    for number in range(25):
        offers.update_offer(CONSOLE, offer.uuid, offer.version, {"min_age": number})
    db.session.commit()
    page = as_user("amal").get(address(offer)).text
    assert f"{address(offer)}?page=2" in page
    assert as_user("amal").get(f"{address(offer)}?page=2").status_code == 200
