"""The office's pages about answers: figures, lists, answers told on the telephone, files."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.conferences.invitations.models import Invitation, Reply, Via
from registry.conferences.models import Conference
from registry.conferences.replies import queries, services
from registry.conferences.replies.office import figures
from registry.conferences.replies.told import Needs, Person, Seat, Told
from registry.core.db import db
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
SignIn = Callable[[str], FlaskClient]


def told(invitation: Invitation, reply: Reply = Reply.YES, **seat: Any) -> Invitation:
    said = Told(reply, {0: Seat(**seat)} if reply != Reply.NO else {})
    made = services.answer(CONSOLE, invitation, said, Via.PHONE, TODAY)
    db.session.commit()
    return made


def page(conference: Conference, path: str = "") -> str:
    return f"/de/office/conferences/{conference.uuid}/{path or 'answers'}"


@pytest.fixture
def conference(cast: Cast) -> Conference:
    """Police has accepted, welfare has not, and one waits."""
    made = make_conference(seats=1, deadline=TODAY + timedelta(days=3))
    police = make_invitation(made, organisation="Polizei Roth", category="police", number=1)
    make_invitation(made, organisation="Verband", category="welfare", number=2)
    council = make_invitation(
        made, given_name="Kim", family_name="Rat", category="council", number=3
    )
    told(police, person=Person("Anna", "Muster"), listed=True)
    told(council)
    return made


def test_the_overview_names_every_group_of_the_framework_and_what_is_to_be_done(
    as_user: SignIn, conference: Conference
) -> None:
    shown = as_user("carla").get(page(conference)).text
    for said in ("Polizei", "Kreistag und Beiräte", "1 Person wartet", "noch niemand"):
        assert said in shown
    assert "nicht eingeladen" in shown
    assert as_user("boris").get(page(conference)).status_code == 404


def test_an_answer_is_entered_corrected_and_undone(as_user: SignIn, conference: Conference) -> None:
    olga, carla = as_user("olga"), as_user("carla")
    invitation = make_invitation(conference, organisation="Sportverein")
    at = page(conference, f"answers/{invitation.uuid}")
    form = {"reply": "yes", "via": "phone", "said_by": "Vorstand", "s0.family_name": "Nord"}
    seen = olga.get(at).text.partition('name="made_from" value="')[2].partition('"')[0]
    assert carla.post(at, data={**form, "made_from": seen}).status_code == 403
    assert olga.post(at, data={**form, "made_from": seen, "via": "link"}).status_code == 422
    assert olga.post(at, data={**form, "made_from": seen}).status_code == 302
    assert "Vorstand" in olga.get(at).text
    assert olga.post(at, data={**form, "made_from": seen, "reply": "no"}).status_code == 409
    assert olga.post(f"{at}/withdraw").status_code == 302
    assert olga.post(f"{at}/undo").status_code == 302
    db.session.refresh(invitation)
    assert (invitation.reply, invitation.via, invitation.said_by) == ("yes", "phone", "Vorstand")
    assert as_user("boris").post(f"{at}/undo").status_code == 404
    elsewhere = page(make_conference(), f"answers/{invitation.uuid}")
    assert olga.get(elsewhere).status_code == 404


def test_who_holds_the_duty_takes_answers_and_sees_no_hidden_address(
    as_user: SignIn, cast: Cast
) -> None:
    actor = make_actor()
    cast.keeps(actor)
    made = make_conference(duties={"invitation": actor})
    invitation = make_invitation(made, organisation="Verband", email="geheim@verband.example")
    named = {"given_name": "Greta", "family_name": "Geheim", "function": "Leitung"}
    private = make_invitation(made, organisation="Praxis", **named)
    alone = make_invitation(made, organisation="", category="voluntary", **named, number=7)
    emil, at = as_user("emil"), page(made, f"answers/{invitation.uuid}")
    assert "geheim" not in emil.get(at).text
    theirs = [page(made, f"answers/{each.uuid}") for each in (private, alone)]
    lists = [page(made, f"answers/{name}") for name in ("list", "answers.csv")]
    for each in (*theirs, *lists):
        assert "Geheim" not in emil.get(each).text
        assert "Leitung" in emil.get(each).text
        assert "Geheim" in as_user("olga").get(each).text
    seen = emil.get(theirs[0]).text.partition('name="made_from" value="')[2].partition('"')[0]
    form = {"reply": "yes", "via": "phone", "made_from": seen}
    assert emil.post(theirs[0], data=form).status_code == 302
    [comes] = queries.load_participants(private)
    assert (comes.family_name, comes.deputy) == ("Geheim", False)
    assert "geheim" in as_user("olga").get(at).text
    seen = emil.get(at).text.partition('name="made_from" value="')[2].partition('"')[0]
    form = {"reply": "no", "via": "phone", "made_from": seen}
    assert emil.post(at, data=form).status_code == 302
    assert emil.get(page(make_conference())).status_code == 404


def test_lists_are_filtered_and_read_in_as_many_statements_at_any_length(
    as_user: SignIn, conference: Conference
) -> None:
    carla = as_user("carla")
    only = carla.get(page(conference, "answers/list?reply=open")).text
    assert "Verband" in only
    assert "Polizei Roth" not in only
    longer = make_conference()
    for name in ("Eins", "Zwei", "Drei", "Vier"):
        told(make_invitation(longer, organisation=name))
    paths = ("answers/list", "participants")
    for pages in [[page(each, path) for each in (conference, longer)] for path in paths]:
        # The first look reads what is kept from then on.
        _first, short, long = (statements(carla, at) for at in (pages[0], *pages))
        assert short == long


def statements(client: FlaskClient, at: str) -> int:
    db.session.remove()
    with count_queries() as seen:
        client.get(at)
    return len(seen)


def test_files_hold_what_the_lists_show_and_nothing_of_what_people_need(
    as_user: SignIn, conference: Conference
) -> None:
    needing = make_invitation(conference, organisation="=HYPERLINK(1)", number=4)
    told(needing, person=Person("Ali", "Gast"), needs=Needs(food="vegan"))
    olga = as_user("olga")
    csv = olga.get(page(conference, "answers/people.csv")).data.decode()
    assert csv.startswith("\ufeff")
    assert "'=HYPERLINK(1)" in csv
    book = openpyxl.load_workbook(BytesIO(olga.get(page(conference, "answers/everyone.xlsx")).data))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[0] for row in rows[1:]] == ["Anna Muster"]
    answers = olga.get(page(conference, "answers/answers.csv?reply=open")).data.decode()
    assert "Verband" in answers
    assert "Polizei" not in answers
    assert "vegan" not in csv + answers + str(rows)
    assert as_user("carla").get(page(conference, "answers/people.csv")).status_code == 403


def test_free_seats_go_to_those_who_wait_at_a_click(
    as_user: SignIn, conference: Conference
) -> None:
    conference.seats = 5
    db.session.commit()
    olga = as_user("olga")
    assert "Freie Plätze" in olga.get(page(conference)).text
    assert olga.post(page(conference, "answers/seats")).status_code == 302
    assert queries.load_waiting(conference) == []


def test_days_without_answers_stand_between_those_with_some() -> None:
    first = date(2026, 11, 2)
    counted = {(first, "yes"): 2, (first + timedelta(3), "no"): 1}
    rows = figures.by_day(counted, first - timedelta(1), first + timedelta(4))
    assert [(row.number, row.so_far) for row in rows] == [
        (0, 0),
        (2, 2),
        (0, 2),
        (0, 2),
        (1, 3),
        (0, 3),
    ]


@pytest.mark.parametrize(("today", "due"), [(8, None), (9, 9), (13, 13), (15, 13), (21, None)])
def test_a_reminder_counts_back_from_the_last_day(today: int, due: int | None) -> None:
    day = figures.reminder_since(date(2026, 11, 20), [7, 11], date(2026, 11, today))
    assert day == (date(2026, 11, due) if due else None)
