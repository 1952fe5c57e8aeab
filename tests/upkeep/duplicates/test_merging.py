"""Merging two entries, and taking them apart again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.models import UserGrant
from registry.accounts.sessions import services as sessions
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.actors.schemas import ActorSchema
from registry.app import create_app
from registry.audit import queries as audit
from registry.core.db import db
from registry.exchange.reference import set_up_register
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.upkeep.duplicates.merging import queries, services
from registry.upkeep.duplicates.merging.services import Pair
from registry.upkeep.duplicates.models import Merging
from registry.upkeep.suggestions import services as suggestions
from registry.upkeep.suggestions.services import Wish
from tests.conftest import SETTINGS, Cast, fresh_database
from tests.factories.actors import make_actor
from tests.factories.forms import changed
from tests.factories.offers import make_offer
from tests.upkeep.suggestions.visitors import filled

pytestmark = pytest.mark.usefixtures("no_csrf")
PLACE = {"name": "Haus", "street": "Weg 1", "postcode": "91154", "city": "Roth"}
DONE = "/en/office/duplicates/merged"


def address(kind: str, winner: Any, loser: Any) -> str:
    return f"/en/office/duplicates/{kind}/{winner.uuid}/{loser.uuid}"


@pytest.fixture
def pair(database: None) -> tuple[Actor, Actor]:
    """Two actors that are one; the loser has everything that can hang on an actor."""
    winner = make_actor(name="Tafelladen", places=[PLACE])
    loser = make_actor(
        name="Tafelladen e.V.",
        website="https://tafel.example",
        description={"de": "Lebensmittel"},
        places=[{**PLACE, "name": "Lager"}],
        contacts=[{"function": "Empfang", "phone": "09171 1"}],
        units=[{"name": "Ausgabe"}],
        last_confirmed="2026-10-01",
    )
    return winner, loser


def versions(kind: str, winner: Any, loser: Any) -> Pair:
    return Pair(kind, winner.uuid, loser.uuid, (winner.version, loser.version))


def merged(kind: str, winner: Any, loser: Any, taken: Any = ()) -> Merging:
    made = services.merge(CONSOLE, versions(kind, winner, loser), taken)
    db.session.commit()
    return made


def said(actor: Actor) -> dict[str, Any]:
    """Return what an actor says and has, but for what every save changes."""
    db.session.expire_all()
    dumped = ActorSchema(audience="office").dump(actor)
    return {name: value for name, value in dumped.items() if name != "version"}


def test_the_page_proposes_what_is_filled_and_newer_and_shows_what_goes_along(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    make_offer(loser, title="Ausgabe am Montag")
    amal = as_user("amal")
    form = filled(amal, address("actor", winner, loser))
    page = amal.get(address("actor", winner, loser)).text
    for words in ("Ausgabe am Montag", "Lager", "Empfang", "tafel.example"):
        assert words in page
    assert form["version_winner"] == str(winner.version)
    assert 'name="take.website" value="loser" checked' in page
    assert 'name="take.category"' not in page


def test_everything_that_points_at_the_loser_moves(
    as_user: Any, cast: Cast, client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    offer = make_offer(loser, contact=str(loser.contacts[0].uuid), unit=str(loser.units[0].uuid))
    child = make_actor(name="Zweigstelle", parent=str(loser.uuid))
    emil = cast.keeps(loser)
    wish = suggestions.suggest(loser, "09576", "x", Wish([], gone=True))
    db.session.commit()
    amal = as_user("amal")
    form = {**filled(amal, address("actor", winner, loser)), "take.website": "loser"}
    answer = amal.post(address("actor", winner, loser), data=form)
    assert answer.headers["Location"] == DONE
    db.session.expire_all()
    assert {place.name for place in winner.places} == {"Haus", "Lager"}
    assert [each.function for each in winner.contacts] == ["Empfang"]
    assert [each.name for each in winner.units] == ["Ausgabe"]
    assert (offer.actor, child.parent, wish.actor) == (winner, winner, winner)
    assert [grant.actor_id for grant in emil.grants] == [winner.id]
    assert (winner.website, winner.name) == ("https://tafel.example", "Tafelladen")
    assert (loser.status, loser.places) == (Status.ARCHIVED, [])
    page = client.get(f"/en/actors/{winner.uuid}").text
    assert "https://tafel.example" in page


def test_nothing_that_points_at_an_entry_is_forgotten() -> None:
    """Later rooms take part by their foreign keys; what stays behind is named here."""
    tables = {kind: {each.table for each in queries.pointers(kind)} for kind in ("actor", "offer")}
    assert {"offer", "place", "contact", "unit", "actor", "user_grant", "suggestion"} <= tables[
        "actor"
    ]
    assert {"offer_place", "offer_run", "offer_closure", "suggestion"} <= tables["offer"]
    said_by_the_entry = {"actor_area", "actor_field", "offer_term", "offer_area", "offer_language"}
    assert not said_by_the_entry & (tables["actor"] | tables["offer"])


def test_what_the_winner_has_already_stays_behind(cast: Cast, pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    emil = cast.keeps(winner)
    emil.grants.append(UserGrant(role=Role.ACTOR_EDITOR.value, region="09576", actor_id=loser.id))
    db.session.commit()
    made = merged("actor", winner, loser)
    db.session.expire_all()
    assert sorted(grant.actor_id for grant in emil.grants) == sorted([winner.id, loser.id])
    services.take_apart(CONSOLE, made.uuid)
    assert len(emil.grants) == 2


def test_an_actor_merged_with_its_own_parent_moves_up(pair: tuple[Actor, Actor]) -> None:
    _winner, loser = pair
    above = make_actor(name="Landesverband")
    loser.parent = above
    middle = make_actor(name="Mitte", parent=str(loser.uuid))
    below = make_actor(name="Unten", parent=str(middle.uuid))
    made = merged("actor", below, loser)
    db.session.expire_all()
    assert (below.parent, middle.parent) == (above, below)
    services.take_apart(CONSOLE, made.uuid)
    assert (below.parent, middle.parent) == (middle, loser)


def test_undo_gives_everything_back(as_user: Any, pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    offer = make_offer(loser)
    before = said(winner), said(loser)
    made = merged("actor", winner, loser, ["website", "description", "last_confirmed", "name"])
    assert winner.name == "Tafelladen e.V."
    answer = as_user("amal").post(f"{DONE}/{made.uuid}/undo")
    assert answer.headers["Location"] == DONE
    assert (said(winner), said(loser)) == before
    assert offer.actor is loser
    again = as_user("amal").post(f"{DONE}/{made.uuid}/undo")
    assert again.status_code == 409
    assert "took these two apart already" in again.text


def change_winner(winner: Actor, _loser: Actor, _offer: Offer) -> str:
    actors.confirm_actor(CONSOLE, winner.uuid, winner.created_at.date())
    return winner.name


def change_loser(_winner: Actor, loser: Actor, _offer: Offer) -> str:
    actors.restore_actor(CONSOLE, loser.uuid)
    return loser.name


def change_moved(_winner: Actor, _loser: Actor, offer: Offer) -> str:
    offers.archive_offer(CONSOLE, offer.uuid)
    return str(offer)


def delete_moved(_winner: Actor, _loser: Actor, offer: Offer) -> str:
    db.session.delete(offer)
    return "an entry that was deleted"


def use_moved(winner: Actor, _loser: Actor, _offer: Offer) -> str:
    db.session.refresh(winner)
    store = next(place for place in winner.places if place.name == "Lager")
    return str(make_offer(winner, title="Neu im Lager", places=[{"place": str(store.uuid)}]))


@pytest.mark.parametrize(
    "change", [change_winner, change_loser, change_moved, delete_moved, use_moved]
)
def test_undo_is_refused_by_name_once_something_has_changed(
    as_user: Any,
    pair: tuple[Actor, Actor],
    change: Callable[[Actor, Actor, Offer], str],
) -> None:
    winner, loser = pair
    offer = make_offer(loser, title="Ausgabe")
    made = merged("actor", winner, loser)
    name = change(winner, loser, offer)
    db.session.commit()
    answer = as_user("amal").post(f"{DONE}/{made.uuid}/undo")
    assert answer.status_code == 422
    assert f"Changed since: {name}" in answer.text
    db.session.expire_all()
    assert made.undone_at is None
    assert [place.actor_id for place in winner.places] == [winner.id] * 2


def test_offers_of_one_actor_are_merged_and_taken_apart(
    as_user: Any, database: None, client: FlaskClient
) -> None:
    one = make_offer(title="Sprachcafé", summary={"de": "Gespräche"})
    run = {"starts_on": "2027-01-01"}
    two = make_offer(
        one.actor,
        title="Sprach-Café",
        summary={"de": "Reden", "en": "Talk"},
        runs=[run],
        languages=[{"language": "uk"}],
    )
    amal = as_user("amal")
    form = filled(amal, address("offer", one, two))
    taken = {f"take.{name}": "loser" for name in ("summary", "languages")}
    assert amal.post(address("offer", one, two), data={**form, **taken}).status_code == 302
    db.session.expire_all()
    assert (one.summary.bodies["en"], str(one), len(one.runs)) == ("Talk", "Sprachcafé", 1)
    assert [row.language.key for row in one.languages] == ["uk"]
    assert (two.status, len(two.places), two.runs) == (Status.ARCHIVED, 1, [])
    [made] = db.session.query(Merging).all()
    assert amal.post(f"{DONE}/{made.uuid}/undo").status_code == 302
    db.session.expire_all()
    assert (one.summary.bodies, one.runs, len(two.runs)) == ({"de": "Gespräche"}, [], 1)
    assert two.status == Status.PUBLISHED


def test_offers_of_different_actors_wait_for_their_actors(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    one, two = make_offer(pair[0]), make_offer(pair[1])
    amal = as_user("amal")
    form = filled(amal, address("offer", one, two))
    answer = amal.post(address("offer", one, two), data=form)
    assert answer.status_code == 422
    assert "merge the providers first" in answer.text
    assert two.status == Status.PUBLISHED


def test_a_refused_choice_changes_nothing(as_user: Any, database: None) -> None:
    one = make_offer(title="Kurs", level_from="A1", level_to="A2")
    two = make_offer(one.actor, title="Kurs!", level_from="B1", level_to="B2")
    amal = as_user("amal")
    form = {**filled(amal, address("offer", one, two))}
    form = {name: value for name, value in form.items() if not name.startswith("take.")}
    answer = amal.post(address("offer", one, two), data={**form, "take.level_from": "loser"})
    assert answer.status_code == 422
    assert "upper level" in answer.text
    db.session.expire_all()
    assert (one.level_from.key, two.status) == ("A1", Status.PUBLISHED)


def test_the_losers_address_leads_to_the_winner_until_it_is_undone(
    client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    made = merged("actor", winner, loser)
    answer = client.get(f"/de/actors/{loser.uuid}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/de/actors/{winner.uuid}")
    assert "no-cache" in answer.headers["Cache-Control"]
    services.take_apart(CONSOLE, made.uuid)
    db.session.commit()
    assert client.get(f"/de/actors/{loser.uuid}").status_code == 200


def test_an_address_leads_on_through_two_merges_but_never_to_a_draft(
    client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    last = make_actor(name="Tafel", status=Status.DRAFT)
    merged("actor", winner, loser)
    merged("actor", last, winner)
    path = client.get(f"/de/actors/{loser.uuid}").headers["Location"]
    assert client.get(path).status_code == 404
    actors.publish_actor(CONSOLE, last.uuid)
    db.session.commit()
    assert client.get(path).headers["Location"] == f"/de/actors/{last.uuid}"


def test_both_histories_stay_and_name_each_other(pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    merged("actor", winner, loser)
    verbs = ((winner, loser, "received", "merged"), (loser, winner, "merged", "merged_into"))
    for entry, other, verb, name in verbs:
        rows, _total = audit.entries(CONSOLE, subject_id=entry.uuid)
        [row] = [row for row in rows if row.action == f"actor.{verb}"]
        assert row.changes == {name: [None, str(other)]}
        assert "actor.created" in {each.action for each in rows}


@pytest.mark.parametrize("name", ["boris", "carla", "olga"])
def test_another_district_knows_neither_pair_nor_merge(
    as_user: Any, pair: tuple[Actor, Actor], name: str
) -> None:
    winner, loser = pair
    foreign = make_actor(name="Tafelladen", region="09573", places=[PLACE])
    made = merged("actor", foreign, make_actor(name="Tafel", region="09573"))
    made_here = merged("actor", winner, make_actor(name="Tafelei"))
    other = as_user(name)
    mixed = [(winner, loser), (foreign, loser), (loser, foreign)]
    for one, two in mixed:
        assert other.get(address("actor", one, two)).status_code == 404
        for step in ("", "/apart"):
            assert other.post(address("actor", one, two) + step).status_code == 404
    assert other.post(f"{DONE}/{made_here.uuid}/undo").status_code == 404
    assert as_user("amal").post(f"{DONE}/{made.uuid}/undo").status_code == 404
    assert as_user("amal").post(address("actor", winner, foreign)).status_code == 404
    assert loser.status == Status.PUBLISHED


def test_nonsense_in_the_address_does_not_exist(as_user: Any, pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    amal = as_user("amal")
    for path in (address("user", winner, loser), address("actor", winner, winner)):
        assert amal.get(path).status_code == 404
        assert amal.post(path).status_code == 404
    assert amal.get(address("offer", winner, loser)).status_code == 404


def test_a_page_that_is_no_longer_true_merges_nothing(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    amal = as_user("amal")
    form = filled(amal, address("actor", winner, loser))
    actors.confirm_actor(CONSOLE, loser.uuid, loser.created_at.date())
    db.session.commit()
    answer = amal.post(address("actor", winner, loser), data=form)
    assert answer.status_code == 409
    assert "Nothing was merged" in answer.text
    assert loser.status == Status.PUBLISHED
    fresh = changed(filled(amal, "", answer.text))
    assert amal.post(address("actor", winner, loser), data=fresh).status_code == 302


def test_hostile_names_stay_text(as_user: Any, database: None) -> None:
    hostile = '"><script>alert(1)</script>{{7*7}}'
    one, two = (make_actor(name=f"{hostile}{end}", places=[PLACE]) for end in ("", " e.V."))
    amal = as_user("amal")
    pages = [amal.get("/en/office/duplicates").text, amal.get(address("actor", one, two)).text]
    merged("actor", one, two)
    pages.append(amal.get(DONE).text)
    assert all("<script>alert" not in page and "{{7*7}}" in page for page in pages)


# --- at the same time, with transactions that really end


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/merging.sqlite3"
    else:
        url = fresh_database(request.getfixturevalue("postgres"), "registry_merging")
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        set_up_register(CONSOLE, "09576", only_below="09576")
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("turned", [False, True], ids=["same way", "either way"])
def test_of_two_who_merge_the_same_pair_one_is_told_so(served: Flask, turned: bool) -> None:
    with served.app_context():
        people = Cast()
        db.session.commit()
        one = make_actor(name="Tafelladen", places=[PLACE])
        two = make_actor(name="Tafelladen e.V.", places=[{**PLACE, "name": "Lager"}])
        ways = [
            address("actor", one, two),
            address("actor", *((two, one) if turned else (one, two))),
        ]
        who = [sessions.begin(each, "Firefox") for each in (people.amal, people.dana)]
        db.session.commit()
    answers: list[int] = []
    start = Barrier(2)

    def ask(way: str, person: str) -> None:
        client = served.test_client()
        with client.session_transaction() as session:
            session.update({"_user_id": person, "_fresh": True})
        form = filled(client, way)
        start.wait()
        answers.append(client.post(way, data=form).status_code)

    threads = [Thread(target=ask, args=pair) for pair in zip(ways, who, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    with served.app_context():
        found = db.session.query(Actor).order_by(Actor.id).all()
        assert sorted(len(actor.places) for actor in found) == [0, 2]
        assert db.session.query(Merging).count() == 1
