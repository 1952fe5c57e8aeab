"""Taking merged entries apart again."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.actors.schemas import ActorSchema
from registry.core.db import db
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.upkeep.duplicates.models import Merging
from tests.factories.offers import make_offer
from tests.upkeep.duplicates.twins import DONE, address, merged
from tests.upkeep.suggestions.visitors import filled

pytestmark = pytest.mark.usefixtures("no_csrf")


def said(actor: Actor) -> dict[str, Any]:
    """Return what an actor says and has, but for what every save changes."""
    db.session.expire_all()
    dumped = ActorSchema(audience="office").dump(actor)
    return {name: value for name, value in dumped.items() if name != "version"}


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
