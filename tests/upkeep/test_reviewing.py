"""The office decides on what actors' editors put before it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from registry.access.policy import Who
from registry.actors.models import Actor, Status
from registry.actors.proposals.models import Proposal, State
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.mail.models import Mail
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.upkeep.reviewing import queries, services
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")
QUEUE = "/en/office/review"


@pytest.fixture
def actor(cast: Cast) -> Actor:
    made = make_actor(places=[PLACE])
    cast.keeps(made)
    db.session.commit()
    return made


@pytest.fixture
def emil(cast: Cast, actor: Actor) -> Who:
    return cast.who("emil")


def proposed(emil: Who, offer: Offer, title: str = "Neuer Titel") -> UUID:
    offers.update_offer(emil, offer.uuid, offer.version, {"title": {"de": title}})
    db.session.commit()
    return newest().uuid


def newest() -> Proposal:
    return db.session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()


def test_an_accepted_change_is_what_everyone_sees(
    cast: Cast, actor: Actor, emil: Who, as_user: Any
) -> None:
    offer = make_offer(actor)
    uuid = proposed(emil, offer)
    page = as_user("amal").get(f"{QUEUE}/{uuid}").text
    assert '<del dir="auto">Beratung</del>' in page
    assert "Neuer Titel" in page
    answer = as_user("amal").post(f"{QUEUE}/{uuid}/accept", data={"version": offer.version})
    assert answer.status_code == 302
    assert (str(offer), newest().state) == ("Neuer Titel", State.ACCEPTED)


def test_an_accepted_draft_is_published(cast: Cast, actor: Actor, emil: Who) -> None:
    draft = make_offer(actor, emil, status="draft")
    offers.submit_offer(emil, draft.uuid)
    services.accept(cast.who("amal"), newest().uuid, draft.version)
    assert (draft.status, newest().state) == (Status.PUBLISHED, State.ACCEPTED)


def test_an_accepted_wish_archives(cast: Cast, actor: Actor, emil: Who) -> None:
    offer = make_offer(actor)
    offers.archive_offer(emil, offer.uuid)
    services.accept(cast.who("amal"), newest().uuid, offer.version)
    assert (offer.status, newest().state) == (Status.ARCHIVED, State.ACCEPTED)


def test_a_change_proposed_before_the_office_saved_is_a_conflict_that_is_shown(
    cast: Cast, actor: Actor, emil: Who, as_user: Any
) -> None:
    offer = make_offer(actor)
    uuid, seen = proposed(emil, offer), offer.version
    offers.update_offer(cast.who("amal"), offer.uuid, seen, {"title": {"de": "Vom Amt"}})
    db.session.commit()
    answer = as_user("amal").post(f"{QUEUE}/{uuid}/accept", data={"version": seen})
    assert answer.status_code == 409
    assert "saved by someone else in the meantime" in answer.text
    assert "Vom Amt" in answer.text
    assert str(offer) == "Vom Amt"
    as_user("amal").post(f"{QUEUE}/{uuid}/accept", data={"version": offer.version})
    assert str(offer) == "Neuer Titel"


def test_a_return_needs_a_reason_and_tells_it_by_mail_and_on_the_form(
    actor: Actor, emil: Who, as_user: Any
) -> None:
    draft = make_offer(actor, emil, status="draft")
    offers.submit_offer(emil, draft.uuid)
    db.session.commit()
    address = f"{QUEUE}/{newest().uuid}/return"
    assert as_user("amal").post(address, data={"reason": " "}).status_code == 422
    assert as_user("amal").post(address, data={"reason": "x" * 1001}).status_code == 422
    assert as_user("amal").post(address, data={"reason": "Bitte Zeiten nennen"}).status_code == 302
    assert (draft.status, newest().state) == (Status.DRAFT, State.RETURNED)
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.kind, mail.recipient) == ("entry_returned", "emil@example.org")
    assert mail.facts["reason"] == "Bitte Zeiten nennen"
    form = as_user("emil").get(f"/en/office/offers/{draft.uuid}").text
    assert "Bitte Zeiten nennen" in form


def test_what_is_decided_is_not_decided_twice(cast: Cast, actor: Actor, emil: Who) -> None:
    offer = make_offer(actor)
    uuid = proposed(emil, offer)
    services.accept(cast.who("amal"), uuid, offer.version)
    with pytest.raises(Conflict):
        services.accept(cast.who("amal"), uuid, offer.version)
    with pytest.raises(Conflict):
        services.send_back(cast.who("amal"), uuid, "zu spät")


def test_a_change_that_no_longer_fits_says_why_and_changes_nothing(
    cast: Cast, emil: Who, actor: Actor, as_user: Any
) -> None:
    offer = make_offer(actor, min_age=3)
    offers.update_offer(emil, offer.uuid, offer.version, {"min_age": 12})
    offers.update_offer(cast.who("amal"), offer.uuid, offer.version, {"max_age": 9})
    db.session.commit()
    answer = as_user("amal").post(
        f"{QUEUE}/{newest().uuid}/accept", data={"version": offer.version}
    )
    assert answer.status_code == 422
    assert "The upper age lies below the lower one." in answer.text
    assert (offer.min_age, newest().state) == (3, State.WAITING)


def test_other_districts_and_actors_editors_decide_nothing(
    cast: Cast, actor: Actor, emil: Who, as_user: Any
) -> None:
    uuid = proposed(emil, make_offer(actor))
    for name in ("boris", "emil", "carla"):
        with pytest.raises(NotFound):
            services.accept(cast.who(name), uuid, 1)
        with pytest.raises(NotFound):
            services.send_back(cast.who(name), uuid, "nein")
        assert as_user(name).get(f"{QUEUE}/{uuid}").status_code == 404
    assert as_user("emil").get(QUEUE).status_code == 403
    assert "Beratung" not in as_user("boris").get(QUEUE).text


def test_the_queue_is_oldest_first_and_asks_little(
    cast: Cast, actor: Actor, emil: Who, as_user: Any
) -> None:
    client = as_user("amal")
    assert "Nothing waits for you here." in client.get(QUEUE).text
    proposed(emil, make_offer(actor, title={"de": "Zuerst"}))
    counts = []
    for number in range(2):
        with count_queries() as seen:
            page = client.get(QUEUE).text
        counts.append(len(seen))
        proposed(emil, make_offer(actor, title={"de": f"Danach {number}"}))
    assert counts[0] == counts[1]
    page = client.get(QUEUE).text
    assert page.index("Zuerst") < page.index("Danach 0") < page.index("Danach 1")
    assert queries.count(cast.who("amal")) == 3


def test_no_reason_no_return(cast: Cast, actor: Actor, emil: Who) -> None:
    uuid = proposed(emil, make_offer(actor))
    with pytest.raises(Invalid):
        services.send_back(cast.who("amal"), uuid, "")
