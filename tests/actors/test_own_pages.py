"""The office as somebody sees it who keeps one actor."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers.models import Offer
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")
ENTRY = "/en/office/entry"


@pytest.fixture
def own(cast: Cast) -> Actor:
    made = make_actor(places=[PLACE])
    cast.keeps(made)
    db.session.commit()
    return made


@pytest.fixture
def emil(as_user: Any, own: Actor) -> FlaskClient:
    client: FlaskClient = as_user("emil")
    return client


def test_the_office_leads_to_the_own_offers(emil: FlaskClient) -> None:
    assert emil.get("/en/office").location == "/en/office/offers"


def test_the_lists_hold_own_entries_only(emil: FlaskClient, own: Actor) -> None:
    make_offer(own, title={"de": "Eigenes"})
    make_offer(make_actor(name="Andere", places=[PLACE]), title={"de": "Fremdes"})
    page = emil.get("/en/office/offers").text
    assert "Eigenes" in page
    assert "Fremdes" not in page
    assert "Andere" not in emil.get("/en/office/actors").text


def test_foreign_entries_answer_like_missing_ones(emil: FlaskClient) -> None:
    other = make_actor(name="Andere", places=[PLACE], status="draft")
    offer = make_offer(other, status="draft")
    for path in (
        f"actors/{other.uuid}",
        f"offers/{offer.uuid}",
        f"offers/new?actor={other.uuid}",
        f"offers?actor={other.uuid}",
    ):
        assert emil.get(f"/en/office/{path}").status_code == 404, path


def test_what_belongs_to_the_office_stays_closed(emil: FlaskClient) -> None:
    for path in ("log", "actors/new"):
        assert emil.get(f"/en/office/{path}").status_code == 403, path


def test_the_entry_page_offers_the_own_actor_and_no_new_one(emil: FlaskClient, own: Actor) -> None:
    make_actor(name="Andere")
    page = emil.get(ENTRY).text
    assert form_of(page)["existing"] == str(own.uuid)
    assert "Andere" not in page
    assert 'name="actor.name"' not in page


def test_an_entry_below_the_own_actor_goes_to_review(emil: FlaskClient, own: Actor) -> None:
    form = form_of(emil.get(ENTRY).text)
    sent = changed(
        form,
        offer__title__de="Treff",
        offer__summary__de="Jeden Tag",
        offer__fields="advice",
        place__municipality="09576143",
        then="submit",
    )
    assert emil.post(ENTRY, data=sent).status_code == 302
    offer = db.session.query(Offer).one()
    assert (offer.actor, offer.status) == (own, Status.REVIEW)


@pytest.mark.parametrize("existing", ["", "00000000-0000-4000-8000-000000000000"])
def test_an_entry_without_the_own_actor_is_refused_at_its_field(
    emil: FlaskClient, existing: str
) -> None:
    form = form_of(emil.get(ENTRY).text)
    sent = changed(form, existing=existing, actor__name="Geschmuggelt", offer__title__de="Treff")
    sent = changed(sent, offer__fields="advice", place__municipality="09576143")
    answer = emil.post(ENTRY, data=sent)
    assert answer.status_code == 422
    assert 'href="#f-existing"' in answer.text


def test_a_change_of_a_published_offer_shows_on_the_form_and_not_to_everyone(
    emil: FlaskClient, own: Actor
) -> None:
    offer = make_offer(own)
    path = f"/en/office/offers/{offer.uuid}"
    form = form_of(emil.get(path).text)
    page = emil.post(path, data=changed(form, title__de="Neuer Titel"), follow_redirects=True)
    assert form_of(page.text)["title.de"] == "Neuer Titel"
    assert "wait for the office" in page.text
    assert "Neuer Titel" not in emil.get(f"/en/offers/{offer.uuid}").text
    emil.post(f"{path}/take-back")
    assert form_of(emil.get(path).text)["title.de"] == "Beratung"


def test_the_interface_says_that_a_change_waits(emil: FlaskClient, own: Actor) -> None:
    offer = make_offer(own)
    path = f"/api/v1/offers/{offer.uuid}"
    answer = emil.patch(path, json={"version": offer.version, "title": {"de": "Neu"}})
    assert (answer.status_code, answer.json["title"]) == (202, {"de": "Beratung"})
    assert emil.delete(path).status_code == 202
    assert emil.post(f"{path}/restore").status_code == 403
    draft = make_offer(own, status="draft")
    assert emil.post(f"/api/v1/offers/{draft.uuid}/publish").status_code == 403
    assert emil.post(f"/api/v1/offers/{draft.uuid}/submit").json["status"] == "review"


def test_a_preview_shows_what_is_typed_and_saves_nothing(emil: FlaskClient, own: Actor) -> None:
    offer = make_offer(own, internal_note="nur intern")
    path = f"/en/office/offers/{offer.uuid}"
    form = form_of(emil.get(path).text)
    page = emil.post(f"{path}/preview", data=changed(form, title__de="Nur zur Ansicht"))
    assert "Nur zur Ansicht" in page.text
    assert "nur intern" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    db.session.expire_all()
    assert (str(offer), offer.version) == ("Beratung", int(form["version"]))


def test_a_new_offer_has_a_preview_before_it_is_saved(emil: FlaskClient, own: Actor) -> None:
    form = {"title.de": "Entwurf", "fields": "advice"}
    path = f"/en/office/offers/preview?actor={own.uuid}"
    assert "Entwurf" in emil.post(path, data=form).text
    assert db.session.query(Offer).count() == 0
    assert emil.post(path, data={"title.de": "Ohne Feld"}).status_code == 422
    other = make_actor(name="Andere", status="draft")
    assert emil.post(f"/en/office/offers/preview?actor={other.uuid}", data=form).status_code == 404


def test_an_actor_has_a_preview(emil: FlaskClient, own: Actor) -> None:
    path = f"/en/office/actors/{own.uuid}"
    form = form_of(emil.get(path).text)
    assert "Neuer Name" in emil.post(f"{path}/preview", data=changed(form, name="Neuer Name")).text
    assert own.name == "Musterverband"
