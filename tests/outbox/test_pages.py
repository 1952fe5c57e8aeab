"""The office's mail: what it shows, what can be done, and whose it is."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.services import create_user
from registry.audit.models import AuditEntry
from registry.core.db import db, now
from registry.core.mail import suppression
from registry.core.mail.models import Mail, State
from registry.core.mail.outbox import Letter, post
from tests.conftest import PASSWORD, Cast, count_queries

DATABASES = ["postgresql"]

LIST = "/en/office/mail"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast, and Ada, who administers Roth alone."""
    cast.ada = create_user(CONSOLE, "ada@example.org", PASSWORD, Role.ADMINISTRATOR, "09576")  # type: ignore[attr-defined]
    db.session.commit()
    return cast


def make_mail(state: State = State.WAITING, region: str = "09576", to: str = "") -> Mail:
    mail = post(Letter("note", to or f"{state}@example.org", region, {"secret": "fact"}))
    mail.state = state
    if state in (State.HELD, State.BOUNCED):
        suppression.add(db.session(), mail.recipient, suppression.BOUNCED, now())
    db.session.commit()
    return mail


def test_an_empty_outbox_says_what_belongs_there(as_user: Any) -> None:
    assert "No mail has been written yet" in as_user("dana").get(LIST).text


def test_mails_are_listed_by_state_with_their_problem(as_user: Any) -> None:
    make_mail(State.SENT)
    make_mail(State.DEAD).error = "451 Try again later"
    db.session.commit()
    page = as_user("dana").get(f"{LIST}?state=dead").text
    assert "dead@example.org" in page
    assert "451 Try again later" in page
    assert "sent@example.org" not in page
    assert "sent@example.org" in as_user("dana").get(LIST).text


def test_an_administrator_sees_the_mail_of_the_own_region_only(as_user: Any, cast: Cast) -> None:
    make_mail(to="ours@example.org")
    foreign = make_mail(region="09573", to="theirs@example.org")
    make_mail(region="", to="everybodys@example.org")
    page = as_user("ada").get(LIST).text
    assert "ours@example.org" in page
    assert "theirs@example.org" not in page
    assert "everybodys@example.org" not in page
    assert as_user("ada").get(f"{LIST}/{foreign.uuid}").status_code == 404


@pytest.mark.parametrize("name", ["amal", "carla", "olga"])
def test_mail_is_looked_after_by_administrators_only(as_user: Any, name: str) -> None:
    assert as_user(name).get(LIST).status_code == 403
    assert as_user(name).get(f"{LIST}/{uuid4()}").status_code == 403


@pytest.mark.parametrize("action", ["again", "cancel", "lift"])
def test_a_foreign_mail_is_as_unknown_as_none(as_user: Any, no_csrf: None, action: str) -> None:
    foreign = make_mail(State.DEAD, region="09573")
    ada = as_user("ada")
    for uuid in (foreign.uuid, uuid4()):
        assert ada.post(f"{LIST}/{uuid}/{action}", data={"reason": "x"}).status_code == 404
    assert db.session.get_one(Mail, foreign.id).state == State.DEAD


def test_a_mail_given_up_can_be_tried_again(as_user: Any, no_csrf: None) -> None:
    mail = make_mail(State.DEAD)
    mail.tries = 6
    db.session.commit()
    page = as_user("dana").post(f"{LIST}/{mail.uuid}/again", follow_redirects=True)
    assert "The mail waits to be sent." in page.text
    db.session.expire_all()
    assert (mail.state, mail.tries) == (State.WAITING, 0)


def test_a_waiting_mail_can_be_cancelled_once(as_user: Any, no_csrf: None) -> None:
    mail = make_mail()
    dana = as_user("dana")
    assert dana.post(f"{LIST}/{mail.uuid}/cancel").status_code == 303
    again = dana.post(f"{LIST}/{mail.uuid}/cancel")
    assert again.status_code == 422
    assert "changed meanwhile" in again.text
    db.session.expire_all()
    assert mail.state == State.CANCELLED


@pytest.mark.parametrize("state", [State.SENT, State.SENDING, State.CANCELLED])
def test_a_mail_on_its_way_is_left_alone(as_user: Any, no_csrf: None, state: State) -> None:
    mail = make_mail(state)
    for action in ("again", "cancel"):
        assert as_user("dana").post(f"{LIST}/{mail.uuid}/{action}").status_code == 422


def test_a_suppressed_address_has_to_be_allowed_first(as_user: Any, no_csrf: None) -> None:
    mail = make_mail(State.HELD)
    answer = as_user("dana").post(f"{LIST}/{mail.uuid}/again")
    assert answer.status_code == 422
    assert "Lift that first" in answer.text


def test_allowing_an_address_needs_a_reason_and_lets_held_mail_leave(
    as_user: Any, no_csrf: None
) -> None:
    mail, other = make_mail(State.HELD), make_mail(State.HELD, to="HELD@example.org")
    foreign = make_mail(State.HELD, "09573", to="held@example.org")
    ada = as_user("ada")
    refused = ada.post(f"{LIST}/{mail.uuid}/lift", data={"reason": "  "})
    assert refused.status_code == 422
    assert "Please say why" in refused.text
    assert ada.post(f"{LIST}/{mail.uuid}/lift", data={"reason": "Moved back"}).status_code == 303
    db.session.expire_all()
    assert suppression.of(db.session(), "held@example.org") is None
    assert [each.state for each in (mail, other, foreign)] == ["waiting", "waiting", "held"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "mail.lifted")).one()
    assert entry.changes == {"reason": [None, "Moved back"]}
    assert "example.org" not in entry.subject_label


def test_pages_of_mail_cost_the_same_at_any_length(as_user: Any) -> None:
    counted = []
    for number in (1, 3):
        for _each in range(number):
            make_mail(State.DEAD)
        dana = as_user("dana")
        dana.get(LIST)
        with count_queries() as seen:
            assert dana.get(LIST).status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 8


@pytest.mark.parametrize("query", ["?page=999999", "?state=nix", "?page=abc"])
def test_odd_addresses_show_a_page_anyway(as_user: Any, query: str) -> None:
    make_mail()
    assert as_user("dana").get(f"{LIST}{query}").status_code == 200
