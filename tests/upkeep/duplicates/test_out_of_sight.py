"""Archived entries: nothing is merged into them, and nothing leads round in circles."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.core.errors import Conflict
from registry.upkeep.duplicates.merging import services
from registry.upkeep.duplicates.merging.services import Pair
from tests.factories.actors import make_actor

pytestmark = pytest.mark.usefixtures("no_csrf")


def merge(winner: Actor, loser: Actor) -> None:
    pair = Pair("actor", winner.uuid, loser.uuid, (winner.version, loser.version))
    services.merge(CONSOLE, pair, [])
    db.session.commit()


def test_what_is_archived_neither_takes_in_nor_goes_into_another(database: None) -> None:
    there, gone = make_actor(), make_actor(status=Status.ARCHIVED)
    for winner, loser in ((gone, there), (there, gone)):
        with pytest.raises(Conflict):
            merge(winner, loser)
    assert there.status == Status.PUBLISHED


def test_two_entries_merged_crosswise_do_not_lead_round_in_circles(
    client: FlaskClient, as_user: Any
) -> None:
    first, second = make_actor(), make_actor()
    merge(first, second)
    form = {"version_winner": second.version, "version_loser": first.version}
    address = f"/en/office/duplicates/actor/{second.uuid}/{first.uuid}"
    assert as_user("dana").post(address, data=form).status_code == 409
    assert client.get(f"/en/actors/{second.uuid}", follow_redirects=True).status_code == 200
    actors.archive_actor(CONSOLE, first.uuid)
    db.session.commit()
    assert client.get(f"/en/actors/{second.uuid}", follow_redirects=True).status_code == 404


def test_the_address_of_another_kind_of_entry_leads_nowhere(
    client: FlaskClient, database: None
) -> None:
    first, second = make_actor(), make_actor()
    merge(first, second)
    assert client.get(f"/en/offers/{second.uuid}").status_code == 404
