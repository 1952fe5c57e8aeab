"""Merging two entries: what is proposed, and what goes along."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.models import UserGrant
from registry.actors.models import Actor, Status
from registry.audit import queries as audit
from registry.core.db import db
from registry.upkeep.duplicates.merging import queries, services
from registry.upkeep.suggestions import services as suggestions
from registry.upkeep.suggestions.services import Wish
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.upkeep.duplicates.twins import DONE, address, merged
from tests.upkeep.suggestions.visitors import filled

pytestmark = pytest.mark.usefixtures("no_csrf")


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


def test_both_histories_stay_and_name_each_other(pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    merged("actor", winner, loser)
    verbs = ((winner, loser, "received", "merged"), (loser, winner, "merged", "merged_into"))
    for entry, other, verb, name in verbs:
        rows, _total = audit.entries(CONSOLE, subject_id=entry.uuid)
        [row] = [row for row in rows if row.action == f"actor.{verb}"]
        assert row.changes == {name: [None, str(other)]}
        assert "actor.created" in {each.action for each in rows}
