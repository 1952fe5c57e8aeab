"""Before something new is saved: what is there already and looks like it."""

from typing import Any

import pytest

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.duplicates.saving.queries import like_actor
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")
PLACE = {"name": "Haus", "street": "Weg 1", "postcode": "91154", "city": "Roth"}
NEW_ACTOR = "/en/office/actors/new"
ENTRY = "/en/office/entry"
TYPED = {"name": "Tafelladen e.V.", "source": "Zuruf", "places-0.name": "Haus"}


def count(kind: type[Any]) -> int:
    return db.session.query(kind).count()


def test_a_similar_actor_is_shown_first_and_nothing_is_lost(as_user: Any) -> None:
    there = make_actor(name="Tafelladen", places=[PLACE])
    typed = {**TYPED, "places-0.street": "Weg 1", "places-0.postcode": "91154"}
    answer = as_user("amal").post(NEW_ACTOR, data=typed)
    assert answer.status_code == 422
    assert "This may be in the register already" in answer.text
    assert f"/en/office/actors/{there.uuid}" in answer.text
    form = form_of(answer.text)
    assert {name: form[name] for name in typed} == typed
    assert count(Actor) == 1


def test_save_anyway_saves(as_user: Any) -> None:
    make_actor(name="Tafelladen", places=[PLACE])
    amal = as_user("amal")
    page = amal.post(NEW_ACTOR, data=TYPED).text
    assert f'formaction="{NEW_ACTOR}?anyway=1"' in page
    assert amal.post(f"{NEW_ACTOR}?anyway=1", data=TYPED).status_code == 302
    assert count(Actor) == 2


def test_mistakes_come_before_the_question(as_user: Any) -> None:
    make_actor(name="Tafelladen", places=[PLACE])
    answer = as_user("amal").post(NEW_ACTOR, data={**TYPED, "website": "kein Netz"})
    assert answer.status_code == 422
    assert "This may be in the register already" not in answer.text


def test_an_actor_unlike_all_others_is_saved_at_once(as_user: Any) -> None:
    make_actor(name="Frauenhaus", places=[PLACE])
    assert as_user("amal").post(NEW_ACTOR, data=TYPED).status_code == 302


def test_drafts_of_another_district_are_not_betrayed(as_user: Any) -> None:
    make_actor(name="Tafelladen", places=[PLACE], region="09573", status=Status.DRAFT)
    assert as_user("amal").post(NEW_ACTOR, data=TYPED).status_code == 302


def test_a_typing_error_in_the_same_town_is_noticed(cast: Cast) -> None:
    there = make_actor(name="Nachbarschaftshilfe", places=[PLACE])
    new = make_actor(name="Nahcbarschaftshilfe", places=[PLACE])
    assert [each.uuid for each in like_actor(cast.who("amal"), new)] == [there.uuid]


def test_a_similar_offer_of_the_same_actor_is_shown_first(as_user: Any) -> None:
    there = make_offer(title="Sprachcafé")
    path = f"/en/office/offers/new?actor={there.actor.uuid}"
    place = str(there.actor.places[0].uuid)
    typed = {"title.de": "Sprach-Café", "fields": "advice", "places-0.place": place}
    amal = as_user("amal")
    answer = amal.post(path, data=typed)
    assert answer.status_code == 422
    assert f"/en/office/offers/{there.uuid}" in answer.text
    assert amal.post(f"{path}&anyway=1", data=typed).status_code == 302
    assert count(Offer) == 2


def entry(**values: Any) -> dict[str, Any]:
    return {
        "actor.name": "Tafelladen e.V.",
        "actor.category": "welfare",
        "offer.title.de": "Ausgabe",
        "offer.fields": "advice",
        "place.municipality": "09576143",
        "place.postcode": "91154",
        "place.street": "Weg 1",
        **values,
    }


def test_an_entry_can_take_the_organisation_that_is_there(as_user: Any) -> None:
    there = make_actor(name="Tafelladen", places=[PLACE])
    amal = as_user("amal")
    answer = amal.post(ENTRY, data=entry())
    assert answer.status_code == 422
    assert f'name="use" value="{there.uuid}"' in answer.text
    used = changed(form_of(answer.text), use=str(there.uuid))
    assert amal.post(ENTRY, data=used).status_code == 302
    [offer] = db.session.query(Offer).all()
    assert (offer.actor, str(offer), count(Actor)) == (there, "Ausgabe", 1)


def test_a_foreign_organisation_cannot_be_taken(as_user: Any) -> None:
    foreign = make_actor(name="Tafelladen", places=[PLACE], region="09573")
    amal = as_user("amal")
    page = amal.post(ENTRY, data=entry()).text
    assert f"/en/actors/{foreign.uuid}" in page
    assert 'name="use"' not in page
    answer = amal.post(ENTRY, data=entry(use=str(foreign.uuid)))
    assert answer.status_code == 422
    assert count(Offer) == 0
