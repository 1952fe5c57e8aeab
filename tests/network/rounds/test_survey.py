"""The page a link opens, and the same form on the telephone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.datastructures import MultiDict

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.core.db import db
from registry.network.links.models import Cooperation, Report
from registry.network.rounds import services
from registry.network.rounds.models import Asked
from registry.network.rounds.ways import differences, together
from tests.conftest import Cast, count_queries
from tests.factories.rounds import TODAY, asked_of, make_partner, start_round
from tests.network.rounds.survey_form import SURVEY, address, level, survey_form

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
SignIn = Callable[[str], FlaskClient]


class Survey:
    """An actor that is asked, and three it can name."""

    def __init__(self) -> None:
        self.actor: Actor = make_partner("Musterverband")
        self.others = [make_partner(f"Partner {letter}") for letter in "ABC"]
        self.round = start_round()
        self.asked: Asked = asked_of(self.round, self.actor)

    def form(self, client: FlaskClient) -> MultiDict[str, str]:
        return survey_form(client.get(address(self.asked)).text)

    def send(self, client: FlaskClient, form: MultiDict[str, str], do: str = "save") -> Any:
        return client.post(address(self.asked), data=MultiDict([*form.items(True), ("do", do)]))

    def name(self, client: FlaskClient, *partners: Actor, do: str = "add") -> MultiDict[str, str]:
        """Tick partners, take them over, and return the form that follows."""
        form = self.form(client)
        for each in partners:
            form.add("pick", str(each.uuid))
        assert self.send(client, form, do).status_code == 302
        return self.form(client)


@pytest.fixture
def survey(cast: Cast) -> Survey:
    return Survey()


def everything() -> dict[str, list[Any]]:
    """Return the whole database, row by row."""
    return {
        name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
        for name in db.metadata.tables
    }


def links() -> set[tuple[str, str, str, int]]:
    """Return every report as kind, source, target and intensity."""
    found = db.session.scalars(select(Report)).all()
    return {(r.link.kind, r.link.source.name, r.link.target.name, r.intensity) for r in found}


def test_opening_names_actor_and_survey_and_changes_nothing(
    client: FlaskClient, survey: Survey
) -> None:
    before = everything()
    for _time in range(2):
        shown = client.get(address(survey.asked))
        assert client.head(address(survey.asked)).status_code == shown.status_code == 200
    db.session.expire_all()
    assert everything() == before
    for said in ("Musterverband", "Umfrage Herbst", "Partner A", "Partner C"):
        assert said in shown.text
    assert "office-nav" not in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Robots-Tag"] == "noindex"


def test_partners_are_chosen_kept_and_counted_when_the_answer_is_sent(
    client: FlaskClient, survey: Survey
) -> None:
    one, two, _three = survey.others
    form = survey.name(client, one, two)
    form[level(one, "referral_in")] = "3"
    form[level(two, "exchange")] = "1"
    survey.send(client, form)
    assert links() == set()
    assert survey.asked.begun_at is not None
    again = survey.form(client)
    assert again[level(one, "referral_in")] == "3"
    sent = survey.send(client, again, "finish")
    assert sent.status_code == 302
    assert links() == {
        ("referral", "Partner A", "Musterverband", 3),
        ("exchange", "Musterverband", "Partner B", 1),
    }
    assert (survey.asked.answered_on, survey.asked.via) == (TODAY, "round")
    assert "Ihre Antwort ist am" in client.get(address(survey.asked)).text


def test_an_answer_can_be_changed_until_the_survey_is_closed(
    client: FlaskClient, survey: Survey
) -> None:
    one, two, _three = survey.others
    form = survey.name(client, one)
    form[level(one, "exchange")] = "2"
    survey.send(client, form, "finish")
    form = survey.name(client, two)
    form[level(two, "exchange")] = "3"
    form.add("remove", str(one.uuid))
    survey.send(client, form, "finish")
    assert {(target, n) for _kind, _source, target, n in links() if n} >= {("Partner B", 3)}
    link = db.session.scalars(select(Cooperation).where(Cooperation.target == one)).one()
    assert not any(r.intensity and r.valid_to is None for r in link.reports)
    services.close(CONSOLE, survey.round.uuid, TODAY)
    db.session.commit()
    assert client.get(address(survey.asked)).status_code == 404


def test_a_wish_stands_apart_and_is_no_cooperation(client: FlaskClient, survey: Survey) -> None:
    wished = survey.others[2]
    form = survey.name(client, wished, do="wish")
    assert form["wished"] == str(wished.uuid)
    refused = survey.send(client, form, "finish")
    assert refused.status_code == 422
    form["alone"] = "1"
    survey.send(client, form, "finish")
    assert links() == {("wish", "Musterverband", "Partner C", 1)}


def test_who_has_no_partner_says_so(client: FlaskClient, survey: Survey) -> None:
    form = survey.form(client)
    assert survey.send(client, form, "finish").status_code == 422
    form["alone"] = "1"
    assert survey.send(client, form, "finish").status_code == 302
    assert survey.asked.answered_on == TODAY


def test_a_partner_without_anything_done_together_is_asked_about(
    client: FlaskClient, survey: Survey
) -> None:
    form = survey.name(client, survey.others[0])
    form["missing"] = "Turnverein"
    refused = survey.send(client, form, "finish")
    assert refused.status_code == 422
    assert "Bitte sagen Sie, was Sie gemeinsam tun" in refused.text
    assert survey_form(refused.text)["missing"].strip() == "Turnverein"
    assert survey.asked.answered_on is None


def test_searching_keeps_ticks_and_saves_nothing(client: FlaskClient, survey: Survey) -> None:
    one, two, three = survey.others
    form = survey.form(client)
    form.add("pick", str(one.uuid))
    form["q"], form["missing"] = "partner-b", "Turnverein"
    found = survey.send(client, form, "search")
    assert found.status_code == 200
    assert str(three.uuid) not in found.text
    assert str(two.uuid) in found.text
    again = survey_form(found.text)
    assert (again.getlist("pick"), again["missing"].strip()) == ([str(one.uuid)], "Turnverein")
    assert survey.asked.begun_at is None


def test_two_people_at_once_see_both_versions_and_lose_nothing(
    client: FlaskClient, survey: Survey
) -> None:
    one, two, three = survey.others
    mine = survey.name(client, one)
    theirs = MultiDict(mine.items(True))
    theirs[level(one, "exchange")], theirs["missing"] = "1", "Von ihr"
    theirs.add("pick", str(two.uuid))
    assert survey.send(client, theirs, "add").status_code == 302
    mine[level(one, "exchange")], mine["missing"] = "3", "Von mir"
    mine.add("pick", str(three.uuid))
    both = survey.send(client, mine, "add")
    assert both.status_code == 409
    for said in ("eng", "selten", "Partner B", "Partner C"):
        assert said in both.text
    form = survey_form(both.text)
    assert set(form.getlist("partner")) == {str(each.uuid) for each in survey.others}
    assert (form[level(one, "exchange")], form["missing"].split("\n")) == (
        "3",
        ["Von mir", "Von ihr"],
    )
    assert survey.send(client, form).status_code == 302
    assert survey.asked.draft[str(one.uuid)]["exchange"] == 3
    assert survey.asked.missing == ["Von mir", "Von ihr"]


def test_whoever_only_chose_a_partner_overwrites_nothing() -> None:
    mine, theirs = {"a": {"exchange": 0}, "b": {"exchange": 0}}, {"a": {"exchange": 3}}
    assert together(mine, theirs) == {"a": {"exchange": 3}, "b": {"exchange": 0}}
    assert [each.partner for each in differences(mine, theirs)] == ["b"]


def test_pressing_twice_is_no_conflict(client: FlaskClient, survey: Survey) -> None:
    form = survey.form(client)
    form["missing"] = "Turnverein"
    assert [survey.send(client, form).status_code for _time in range(2)] == [302, 302]


def test_itself_archived_and_foreign_actors_cannot_be_named(
    client: FlaskClient, survey: Survey
) -> None:
    foreign = make_partner("Fremd", region="09573")
    gone = survey.others[0]
    actors.archive_actor(CONSOLE, gone.uuid)
    db.session.commit()
    form = survey.form(client)
    for each in (foreign.uuid, gone.uuid, survey.actor.uuid, "unsinn"):
        form.add("pick", str(each))
        form.add("partner", str(each))
        form[f"level.{each}.exchange"] = "3"
    form["alone"] = "1"
    sent = survey.send(client, form, "finish")
    assert sent.status_code == 302
    assert links() == set()
    assert survey.asked.draft == {}


def test_at_most_twenty_are_missed(client: FlaskClient, survey: Survey) -> None:
    form = survey.form(client)
    form["missing"] = "\n".join(f"Verein {number}" for number in range(21))
    refused = survey.send(client, form)
    assert refused.status_code == 422
    assert "Verein 20" in survey_form(refused.text)["missing"]


def test_a_link_of_another_kind_or_of_nobody_opens_nothing(
    client: FlaskClient, survey: Survey
) -> None:
    actors.archive_actor(CONSOLE, survey.actor.uuid)
    db.session.commit()
    good = address(survey.asked)
    for wrong in (
        SURVEY,
        f"{SURVEY}?key=wrong",
        good[:-4],
        good,
        good.replace("/partners", "/confirm"),
    ):
        for method in (client.get, client.post):
            answer = method(wrong)
            assert answer.status_code == 404
            assert "Dieser Link öffnet nichts" in answer.text
            assert "Partner A" not in answer.text


def test_the_office_records_what_was_said_on_the_telephone(survey: Survey, as_user: SignIn) -> None:
    client, one = as_user("olga"), survey.others[0]
    at = f"/de/office/network/rounds/asked/{survey.asked.uuid}"
    form = survey_form(client.get(at).text)
    form.add("pick", str(one.uuid))
    form["said_by"] = "Geschäftsstelle"
    where = client.post(at, data=MultiDict([*form.items(True), ("do", "add")])).headers["Location"]
    form = survey_form(client.get(where).text)
    assert (form["said_by"], form["day"]) == ("Geschäftsstelle", TODAY.isoformat())
    form[level(one, "exchange")] = "2"
    sent = client.post(at, data=MultiDict([*form.items(True), ("do", "finish")]))
    assert sent.status_code == 302
    assert (survey.asked.via, survey.asked.said_by) == ("phone", "Geschäftsstelle")
    assert links() == {("exchange", "Musterverband", "Partner A", 2)}
    (report,) = db.session.scalars(select(Report)).all()
    assert report.via == "phone"


@pytest.mark.parametrize(("name", "status"), [("boris", 404), ("carla", 404)])
def test_others_record_nothing(survey: Survey, as_user: SignIn, name: str, status: int) -> None:
    at = f"/de/office/network/rounds/asked/{survey.asked.uuid}"
    client = as_user(name)
    assert client.get(at).status_code == client.post(at, data={}).status_code == status


def test_a_page_with_three_hundred_actors_asks_as_little_as_one_with_three(
    client: FlaskClient, survey: Survey
) -> None:
    category = survey.actor.category_id
    db.session.add_all(
        Actor(region="09576", status="published", name=f"Stelle {n}", category_id=category)
        for n in range(300)
    )
    db.session.commit()
    db.session.expire_all()
    with count_queries() as seen:
        page = client.get(address(survey.asked)).text
    assert page.count('name="pick"') == 303
    assert len(seen) <= 14
