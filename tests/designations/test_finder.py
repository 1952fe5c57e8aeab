"""The finder: an answer for everybody, whatever they know, and nothing of it stays."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from registry.designations.finder.asked import ages_in, answers, online
from registry.designations.responsibility import OLDEST, Point, Question
from tests.factories.actors import PLACE, make_actor
from tests.factories.designations import make_designation
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

PAGE = "/en/contact-point"
RIGHT_TO_STAY = ["residence_permit", "protection", "section24", "eu", "repatriate"]


@pytest.fixture
def points(no_csrf: None, database: None) -> None:
    mbe = make_offer(title={"de": "MBE in Roth"}, documents=["passport"])
    make_designation(mbe, min_age=27, eligibility=RIGHT_TO_STAY, decided_by="Kreistag")
    jmd = make_actor(name="JMD Roth", places=[{**PLACE, "phone": "09171 1234", "hours": "Mo-Su"}])
    make_designation(jmd, service_type="jmd", min_age=12, max_age=26)
    fib = make_offer(title={"de": "FIB"}, service_type="fib")
    make_designation(fib, service_type="fib", eligibility=["asylum_procedure", "toleration"])


def told(client: FlaskClient, **asked: str) -> list[str]:
    """Return the names of the contact points of an answer, in their order."""
    page = client.post(PAGE, data=asked)
    assert page.status_code == 200
    blocks = page.text.split("data-contact-point")[1:]
    names = (re.search(r"<h3><a[^>]*>(.*?)</a>", block, re.S) for block in blocks)
    return [re.sub("<[^>]+>", "", name[1]).strip() for name in names if name]


def test_each_is_sent_to_their_own(points: None, client: FlaskClient) -> None:
    assert told(client, place="Roth", ages="34", status="eu")[0] == "MBE in Roth"
    assert told(client, place="٩١١٥٤", ages="٢٠", status="eu")[0] == "JMD Roth"
    assert told(client, place="roth", ages="40", status="toleration")[0] == "FIB"


def test_a_family_gets_an_answer_for_each_and_children_come_along(
    points: None, client: FlaskClient
) -> None:
    page = client.post(PAGE, data={"place": "Roth", "ages": "34, 9 19", "status": "eu"}).text
    assert "For the ages of 9, 34" in page
    assert "For the age of 19" in page


def test_the_answer_says_what_to_bring_how_to_call_and_why(
    points: None, client: FlaskClient
) -> None:
    adult = client.post(PAGE, data={"ages": "34", "status": "eu"}).text
    assert "Kreistag" in adult
    assert "Passport" in adult
    assert 'href="tel:091711234"' in client.post(PAGE, data={"ages": "20"}).text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"place": "Atlantis", "ages": "viele", "status": "x"},
        {"place": "91126"},
        {"place": "Nürnberg", "ages": "5", "status": "return"},
        {"place": "\x00'\"<b>", "ages": "1" * 500},
        {"ages": ",".join(["30"] * 50)},
    ],
)
def test_nobody_goes_away_without_an_answer(
    points: None, client: FlaskClient, asked: dict[str, str]
) -> None:
    assert told(client, **asked)


def test_of_equal_contact_points_one_that_is_closed_for_days_comes_second(
    no_csrf: None, client: FlaskClient
) -> None:
    today = date.today().isoformat()
    closed = {"closures": [{"closed_from": today, "closed_to": today}]}
    make_designation(make_offer(title={"de": "Im Urlaub"}, **closed))
    make_designation(make_offer(title={"de": "Immer da"}))
    assert told(client) == ["Immer da", "Im Urlaub"]


def test_without_any_designation_there_are_offers_of_advice_and_help_online(
    no_csrf: None, client: FlaskClient
) -> None:
    bare = client.post(PAGE, data={"ages": "20"})
    assert "jmd4you" in bare.text
    make_offer(title={"de": "Beratungsstelle"}, service_type="fib")
    assert told(client) == ["Beratungsstelle"]


def test_what_was_typed_is_not_kept_anywhere(
    points: None, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post(PAGE, data={"place": "Spalt", "ages": "97", "status": "toleration"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(word in caplog.text for word in ("Spalt", "97", "toleration"))


def test_without_the_token_of_the_form_nothing_is_answered(client: FlaskClient) -> None:
    assert client.post(PAGE, data={}).status_code == 400


def test_the_everyday_names_of_the_papers_are_offered(client: FlaskClient) -> None:
    page = client.get("/ar/contact-point").text
    for paper in ("Aufenthaltsgestattung", "Duldung", "Blaue Karte"):
        assert paper in page


@given(st.text(max_size=30))
def test_ages_are_whole_years_or_refused(text: str) -> None:
    ages = ages_in(text)
    assert ages is None or all(0 <= age <= OLDEST for age in ages)


def test_a_child_without_grown_ups_is_answered_too() -> None:
    fib = Point(2, "fib", ("09576",), statuses=frozenset({"toleration"}))
    points = [fib, Point(1, "mbe", ("09576",), (27, OLDEST))]
    [answer] = answers(points, Question(status="eu"), [5])
    assert (answer.ages, answer.choice.fallback) == ((5,), True)
    assert answer.choice.points[0].service == "mbe"


def test_whoever_does_not_say_how_old_gets_an_answer_for_adults_and_one_for_the_young() -> None:
    mbe, jmd = Point(1, "mbe", ("09576",), (27, OLDEST)), Point(2, "jmd", ("09576",), (12, 26))
    found = answers([mbe, jmd], Question(status="eu"), [])
    assert [(each.span, each.choice.points[0]) for each in found] == [
        ((27, OLDEST), mbe),
        ((0, 26), jmd),
    ]
    [for_all] = answers([Point(3, "fib", ("09576",))], Question(), [])
    assert (for_all.span, for_all.choice.fallback) == (None, False)


def test_where_one_alone_is_responsible_the_next_town_comes_second() -> None:
    here, there = Point(1, "fib", ("09576143",)), Point(2, "fib", ("09576147",))
    [answer] = answers([there, here], Question(("09576143",)), [30])
    assert (answer.choice.points, answer.choice.fallback) == ((here, there), False)


@pytest.mark.parametrize("text", ["34 und 9", "٣٤، ٩", "34 years + 9 years", "9/34"])
def test_ages_are_understood_with_words_between_them(text: str) -> None:
    assert ages_in(text) == [9, 34]


def test_there_is_always_advice_online() -> None:
    asked: list[tuple[list[int], Any]] = [
        ([], ["mbe", "jmd"]),
        ([5], ["mbe", "jmd"]),
        ([20], ["jmd"]),
        ([5, 40], ["mbe"]),
    ]
    assert [online(ages) for ages, _kinds in asked] == [kinds for _ages, kinds in asked]
