"""Many entries changed together, and changed back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from registry.actors.models import Actor, Status
from registry.audit.models import AuditEntry
from registry.core.db import db, now
from registry.core.errors import Invalid, NotFound
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.upkeep.bulk import services
from registry.upkeep.bulk.models import BulkRun
from registry.upkeep.kinds import ACTOR, OFFER
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")
OFFERS = "/en/office/bulk/offer"
UNKNOWN = UUID("00000000-0000-4000-8000-000000000000")


def ids(*rows: Any) -> list[UUID]:
    return [row.uuid for row in rows]


def send(client: FlaskClient, rows: list[Any], action: str, value: str = "", **more: str) -> Any:
    chosen = " ".join(map(str, ids(*rows)))
    looked_at = f"{action}={value}"
    data = {"chosen": chosen, "action": action, f"value-{action}": value, "looked_at": looked_at}
    data |= more
    return client.post(OFFERS, data=data)


def test_a_choice_is_looked_at_then_done_and_undone(as_user: Any) -> None:
    made = [make_offer(title={"de": f"Nummer {n}"}, cost="free" if n else None) for n in range(3)]
    client = as_user("amal")
    page = client.post(OFFERS, data={"ids": [str(offer.uuid) for offer in made]}).text
    assert "3 entries are chosen." in page
    page = send(client, made, "cost", "free", step="look").text
    assert "1 entry would be changed." in page
    assert "<bdi>Nummer 1</bdi>: has it already" in page
    assert made[0].cost is None
    answer = send(client, made, "cost", "free", step="do")
    assert (answer.status_code, made[0].cost.key) == (302, "free")
    assert "1 entry changed." in client.get(answer.location).text
    client.post(f"{answer.location}/undo")
    assert made[0].cost is None
    assert client.post(f"{answer.location}/undo").status_code == 422


def test_nothing_is_done_that_was_not_looked_at(as_user: Any) -> None:
    offer, client = make_offer(), as_user("amal")
    answer = send(client, [offer], "archive", step="do", looked_at="confirm=")
    assert "1 entry would be changed." in answer.text
    assert offer.status == Status.PUBLISHED


def test_all_that_the_filter_finds_can_be_changed(as_user: Any) -> None:
    make_offer(title={"de": "Anderes"})
    made = [make_offer(title={"de": f"Kurs {number}"}) for number in range(60)]
    client = as_user("amal")
    assert "all 60 entries of this list" in client.get("/en/office/offers?q=Kurs").text
    page = client.post(f"{OFFERS}?q=Kurs", data={"all": "1"}).text
    assert "60 entries are chosen." in page
    send(client, made, "confirm", step="do")
    confirmed = select(Offer.id).where(Offer.last_confirmed == date.today())
    assert len(db.session.scalars(confirmed).all()) == 60


@pytest.mark.parametrize(
    ("action", "value", "field", "wanted"),
    [
        ("add_field", "work", "fields", ["advice", "work"]),
        ("valid_to", date(2027, 1, 31), "valid_to", "2027-01-31"),
        ("contact", "Büro", "contact", "Büro"),
        ("archive", None, "status", "archived"),
        ("confirm", None, "last_confirmed", str(date.today())),
    ],
)
def test_each_change_of_offers_is_logged_and_goes_back(
    cast: Cast, action: str, value: Any, field: str, wanted: Any
) -> None:
    offer = make_offer(make_actor(places=[PLACE], contacts=[{"function": "Büro"}]))
    before = said(offer, field)
    run = services.change_many(cast.who("amal"), OFFER, action, ids(offer), value)
    assert said(offer, field) == wanted
    newest = select(AuditEntry).order_by(AuditEntry.id.desc())
    assert db.session.scalars(newest).first().who_label == "amal@example.org"
    assert services.undo(cast.who("amal"), run.uuid) == []
    assert said(offer, field) == before


def said(row: Any, field: str) -> Any:
    value = getattr(row, field)
    return sorted(term.key for term in value) if field == "fields" else value and str(value)


@pytest.mark.parametrize(("action", "value"), [("category", "sports"), ("source", "Umfrage")])
def test_each_change_of_actors_goes_back(cast: Cast, action: str, value: str) -> None:
    actor = make_actor(source="alt")
    run = services.change_many(cast.who("amal"), ACTOR, action, ids(actor), value)
    assert (actor.category.key if action == "category" else actor.source) == value
    services.undo(cast.who("amal"), run.uuid)
    assert (actor.category.key, actor.source) == ("welfare", "alt")


@pytest.mark.parametrize(
    ("action", "value", "code"),
    [
        ("remove_field", "advice", "last_field"),
        ("contact", "Pforte", "no_contact"),
        ("valid_to", date(2020, 1, 1), "order"),
        ("add_field", "advice", "same"),
    ],
)
def test_rows_that_cannot_be_changed_are_named_and_passed_by(
    cast: Cast, action: str, value: Any, code: str
) -> None:
    offer = make_offer(valid_from="2026-01-01")
    outlook = services.look_ahead(cast.who("amal"), OFFER, action, ids(offer), value)
    assert (outlook.changed, outlook.refused) == (0, [("Beratung", code)])
    services.change_many(cast.who("amal"), OFFER, action, ids(offer), value)
    assert offer.version == 2


def test_offers_are_handed_over_with_places_of_the_same_name(cast: Cast) -> None:
    old = make_actor(places=[PLACE], contacts=[{"function": "Büro"}])
    new = make_actor(name="Neuer Träger", places=[{**PLACE, "street": "Markt 1"}])
    offer = make_offer(old, contact=str(old.contacts[0].uuid))
    who = cast.who("amal")
    outlook = services.look_ahead(who, OFFER, "hand_over", ids(offer), new.uuid)
    assert outlook.left == [("Beratung", "Büro")]
    run = services.change_many(who, OFFER, "hand_over", ids(offer), new.uuid)
    assert (offer.actor, offer.places[0].place, offer.contact) == (new, new.places[0], None)
    services.undo(who, run.uuid)
    assert (offer.actor, offer.places[0].place) == (old, old.places[0])
    assert offer.contact is old.contacts[0]


def test_a_published_offer_is_not_handed_over_to_where_it_would_have_no_place(cast: Cast) -> None:
    offer, new = make_offer(areas=[]), make_actor(name="Ohne Standort")
    outlook = services.look_ahead(cast.who("amal"), OFFER, "hand_over", ids(offer), new.uuid)
    assert outlook.refused == [("Beratung", "lacking")]


def test_nothing_is_handed_over_to_another_district(cast: Cast) -> None:
    offer = make_offer()
    foreign = make_actor(name="Fürth", region="09573", status="draft")
    for uuid in (foreign.uuid, make_actor(region="09573").uuid, UNKNOWN):
        with pytest.raises(Invalid) as error:
            services.change_many(cast.who("amal"), OFFER, "hand_over", ids(offer), uuid)
        assert list(error.value.errors) == ["actor"]


def test_foreign_entries_are_not_found_and_nothing_is_changed(cast: Cast, as_user: Any) -> None:
    own, foreign = make_offer(), make_offer(make_actor(region="09573", places=[PLACE]))
    for uuids in (ids(own, foreign), [own.uuid, UNKNOWN]):
        with pytest.raises(NotFound):
            services.look_ahead(cast.who("amal"), OFFER, "archive", uuids, None)
    assert send(as_user("amal"), [own, foreign], "archive", step="do").status_code == 404
    assert {own.status, foreign.status} == {Status.PUBLISHED}


def test_the_log_holds_the_whole_state_before_and_after(cast: Cast) -> None:
    contacts = [{"function": "Büro"}]
    offer = make_offer(
        make_actor(places=[PLACE], contacts=contacts), runs=[{"starts_on": "2027-01-01"}]
    )
    db.session.execute(update(AuditEntry).values(state=None))  # as after an import
    before = OFFER.state(offer)
    run = services.change_many(cast.who("amal"), OFFER, "contact", ids(offer), "Büro")
    after = OFFER.state(offer)
    services.undo(cast.who("amal"), run.uuid)
    newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(3)
    undone, changed, kept = db.session.scalars(newest).all()
    assert (kept.action, kept.state) == ("offer.kept", before)
    assert (changed.state, changed.changes) == (after, {"contact": [None, "Büro"]})
    assert (undone.state, OFFER.state(offer)) == (before, before)


@pytest.mark.parametrize("action", ["confirm", "archive", "add_field", "hand_over"])
def test_as_little_is_asked_for_six_as_for_two(cast: Cast, action: str) -> None:
    who, new = cast.who("amal"), make_actor(name="Neu", places=[PLACE])
    value = {"add_field": "work", "hand_over": new.uuid}.get(action)
    asked = []
    for number in (2, 2, 6):  # the first time the vocabulary is read as well
        rows = ids(*(make_offer(make_actor(places=[PLACE])) for _each in range(number)))
        db.session.commit()
        with count_queries() as seen:
            services.undo(who, services.change_many(who, OFFER, action, rows, value).uuid)
        asked.append(len(seen))
    assert asked[1] >= asked[2]


def test_undoing_passes_by_and_names_what_was_changed_since(cast: Cast, as_user: Any) -> None:
    first, second = make_offer(title={"de": "Erstes"}), make_offer(title={"de": "Zweites"})
    client = as_user("amal")
    answer = send(client, [first, second], "archive", step="do")
    offers.restore_offer(cast.who("dana"), second.uuid)
    db.session.commit()
    page = client.post(f"{answer.location}/undo", follow_redirects=True).text
    assert (first.status, second.status) == (Status.PUBLISHED, Status.DRAFT)
    assert "Zweites" in page
    assert "Erstes" not in page


def test_a_run_can_be_undone_for_a_while_and_by_its_maker_alone(cast: Cast, as_user: Any) -> None:
    offer = make_offer()
    run = services.change_many(cast.who("amal"), OFFER, "archive", ids(offer), None)
    with pytest.raises(NotFound):
        services.undo(cast.who("dana"), run.uuid)
    db.session.get(BulkRun, run.id).made_at = now() - timedelta(minutes=16)
    db.session.commit()
    assert "can be undone" not in as_user("amal").get(f"/en/office/bulk/run/{run.uuid}").text
    with pytest.raises(Invalid):
        services.undo(cast.who("amal"), run.uuid)


def test_readers_and_actors_editors_change_nothing_together(cast: Cast, as_user: Any) -> None:
    offer = make_offer()
    cast.keeps(offer.actor)
    db.session.commit()
    for name in ("carla", "emil"):
        assert send(as_user(name), [offer], "archive", step="do").status_code == 403
        assert "Change the chosen" not in as_user(name).get("/en/office/offers").text
    assert offer.status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("", ""),
        ("nix", ""),
        ("cost", "nix"),
        ("valid_to", "bald"),
        ("contact", ""),
        ("source", "x"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_lost(
    as_user: Any, action: str, value: str
) -> None:
    offer: Offer = make_offer()
    answer = send(as_user("amal"), [offer], action, value, step="do")
    assert answer.status_code == 422
    assert str(offer.uuid) in answer.text
    assert offer.version == 2


def test_too_many_at_once_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_offer(), make_offer()]
    monkeypatch.setattr(services, "MAX_ROWS", 1)
    with pytest.raises(Invalid):
        services.look_ahead(cast.who("amal"), OFFER, "archive", ids(*made), None)


def test_nothing_chosen_leads_back_to_the_list_with_its_filter(as_user: Any) -> None:
    answer = as_user("amal").post(f"{OFFERS}?q=Kurs")
    assert answer.location == "/en/office/offers?q=Kurs"
    assert as_user("amal").get(OFFERS).status_code == 302


def test_an_actor_is_chosen_in_its_list(as_user: Any) -> None:
    actor: Actor = make_actor()
    page = as_user("amal").get("/en/office/actors").text
    assert f'name="ids" value="{actor.uuid}"' in page
    assert "/en/office/bulk/actor" in page
