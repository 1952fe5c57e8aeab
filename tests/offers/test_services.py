"""Keeping offers true, as use cases."""

from datetime import date, timedelta

import pytest

from registry.access.policy import CONSOLE
from registry.actors import queries as actors
from registry.actors.models import Status
from registry.audit import queries as audit
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.offers import services
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")
OFFER = {"title": {"de": "Deutschkurs"}, "fields": ["language"]}
WHERE = {"municipality": "09576143"}


def test_an_offer_of_another_district_is_not_created(cast: Cast) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        services.create_offer(cast.who("boris"), make_actor().uuid, OFFER)


def test_publishing_names_every_field_that_is_missing() -> None:
    offer = make_offer(status="draft", summary={}, places=[], areas=[])
    with pytest.raises(Invalid) as error:
        services.publish_offer(CONSOLE, offer.uuid)
    assert set(error.value.errors) == {"summary", "places"}


def test_a_stale_version_is_a_conflict_that_carries_the_saved_state() -> None:
    offer = make_offer()
    services.update_offer(CONSOLE, offer.uuid, offer.version, {"title": {"de": "Neu"}})
    with pytest.raises(Conflict) as error:
        services.update_offer(CONSOLE, offer.uuid, offer.version - 1, {"title": {"de": "Zu spät"}})
    assert str(error.value.theirs) == "Neu"


def test_saving_the_same_terms_again_leaves_no_audit_entry() -> None:
    given = {"fields": ["work", "advice"], "target_groups": ["women"], "formats": ["on_site"]}
    offer = make_offer(**given)
    _rows, before = audit.entries(CONSOLE, subject_id=offer.uuid)
    services.update_offer(CONSOLE, offer.uuid, offer.version, given)
    _rows, after = audit.entries(CONSOLE, subject_id=offer.uuid)
    assert after == before


def test_a_copy_moves_every_date_and_is_an_unconfirmed_draft() -> None:
    offer = make_offer(
        valid_from="2026-01-01",
        valid_to="2026-06-30",
        last_confirmed="2026-01-05",
        runs=[{"starts_on": "2026-02-02", "ends_on": "2026-05-29", "register_by": "2026-01-26"}],
        closures=[{"closed_from": "2026-04-01", "closed_to": "2026-04-10"}],
    )
    (copy,) = services.copy_offers(CONSOLE, [offer.uuid], timedelta(weeks=26))
    run, closure = copy.runs[0], copy.closures[0]
    assert (copy.status, copy.last_confirmed) == (Status.DRAFT, None)
    assert (copy.valid_from, copy.valid_to) == (date(2026, 7, 2), date(2026, 12, 29))
    assert (run.starts_on, run.ends_on) == (date(2026, 8, 3), date(2026, 11, 27))
    assert run.register_by == date(2026, 7, 27)
    assert (closure.closed_from, closure.closed_to) == (date(2026, 9, 30), date(2026, 10, 9))


def test_a_copy_keeps_terms_places_and_languages() -> None:
    offer = make_offer(languages=[{"language": "ar"}], target_groups=["women"])
    (copy,) = services.copy_offers(CONSOLE, [offer.uuid], timedelta())
    assert [row.language.key for row in copy.languages] == ["ar"]
    assert [term.key for term in copy.target_groups] == ["women"]
    assert [link.place for link in copy.places] == [link.place for link in offer.places]


def test_copying_offers_of_another_district_copies_none(cast: Cast) -> None:
    mine = make_offer(make_actor(name="Fürth", region="09573"))
    foreign = make_offer()
    with pytest.raises(NotFound):
        services.copy_offers(cast.who("boris"), [mine.uuid, foreign.uuid], timedelta())


def test_dates_are_not_moved_out_of_the_calendar() -> None:
    offer = make_offer()
    with pytest.raises(Invalid) as error:
        services.copy_offers(CONSOLE, [offer.uuid], timedelta(days=999999))
    assert "shift" in error.value.errors


def test_an_entry_makes_actor_contact_place_and_offer() -> None:
    offer = services.create_entry(
        CONSOLE,
        "09576",
        {"name": "Neuer Verein"},
        {"function": "Büro", "phone": "09171 1"},
        {**WHERE, "street": "Hauptstraße 1"},
        OFFER,
    )
    assert offer.actor.name == "Neuer Verein"
    assert offer.contact is offer.actor.contacts[0]
    assert offer.places[0].place.street == "Hauptstraße 1"
    assert offer.places[0].place.name == "Roth"
    assert offer.status == Status.DRAFT


def test_an_entry_below_an_actor_that_exists_adds_to_it() -> None:
    actor = make_actor(places=[PLACE])
    offer = services.create_entry(CONSOLE, "09576", actor.uuid, None, WHERE, OFFER)
    assert offer.actor is actor
    assert offer.places[0].place is actor.places[0]


def test_errors_of_an_entry_stand_at_their_part() -> None:
    with pytest.raises(Invalid) as error:
        services.create_entry(
            CONSOLE, "09576", {"name": "X"}, None, WHERE, {**OFFER, "fields": ["nix"]}
        )
    assert "fields" in error.value.errors["offer"]


def test_an_entry_below_an_actor_of_another_district_is_refused_as_unknown(cast: Cast) -> None:
    actor = make_actor()
    with pytest.raises(Invalid) as error:
        services.create_entry(cast.who("boris"), "09573", actor.uuid, None, WHERE, OFFER)
    assert list(error.value.errors) == ["existing"]


def test_a_reader_makes_no_entry(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.create_entry(cast.who("carla"), "09576", {"name": "X"}, None, WHERE, OFFER)
    _rows, total = actors.actors(CONSOLE, actors.ActorFilter())
    assert total == 0


def test_an_offer_of_an_unpublished_provider_is_saved_with_a_warning() -> None:
    offer = make_offer(make_actor(status="draft", places=[PLACE]))
    assert services.warnings(offer, date.today())
