"""What may be kept of a contact, and that it is told so."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors import services
from registry.actors.contacts import queries
from registry.actors.contacts.services import due_notices
from registry.actors.models import Actor, Contact
from registry.actors.schemas import ActorSchema
from registry.core.db import db, now
from registry.core.errors import Invalid, NotAllowed
from registry.core.mail import rendering, sending
from registry.core.mail.models import Mail
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.mail.conftest import Postman, post_office, postman, write  # noqa: F401

TODAY = date.today()
LONG_AGO = TODAY - timedelta(days=40)
ADDRESS = "amt@example.org"


def make_contact(region: str = "09576", **fields: Any) -> Contact:
    given = {"function": "Empfang", "email": ADDRESS, **fields}
    entered = given.pop("entered_on", TODAY)
    actor = make_actor(region=region, contacts=[given])
    actor.contacts[0].entered_on = entered
    db.session.commit()
    return actor.contacts[0]


def change(actor: Actor, **fields: Any) -> None:
    row = {"id": str(actor.contacts[0].uuid), "function": "Empfang", "email": ADDRESS, **fields}
    data = ActorSchema(audience="office", partial=True).load({"contacts": [row]})
    services.update_actor(CONSOLE, actor.uuid, actor.version, data)
    db.session.commit()


@pytest.mark.parametrize("use", ["publish_public", "publish_network", "use_for_invitations"])
def test_consent_needs_its_date_before_any_use(database: None, use: str) -> None:
    actor = make_contact().actor
    with pytest.raises(Invalid) as refused:
        change(actor, legal_basis="consent", **{use: True})
    assert "consent_on" in refused.value.errors["contacts"][0]
    db.session.rollback()
    change(actor, legal_basis="consent", consent_on="2026-11-01", **{use: True})
    assert actor.contacts[0].consent_on == date(2026, 11, 1)


def test_a_use_cannot_be_added_to_a_consent_that_is_missing(database: None) -> None:
    actor = make_contact(legal_basis="consent").actor
    with pytest.raises(Invalid):
        change(actor, publish_public=True)


def test_the_message_stands_beside_the_date_and_nothing_is_lost(
    as_user: Any, no_csrf: None
) -> None:
    actor = make_contact(function="Ehrenamt").actor
    from tests.factories.forms import form_of  # noqa: PLC0415

    amal = as_user("amal")
    address = f"/en/office/actors/{actor.uuid}"
    form = form_of(amal.get(address).text)
    form["contacts-0.legal_basis"] = "consent"
    form["contacts-0.publish_public"] = "true"
    page = amal.post(address, data=form).text
    assert "Please say when consent was given" in page
    assert "Ehrenamt" in page


def test_the_first_mail_carries_the_notice_and_is_dated_when_it_is_taken(
    post_office: Postman,  # noqa: F811
) -> None:
    contact = make_contact(source="Faltblatt 2025", publish_public=True)
    write("Amt@Example.org")
    write("amt@example.org")
    sending.send_due(now)
    texts = [message.get_content() for _sender, message in post_office.taken]
    assert ["Art. 14" in text for text in texts] == [True, False]
    assert "Faltblatt 2025" in texts[0]
    assert "http://127.0.0.1:8000/de/privacy" in texts[0]
    db.session.expire_all()
    assert contact.informed_on == now().date()


def test_a_mail_that_nobody_took_informs_nobody(post_office: Postman) -> None:  # noqa: F811
    contact = make_contact(email="nobody@example.org")
    write("nobody@example.org")
    sending.send_due(now)
    db.session.expire_all()
    assert contact.informed_on is None


@pytest.mark.parametrize(
    "known", [{"own_details": True}, {"legal_basis": "consent"}, {"informed_on": "2026-01-01"}]
)
def test_whoever_knows_already_is_not_told_again(
    post_office: Postman,  # noqa: F811
    known: dict[str, Any],
) -> None:
    make_contact(entered_on=LONG_AGO, **known)
    assert "Art. 14" not in rendering.render(write(ADDRESS), now()).get_content()
    assert due_notices(CONSOLE, TODAY) == 0


def test_a_form_opened_before_does_not_undo_the_date(database: None) -> None:
    actor = make_contact(informed_on="2026-11-02").actor
    change(actor, informed_on=None)
    assert actor.contacts[0].informed_on == date(2026, 11, 2)


def test_whoever_got_no_mail_in_three_weeks_gets_a_notice_once(database: None) -> None:
    make_contact(entered_on=TODAY - timedelta(days=20))
    assert due_notices(CONSOLE, TODAY) == 0
    make_contact(entered_on=TODAY - timedelta(days=21))
    make_contact(entered_on=LONG_AGO, email="AMT@example.org")
    assert due_notices(CONSOLE, TODAY) == 1
    db.session.commit()
    assert due_notices(CONSOLE, TODAY) == 0
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.kind, mail.region) == ("privacy_notice", "09576")


def test_only_the_own_region_is_told_and_counted(cast: Cast) -> None:
    make_contact("09573", entered_on=LONG_AGO)
    with pytest.raises(NotAllowed):
        due_notices(cast.who("amal"), TODAY)
    assert queries.count_overdue(cast.who("amal"), TODAY) == 0
    assert queries.count_overdue(cast.who("dana"), TODAY) == 1


def test_a_contact_without_an_address_is_overdue_but_cannot_be_mailed(database: None) -> None:
    make_contact(entered_on=LONG_AGO, email=None, phone="09171 81-0")
    assert due_notices(CONSOLE, TODAY) == 0
    assert queries.count_overdue(CONSOLE, TODAY) == 1
    rows, total = queries.uninformed(CONSOLE, TODAY, page=1, per_page=10)
    assert (total, rows[0].overdue, rows[0].email) == (1, True, None)
