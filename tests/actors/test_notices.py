"""Whoever has to be told what is kept is told by the office: by mail at once, else on paper."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors.contacts import queries
from registry.actors.models import Contact
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.mail.models import Mail, State
from tests.factories.actors import make_actor

TODAY = date.today()
PAGE = "/en/office/privacy"


def make_contact(region: str = "09576", **fields: Any) -> Contact:
    given = {"function": "Empfang", "phone": "09171 81-0", **fields}
    actor = make_actor(name="Kleiderkammer", region=region, contacts=[given])
    actor.contacts[0].entered_on = TODAY - timedelta(days=31)
    db.session.commit()
    return actor.contacts[0]


def latest() -> AuditEntry:
    newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def test_the_desks_number_leads_to_the_overdue_and_on_to_the_button(as_user: Any) -> None:
    make_contact(email="amt@example.org")
    make_contact(email="neu@example.org").entered_on = TODAY
    db.session.commit()
    dana = as_user("dana")
    assert f"{PAGE}?overdue=1" in dana.get("/en/office").text
    page = dana.get(f"{PAGE}?overdue=1").text
    assert "amt@example.org" in page
    assert "neu@example.org" not in page
    assert f"{PAGE}/mail" in page
    assert "neu@example.org" in dana.get(PAGE).text


def test_the_letter_is_shown_first_and_the_button_writes_to_all_once(as_user: Any) -> None:
    for email in ("amt@example.org", "AMT@example.org", "neu@example.org"):
        make_contact(email=email, source="Faltblatt 2025")
    dana = as_user("dana")
    page = dana.get(f"{PAGE}/mail").text
    assert "2 addresses get this mail" in page
    assert "Faltblatt 2025" in page
    assert "Art. 14" in page
    assert dana.post(f"{PAGE}/mail").status_code == 400  # without the token of the form
    assert db.session.scalars(select(Mail)).all() == []
    token = re.findall('name="csrf_token" value="([^"]+)"', page)[-1]
    done = dana.post(f"{PAGE}/mail", data={"csrf_token": token}, follow_redirects=True)
    assert "2 notices wait in the outbox." in done.text
    entry = latest()
    assert (entry.action, entry.who_label) == ("contact.informed", "dana@example.org")
    assert (entry.region, entry.changes) == ("09576", {"count": [None, 2]})
    assert "Nobody has to be informed by mail." in dana.get(f"{PAGE}/mail").text


def test_whom_no_mail_reaches_gets_a_letter_and_staff_record_the_day(
    as_user: Any, no_csrf: None
) -> None:
    contact, lost = make_contact(), make_contact(email="weg@example.org")
    dana = as_user("dana")
    assert f"/{lost.uuid}" not in dana.get(f"{PAGE}/letters").text
    dana.post(f"{PAGE}/mail")
    db.session.scalars(select(Mail)).one().state = State.DEAD
    db.session.commit()
    page = dana.get(f"{PAGE}/letters").text
    assert f"/{lost.uuid}" in page
    assert "A line to us is enough" not in page  # the letter is German, whoever prints it
    assert "Art. 14" in page
    version = contact.actor.version
    answer = dana.post(f"{PAGE}/letters/{contact.uuid}", data={"informed_on": "2026-11-02"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert (contact.informed_on, contact.actor.version) == (date(2026, 11, 2), version + 1)
    assert (latest().action, latest().who_label) == ("actor.informed", "dana@example.org")
    assert f"/{contact.uuid}" not in dana.get(f"{PAGE}/letters").text
    assert queries.count_letters(CONSOLE) == 1


@pytest.mark.parametrize("day", ["", "soon", str(TODAY + timedelta(days=1))])
def test_a_day_that_cannot_be_is_told_beside_its_field(
    as_user: Any, no_csrf: None, day: str
) -> None:
    contact = make_contact()
    answer = as_user("dana").post(f"{PAGE}/letters/{contact.uuid}", data={"informed_on": day})
    assert answer.status_code == 422
    assert f'id="error-{contact.uuid}"' in answer.text
    assert f'value="{day}"' in answer.text


def test_only_administrators_inform_and_only_in_their_region(
    as_user: Any, cast: Any, no_csrf: None
) -> None:
    contact = make_contact("09573", email="amt@example.org")
    for path in ("mail", "letters", f"letters/{contact.uuid}"):
        amal = as_user("amal")
        assert amal.post(f"{PAGE}/{path}").status_code in (403, 404, 405)
        assert amal.get(f"{PAGE}/{path}").status_code in (403, 405)
    grant = cast.amal.grants[0]
    grant.role = "administrator"
    db.session.commit()
    amal = as_user("amal")
    data = {"informed_on": "2026-11-02"}
    assert amal.post(f"{PAGE}/letters/{contact.uuid}", data=data).status_code == 404
    amal.post(f"{PAGE}/mail")
    assert db.session.scalars(select(Mail)).all() == []
