"""One offer as a page and as a calendar file."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from registry.actors.models import Status
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

HOSTILE = "<script>alert(1)</script>"
OFFICE_HOURS = {**PLACE, "street": "Marktplatz 1", "hours": "Mo-Fr 08:00-12:00"}
SHELTER = {**PLACE, "name": "Haus Linde", "street": "Geheimweg 7", "confidential": True}
SHELTER |= {"phone": "09171 5550", "lat": 49.2461, "lon": 11.0911, "hours": "Mo-Fr 09:00-15:00"}
NEXT_MONTH = date.today() + timedelta(days=30)
COURSE = {"starts_on": NEXT_MONTH.isoformat(), "availability": "few"}


def page(client: FlaskClient, offer: Any, lang: str = "en", status: int = 200) -> str:
    response = client.get(f"/{lang}/offers/{offer.uuid}")
    assert response.status_code == status
    return response.text


def events(client: FlaskClient, offer: Any) -> list[Any]:
    response = client.get(f"/en/offers/{offer.uuid}/calendar.ics")
    assert response.mimetype == "text/calendar"
    return list(Calendar.from_ical(response.data).walk("VEVENT"))


def test_detail_shows_what_when_and_how(client: FlaskClient) -> None:
    offer = make_offer(
        make_actor(places=[OFFICE_HOURS]),
        documents=["passport"],
        languages=[{"language": "ar", "by": "interpreter", "note": {"de": "dienstags"}}],
        runs=[COURSE],
    )
    text = page(client, offer)
    for expected in ("Beratung", "Marktplatz 1", "08:00–12:00", "few places left", "dienstags"):
        assert expected in text


@pytest.mark.parametrize("lang", ["de", "en", "ar"])
def test_detail_answers_in_every_language(client: FlaskClient, lang: str) -> None:
    text = page(client, make_offer(), lang)
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text


def test_detail_of_a_draft_does_not_exist_for_strangers(client: FlaskClient) -> None:
    page(client, make_offer(status=Status.DRAFT), status=404)


def test_detail_of_a_draft_says_so_to_its_editor(as_user: Any) -> None:
    text = page(as_user("amal"), make_offer(status=Status.DRAFT))
    assert "Not public: draft" in text
    assert "Edit this offer" in text


def test_edit_link_is_not_shown_to_a_reader(as_user: Any) -> None:
    assert "Edit this offer" not in page(as_user("carla"), make_offer())


def test_hostile_text_is_shown_and_never_runs(client: FlaskClient) -> None:
    offer = make_offer(
        make_actor(name=HOSTILE, places=[{**PLACE, "name": HOSTILE, "street": HOSTILE}]),
        title={"de": HOSTILE},
        summary={"de": HOSTILE},
        description={"de": HOSTILE},
    )
    assert HOSTILE not in page(client, offer)
    assert "&lt;script&gt;" in page(client, offer)


@pytest.mark.parametrize("visitor", ["stranger", "amal"])
def test_confidential_place_shows_only_its_telephone(
    client: FlaskClient, as_user: Any, visitor: str
) -> None:
    offer = make_offer(make_actor(places=[SHELTER]))
    text = page(client if visitor == "stranger" else as_user(visitor), offer)
    assert "09171 5550" in text
    assert not [secret for secret in ("Geheimweg", "Linde", "49.24", "11.09") if secret in text]


def test_contact_that_is_not_public_is_not_shown(client: FlaskClient) -> None:
    actor = make_actor(places=[PLACE], contacts=[{"function": "Leitung", "phone": "09171 777"}])
    offer = make_offer(actor, contact=str(actor.contacts[0].uuid))
    assert "09171 777" not in page(client, offer)


def test_example_carries_its_mark(client: FlaskClient) -> None:
    assert "Example data" in page(client, make_offer(example=True))
    assert "Example data" not in page(client, make_offer())


def test_closure_is_announced_with_its_dates(client: FlaskClient) -> None:
    today = date.today()
    closure = {"closed_from": today.isoformat(), "closed_to": (today + timedelta(3)).isoformat()}
    text = page(client, make_offer(closures=[{**closure, "reason": {"de": "Umzug"}}]))
    assert "Temporarily closed from" in text
    assert "Umzug" in text


def test_a_course_that_is_over_is_not_listed(client: FlaskClient) -> None:
    text = page(client, make_offer(runs=[{"starts_on": "2020-01-07", "ends_on": "2020-03-01"}]))
    assert "2020" not in text
    assert "No further course is planned" in text


def test_other_offers_of_the_provider_are_linked(client: FlaskClient) -> None:
    actor = make_actor(places=[PLACE])
    first, second = make_offer(actor), make_offer(actor, title={"de": "Sprachkurs"})
    hidden = make_offer(actor, title={"de": "Entwurf"}, status=Status.DRAFT)
    text = page(client, first)
    assert str(second.uuid) in text
    assert str(hidden.uuid) not in text


def test_calendar_repeats_the_weekly_hours(client: FlaskClient) -> None:
    offer = make_offer(make_actor(places=[OFFICE_HOURS]))
    (event,) = events(client, offer)
    assert event["RRULE"]["BYDAY"] == ["MO", "TU", "WE", "TH", "FR"]
    assert event.start.tzinfo is not None
    assert (event.start.hour, event.end.hour) == (8, 12)
    assert "Marktplatz 1" in event["LOCATION"]


def test_calendar_keeps_its_uids(client: FlaskClient) -> None:
    offer = make_offer(
        make_actor(places=[OFFICE_HOURS]), runs=[{**COURSE, "times": "Mo 18:00-20:00"}]
    )
    uids = [event["UID"] for event in events(client, offer)]
    assert uids
    assert uids == [event["UID"] for event in events(client, offer)]


@pytest.mark.parametrize("hours", [None, "Mo[1] 10:00-12:00"])
def test_an_offer_without_times_that_repeat_has_no_calendar(
    client: FlaskClient, hours: str | None
) -> None:
    timed, other = (
        make_offer(runs=[COURSE]),
        make_offer(make_actor(places=[{**PLACE, "hours": hours}])),
    )
    assert "calendar.ics" in page(client, timed)
    assert "calendar.ics" not in page(client, other)
    assert client.get(f"/en/offers/{other.uuid}/calendar.ics").status_code == 404


def test_calendar_of_a_confidential_place_says_no_address(client: FlaskClient) -> None:
    offer = make_offer(make_actor(places=[SHELTER]), runs=[COURSE])
    text = client.get(f"/en/offers/{offer.uuid}/calendar.ics").text
    assert "Geheimweg" not in text
    assert "LOCATION" not in text


def test_calendar_leaves_out_days_of_a_closure(client: FlaskClient) -> None:
    monday = date.today() + timedelta(days=7 - date.today().weekday())
    closure = {"closed_from": monday.isoformat(), "closed_to": monday.isoformat()}
    offer = make_offer(make_actor(places=[OFFICE_HOURS]), closures=[closure])
    (event,) = events(client, offer)
    assert monday in {moment.date() for moment in event.exdates}


def test_calendar_of_a_course_without_times_has_whole_days(client: FlaskClient) -> None:
    (event,) = events(client, make_offer(runs=[COURSE]))
    assert event.start == NEXT_MONTH


def test_card_has_what_one_takes_along(client: FlaskClient) -> None:
    place = {**OFFICE_HOURS, "stop": "Roth, Bahnhof", "phone": "09171 81-0"}
    offer = make_offer(make_actor(places=[place]), documents=["passport"])
    card = client.get(f"/en/offers/{offer.uuid}/card").text
    for expected in ("Marktplatz 1", "Roth, Bahnhof", "Mon–Fri 08:00–12:00", "tel:09171810"):
        assert expected in card
    code = client.get(f"/en/offers/{offer.uuid}/qr.svg")
    assert (code.status_code, code.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("tail", ["", "/card"])
def test_an_offer_that_is_over_says_so_and_shows_similar_ones(
    client: FlaskClient, tail: str
) -> None:
    actor = make_actor()
    over = make_offer(actor, status=Status.ARCHIVED, title={"de": "Vorbei"})
    make_offer(actor, title={"de": "Gleichartig"})
    make_offer(make_actor(region="09573"), title={"de": "Anderswo"})
    answer = client.get(f"/de/offers/{over.uuid}{tail}")
    assert answer.status_code == 410
    assert "Gleichartig" in answer.text
    assert "Anderswo" not in answer.text
    assert "Vorbei" not in answer.text
