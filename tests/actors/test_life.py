"""The life of an entry in the hands of somebody who keeps one actor."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from registry.access.policy import CONSOLE, Who
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.actors.proposals import queries as proposals
from registry.actors.proposals.models import State, Verb
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.regions.models import RegionSettings
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def actor(cast: Cast) -> Actor:
    made = make_actor(places=[PLACE], contacts=[{"function": "Büro"}])
    cast.keeps(made)
    return made


@pytest.fixture
def emil(cast: Cast, actor: Actor) -> Who:
    return cast.who("emil")


def loaded(**fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = OfferSchema(audience="office").load(fields, partial=True)
    return data


def waiting(uuid: UUID) -> list[tuple[str, dict[str, Any]]]:
    return [(each.verb, each.data) for each in proposals.load_waiting(uuid)]


def let_edits_live() -> None:
    db.session.add(RegionSettings(ags="09576", own_edits_live=True))
    db.session.commit()


def test_a_draft_is_put_up_for_review_and_published_by_the_office(
    cast: Cast, actor: Actor, emil: Who
) -> None:
    draft = make_offer(actor, emil, status="draft")
    offers.submit_offer(emil, draft.uuid)
    assert (draft.status, waiting(draft.uuid)) == (Status.REVIEW, [(Verb.PUBLISH, {})])
    offers.publish_offer(cast.who("amal"), draft.uuid)
    assert draft.status == Status.PUBLISHED
    assert proposals.latest(draft.uuid).state == State.ACCEPTED


def test_what_is_put_up_for_review_is_complete(actor: Actor, emil: Who) -> None:
    draft = make_offer(actor, emil, status="draft", summary={})
    with pytest.raises(Invalid) as error:
        offers.submit_offer(emil, draft.uuid)
    assert "summary" in error.value.errors


def test_what_is_in_review_can_be_taken_back(actor: Actor, emil: Who) -> None:
    draft = make_offer(actor, emil, status="draft")
    offers.submit_offer(emil, draft.uuid)
    offers.take_back_offer(emil, draft.uuid)
    assert (draft.status, waiting(draft.uuid)) == (Status.DRAFT, [])


def test_only_the_office_publishes(actor: Actor, emil: Who) -> None:
    draft = make_offer(actor, emil, status="draft")
    with pytest.raises(NotAllowed):
        offers.publish_offer(emil, draft.uuid)
    assert draft.status == Status.DRAFT


def test_a_change_to_a_published_offer_waits_and_names_what_differs(
    actor: Actor, emil: Who
) -> None:
    offer = make_offer(actor)
    version = offer.version
    offers.update_offer(emil, offer.uuid, version, loaded(title={"de": "Neu"}, cost="free"))
    db.session.refresh(offer)
    assert (str(offer), offer.cost, offer.version) == ("Beratung", None, version)
    assert waiting(offer.uuid) == [(Verb.UPDATE, {"title": {"de": "Neu"}, "cost": "free"})]


def test_a_second_change_joins_the_one_that_waits(actor: Actor, emil: Who) -> None:
    offer = make_offer(actor)
    offers.update_offer(emil, offer.uuid, offer.version, loaded(title={"de": "Neu"}))
    offers.update_offer(emil, offer.uuid, offer.version, loaded(min_age=6))
    assert waiting(offer.uuid) == [(Verb.UPDATE, {"title": {"de": "Neu"}, "min_age": 6})]
    offers.update_offer(
        emil, offer.uuid, offer.version, loaded(title={"de": "Beratung"}, min_age=None)
    )
    assert waiting(offer.uuid) == []


def test_a_proposed_change_obeys_every_rule_of_an_ordinary_one(actor: Actor, emil: Who) -> None:
    offer, other = make_offer(actor, max_age=3), make_actor(name="Andere", places=[PLACE])
    foreign = [{"place": str(other.places[0].uuid)}]
    with pytest.raises(Invalid):
        offers.update_offer(emil, offer.uuid, offer.version, loaded(places=foreign))
    with pytest.raises(Invalid):
        offers.update_offer(emil, offer.uuid, offer.version, loaded(min_age=9))
    with pytest.raises(Conflict):
        offers.update_offer(emil, offer.uuid, offer.version - 1, loaded(min_age=9))
    assert waiting(offer.uuid) == []


def test_new_parts_and_emptied_texts_are_proposed_as_such(actor: Actor, emil: Who) -> None:
    offer = make_offer(actor, summary={"de": "Kurz", "en": "Short"})
    offers.update_offer(
        emil,
        offer.uuid,
        offer.version,
        loaded(runs=[{"starts_on": "2026-12-01"}], summary={"de": "Kurz", "en": ""}),
    )
    [(_verb, data)] = waiting(offer.uuid)
    assert data["summary"] == {"de": "Kurz", "en": ""}
    assert "id" not in data["runs"][0]


def test_own_edits_are_live_where_the_region_says_so(actor: Actor, emil: Who) -> None:
    let_edits_live()
    offer = make_offer(actor)
    offers.update_offer(emil, offer.uuid, offer.version, loaded(title={"de": "Neu"}))
    assert str(offer) == "Neu"
    draft = make_offer(actor, emil, status="draft")
    offers.publish_offer(emil, draft.uuid)
    assert draft.status == Status.PUBLISHED


def test_a_published_entry_is_archived_by_the_office_at_its_actors_wish(
    cast: Cast, actor: Actor, emil: Who
) -> None:
    offer = make_offer(actor)
    offers.archive_offer(emil, offer.uuid)
    assert (offer.status, waiting(offer.uuid)) == (Status.PUBLISHED, [(Verb.ARCHIVE, {})])
    with pytest.raises(NotAllowed):
        offers.restore_offer(emil, offer.uuid)
    offers.archive_offer(cast.who("amal"), offer.uuid)
    assert (offer.status, waiting(offer.uuid)) == (Status.ARCHIVED, [])


def test_the_own_published_actor_changes_by_proposal_only(actor: Actor, emil: Who) -> None:
    actors.update_actor(emil, actor.uuid, actor.version, {"name": "Neuer Name"})
    assert actor.name == "Musterverband"
    assert waiting(actor.uuid) == [(Verb.UPDATE, {"name": "Neuer Name"})]


def test_an_entry_adds_nothing_to_a_published_actor_behind_the_offices_back(
    actor: Actor, emil: Who
) -> None:
    place = {"municipality": "09576127", "name": "Neu"}
    with pytest.raises(Invalid) as error:
        actors.add_to_actor(emil, actor.uuid, {"function": "Neu"}, place)
    assert set(error.value.errors) == {"contact", "place"}


def test_confirming_is_the_actors_own_statement(actor: Actor, emil: Who) -> None:
    offer = make_offer(actor)
    offers.confirm_offer(emil, offer.uuid, date(2026, 11, 22))
    assert offer.last_confirmed == date(2026, 11, 22)


@pytest.mark.parametrize("verb", ["submit", "take_back", "publish", "archive", "restore"])
def test_foreign_entries_do_not_exist_for_an_actors_editor(
    actor: Actor, emil: Who, verb: str
) -> None:
    other = make_actor(CONSOLE, name="Andere", places=[PLACE], status="draft")
    offer = make_offer(other, status="draft")
    with pytest.raises(NotFound):
        getattr(actors, f"{verb}_actor")(emil, other.uuid)
    with pytest.raises(NotFound):
        getattr(offers, f"{verb}_offer")(emil, offer.uuid)


def test_an_editor_of_another_district_puts_nothing_up_for_review(cast: Cast) -> None:
    offer: Offer = make_offer(status="draft")
    with pytest.raises(NotFound):
        offers.submit_offer(cast.who("boris"), offer.uuid)
