"""An offer that another actor provides by now: its former provider is asked about the rest."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.upkeep.bulk import services as bulk
from registry.upkeep.kinds import OFFER
from tests.factories.actors import PLACE, make_actor
from tests.factories.campaigns import entry_of, key_of, make_due, request_of, start_campaign
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")


@pytest.fixture
def asked(database: None) -> Any:
    """Return a request about an actor and two offers, one of which was handed over since."""
    actor, other = make_due(), make_actor(name="Anderer Verband", places=[PLACE])
    handed = make_offer(actor, title={"de": "Weitergegeben"})
    request = request_of(start_campaign(), actor)
    bulk.change_many(CONSOLE, OFFER, "hand_over", [handed.uuid], other.uuid)
    db.session.commit()
    assert handed.actor is other
    return request


def test_the_link_shows_and_answers_only_what_is_still_the_actors_own(
    client: FlaskClient, asked: Any
) -> None:
    address = f"/en/confirm?key={key_of(asked)}"
    page = client.get(address).text
    assert "Weitergegeben" not in page
    itself = entry_of(asked)
    begin = f"e{itself.uuid.hex}."
    form = {f"{begin}answer": "correct", f"{begin}version": itself.subject.version}
    assert client.post(address, data=form).status_code == 302
    assert itself.subject.last_confirmed == date.today()


def test_an_answer_about_what_was_handed_over_opens_nothing(
    client: FlaskClient, asked: Any
) -> None:
    handed = next(e for e in asked.entries if e.offer and e.offer.actor_id != asked.actor_id)
    begin, version = f"e{handed.uuid.hex}.", handed.subject.version
    form = {f"{begin}answer": "gone", f"{begin}version": version}
    answer = client.post(f"/en/confirm?key={key_of(asked)}", data=form)
    assert answer.status_code == 404
    assert handed.answer is None
