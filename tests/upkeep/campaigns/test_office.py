"""The office's pages about campaigns."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from registry.core.db import db, now
from registry.core.mail.models import State
from registry.upkeep.campaigns.models import Campaign, Request
from tests.conftest import Cast
from tests.factories.campaigns import (
    CONTACT,
    TODAY,
    entry_of,
    make_campaign,
    make_due,
    request_of,
    start_campaign,
)
from tests.upkeep.campaigns.answer_form import address, answer_form, field
from tests.upkeep.campaigns.conftest import COMING, SignIn

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")


def test_the_office_plans_previews_and_starts(as_user: SignIn, cast: Cast) -> None:
    make_due()
    make_due("Ohne Adresse", contacts=[])
    client = as_user("amal")
    form = {"name": "Herbst", "deadline": COMING, "reminder_days": "7; 14"}
    planned = client.post("/de/office/confirmations/new", data=form)
    page = client.get(planned.location)
    assert CONTACT["email"] in page.text
    assert "Einladungen" in page.text
    assert "Ohne Adresse" in client.get(f"{planned.location}?group=phone").text
    campaign = db.session.scalars(select(Campaign)).one()
    assert campaign.reminder_days == [7, 14]
    client.post(f"{planned.location}/start", data={"version": campaign.version})
    assert campaign.state == "running"
    assert "Musterverband" in client.get(planned.location).text
    again = client.post(f"{planned.location}/start", data={"version": campaign.version})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("name", "value"), [("name", ""), ("deadline", "1999-01-01"), ("reminder_days", "bald")]
)
def test_a_plan_with_a_mistake_is_shown_again(as_user: SignIn, name: str, value: str) -> None:
    form = {"name": "Herbst", "deadline": COMING, "reminder_days": "7", name: value}
    refused = as_user("amal").post("/de/office/confirmations/new", data=form)
    assert refused.status_code == 422
    assert "error-summary" in refused.text


def test_the_call_list_holds_unanswered_and_bounced_with_numbers_of_the_office(
    as_user: SignIn, cast: Cast
) -> None:
    hidden = {"function": "Leitung", "phone": "09171 666"}
    bounced = make_due("Kommt zurück", contacts=[CONTACT, hidden])
    done = make_due("Beantwortet")
    campaign = start_campaign()
    request_of(campaign, done).answered_at = now()
    mail = request_of(campaign, bounced).mail
    assert mail is not None
    mail.state = State.BOUNCED
    db.session.commit()
    page = as_user("amal").get(f"/de/office/confirmations/{campaign.uuid}/call-list").text
    assert "09171 666" in page
    assert "Kommt zurück" in page
    assert "Beantwortet" not in page


def test_staff_type_in_what_was_said(as_user: SignIn, asked: Request) -> None:
    client, entry = as_user("amal"), entry_of(asked)
    path = f"/de/office/confirmations/requests/{asked.uuid}"
    assert "Musterverband" in client.get(path).text
    form = MultiDict({"day": TODAY.isoformat(), "said_by": "Empfang"})
    assert client.post(path, data=form).status_code == 422
    form[field(entry, "answer")] = "correct"
    assert client.post(path, data={**form, "day": "x"}).status_code == 422
    assert client.post(path, data=form).status_code == 302
    assert (entry.answer, entry.said_by) == ("correct", "Empfang")


def test_answers_are_worked_on_in_the_inbox(
    client: FlaskClient, as_user: SignIn, asked: Request
) -> None:
    entry = entry_of(asked)
    form = answer_form(client.get(address(asked)).text)
    form[field(entry, "contacts-0.phone")] = "09171 77"
    client.post(address(asked), data=form)
    office, inbox = as_user("amal"), "/de/office/confirmations/answers"
    assert "09171 77" in office.get(inbox).text
    done = office.post(f"{inbox}/{entry.uuid}/apply", follow_redirects=True)
    assert "Rückgängig" in done.text
    assert asked.actor.contacts[0].phone == "09171 77"
    office.post(f"{inbox}/{entry.uuid}/undo")
    assert asked.actor.contacts[0].phone == CONTACT["phone"]
    assert "09171 77" in office.get(inbox).text
    office.post(f"{inbox}/{entry.uuid}/decline")
    assert "09171 77" not in office.get(inbox).text


PATHS = ["", "/due", "/unanswered", "/answers", "/new"]


@pytest.mark.parametrize("path", PATHS)
def test_lists_are_for_those_who_run_campaigns(as_user: SignIn, asked: Request, path: str) -> None:
    address = f"/de/office/confirmations{path}"
    assert as_user("amal").get(address).status_code == 200
    assert as_user("carla").get(address).status_code == 403
    other = as_user("boris").get(address)
    assert other.status_code == 200
    assert "Musterverband" not in other.text


def test_campaigns_of_another_district_do_not_exist(as_user: SignIn, asked: Request) -> None:
    ours, none = asked.campaign.uuid, "00000000-0000-0000-0000-000000000000"
    client = as_user("boris")
    for verb in ("", "/call-list", "/edit"):
        foreign = client.get(f"/de/office/confirmations/{ours}{verb}")
        missing = client.get(f"/de/office/confirmations/{none}{verb}")
        assert foreign.status_code == missing.status_code == 404
    for verb in ("start", "remind", "close", "discard"):
        path = f"/de/office/confirmations/{ours}/{verb}"
        assert client.post(path, data={"version": 1}).status_code == 404
    path = f"/de/office/confirmations/requests/{asked.uuid}"
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_a_plan_can_be_changed_and_deleted_until_it_begins(as_user: SignIn, cast: Cast) -> None:
    campaign = make_campaign()
    client, path = as_user("amal"), f"/de/office/confirmations/{campaign.uuid}"
    form = {"name": "Winter", "deadline": COMING, "version": campaign.version}
    assert client.post(f"{path}/edit", data=form).status_code == 302
    assert campaign.name == "Winter"
    stale = client.post(f"{path}/edit", data={**form, "name": "Frühling"})
    assert stale.status_code == 409
    client.post(f"{path}/discard", data={"version": campaign.version})
    assert db.session.scalars(select(Campaign)).all() == []
