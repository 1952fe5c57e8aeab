"""The office's pages about inviting by mail."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.conferences.invitations.models import Channel
from registry.conferences.models import Conference, Duty
from registry.core import tokens
from registry.core.db import db
from registry.core.mail.models import State
from tests.conferences.calendars.test_importing import reply, uid
from tests.conferences.mailing.conftest import address, invitations, mails, send
from tests.conftest import Cast, count_queries

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")


@pytest.fixture
def base(conference: Conference) -> str:
    return f"/en/office/conferences/{conference.uuid}/mail"


def page(client: FlaskClient, at: str, status: int = 200, **given: Any) -> str:
    answer = client.post(at, data=given) if given else client.get(at)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_from_text_to_sent_with_a_look_at_what_leaves(
    as_user: Any, conference: Conference, base: str
) -> None:
    olga = as_user("olga")
    first = conference.version
    refused = page(olga, f"{base}/text", 422, version=first, mail_text="Hello {{ fritz }}",
                   calendar="publish")  # fmt: skip
    assert "{{ fritz }}" in refused
    assert "Hello" in refused
    text = "Hallo {{ organisation }}, Nummer {{ nummer }}: {{ link }}"
    given = {"version": first, "mail_text": text, "calendar": "publish", "reminder_days": "7, 3"}
    assert olga.post(f"{base}/text", data=given).status_code == 302
    row = invitations(conference)[1]
    assert 'value="publish" selected' in page(olga, f"{base}/text")
    seen = page(olga, f"{base}/preview?to={row.uuid}")
    assert "Hallo Bildungswerk, Nummer 2: (" in seen
    assert "?key=" not in seen
    db.session.refresh(conference)
    told = {"version": conference.version, "expected": 3}
    page(olga, f"{base}/send", 422, **told)
    assert mails() == []
    assert olga.post(f"{base}/send", data={**told, "confirmed": "1"}).status_code == 302
    assert len(mails()) == 3
    assert page(olga, base).count("waits to be sent") >= 3
    page(olga, f"{base}/send", 409, **told, confirmed="1")
    assert len(mails()) == 3


def test_the_preview_says_who_gets_none_and_why(
    as_user: Any, conference: Conference, base: str
) -> None:
    first, second, _third = invitations(conference)
    first.channel = Channel.POST
    second.contact.use_for_invitations = False  # type: ignore[union-attr]
    db.session.commit()
    seen = page(as_user("olga"), f"{base}/preview?group=others")
    assert "gets a letter" in seen
    assert "may not be used any more" in seen


def test_what_did_not_arrive_becomes_a_letter(
    as_user: Any, conference: Conference, base: str
) -> None:
    send(conference)
    mails()[0].state = State.BOUNCED
    db.session.commit()
    olga = as_user("olga")
    assert page(olga, f"{base}?way=lost").count('name="pick"') == 1
    olga.post(f"{base}/by-post", data={"pick": [str(invitations(conference)[0].uuid), "x"]})
    assert invitations(conference)[0].channel == Channel.POST


def test_a_holder_of_the_duty_outside_the_office_sees_no_address_and_no_name(
    as_user: Any, cast: Cast, conference: Conference, base: str
) -> None:
    rows = invitations(conference)
    cast.keeps(rows[0].actor)  # type: ignore[arg-type]
    conference.duties = [Duty(kind="invitation", actor=rows[0].actor)]
    rows[1].form, rows[1].family_name = "female", "Muster"
    db.session.commit()
    emil = as_user("emil")
    for at in (base, f"{base}/preview?to={rows[1].uuid}"):
        seen = page(emil, at)
        assert "Bildungswerk" in seen
        assert address("Bildungswerk") not in seen
        assert "Muster" not in seen


def test_answers_of_calendars_are_read_in_and_named(
    as_user: Any, conference: Conference, base: str
) -> None:
    conference.calendar = "request"
    db.session.commit()
    send(conference)
    row = invitations(conference)[0]
    said = reply(uid(row), attendee=f"mailto:{address('Amt')}")
    given = {"files": [(BytesIO(said), "a.ics"), (BytesIO(b"x"), "b.eml")]}
    answer = as_user("olga").post(f"{base}/answers", data=given)
    shown = answer.get_data(as_text=True)
    assert "a.ics" in shown
    assert "there is no calendar part" in shown
    db.session.refresh(row)
    assert row.reply == "yes"


def test_the_date_can_be_put_into_a_calendar_without_anybody_s_address(
    as_user: Any, conference: Conference
) -> None:
    answer = as_user("carla").get(f"/en/office/conferences/{conference.uuid}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert "ATTENDEE" not in answer.get_data(as_text=True)


def test_whoever_holds_the_link_puts_the_date_into_a_calendar(
    client: FlaskClient, conference: Conference
) -> None:
    row = invitations(conference)[0]
    key = tokens.secret(tokens.issue("conference", row.uuid, timedelta(days=1)))
    db.session.commit()
    assert "/de/conference/calendar.ics?key=" in page(client, f"/de/conference?key={key}")
    file = page(client, f"/de/conference/calendar.ics?key={key}")
    assert f"UID:{uid(row)}" in file
    assert "ATTENDEE" not in file
    assert client.get("/de/conference/calendar.ics?key=x").status_code == 404


def test_the_list_of_mails_asks_no_more_for_more_rows(
    as_user: Any, conference: Conference, base: str
) -> None:
    send(conference)
    olga = as_user("olga")
    page(olga, base)
    with count_queries() as three:
        page(olga, base)
    for row in invitations(conference)[1:]:
        db.session.delete(row)
    db.session.commit()
    page(olga, base)
    with count_queries() as one:
        page(olga, base)
    assert len(one) == len(three)


def test_strangers_are_turned_away_and_readers_see_without_doing(
    client: FlaskClient, as_user: Any, conference: Conference, base: str
) -> None:
    assert client.get(base).status_code == 302
    assert as_user("boris").get(base).status_code == 404
    carla = as_user("carla")
    assert 'name="pick"' not in page(carla, base)
    assert carla.get(f"{base}/preview").status_code == 403
