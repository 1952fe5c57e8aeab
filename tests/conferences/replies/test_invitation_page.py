"""The page that an invitation's link opens."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from registry.access.policy import CONSOLE
from registry.conferences.groups.models import Membership
from registry.conferences.groups.moving import services as moving
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies import closing, queries
from registry.conferences.replies.models import PersonalNeed
from registry.core import tokens
from registry.core.db import db
from registry.core.mail.models import Mail
from tests.factories.conferences import TODAY, make_conference, make_invitation

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf", "database")
ANNA = {"given_name": "Anna", "family_name": "Muster", "organisation": "Musterverein e. V."}
STANDARD = {"costs": "0, 1, 4, 9", "unlisted": "25", "seed": "7"}
NEEDS = ["interpreting", "step_free", "children", "food", "other"]


def invite(**fields: Any) -> Invitation:
    conference = make_conference(needs_asked=NEEDS, **fields.pop("conference", {}))
    return make_invitation(conference, **{**ANNA, "email": "anna@verein.example", **fields})


def address(invitation: Invitation, lang: str = "de", page: str = "conference") -> str:
    link = tokens.issue("conference", invitation.uuid, closing.lasting(invitation.conference))
    db.session.commit()
    return f"/{lang}/{page}?key={tokens.secret(link)}"


def answer(client: FlaskClient, at: str, **data: Any) -> Any:
    shown = client.get(at).text
    made_from = shown.partition('name="made_from" value="')[2].partition('"')[0]
    given = {"made_from": made_from, "reply": "yes"}
    return client.post(at, data={**given, **{k.replace("__", "."): v for k, v in data.items()}})


def everything() -> dict[str, list[Any]]:
    return {
        name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
        for name in db.metadata.tables
    }


def test_opening_says_for_whom_it_is_and_changes_nothing(client: FlaskClient) -> None:
    at = address(invite())
    before = everything()
    for method in (client.get, client.head):
        shown = method(at)
        assert shown.status_code == 200
    db.session.expire_all()
    assert everything() == before
    shown = client.get(at)
    for said in ("Musterverein e. V.", "Anna Muster", "Integrationskonferenz"):
        assert said in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Robots-Tag"] == "noindex"


def test_whatever_opens_nothing_gets_the_same_page(client: FlaskClient) -> None:
    withdrawn, ended, over = invite(withdrawn_on=TODAY), invite(), invite()
    addresses = [address(withdrawn), address(ended)]
    tokens.end("conference", ended.uuid)
    expired = tokens.issue("conference", over.uuid, timedelta(seconds=-1))
    strange = tokens.issue("conference", uuid4(), timedelta(days=1))
    db.session.commit()
    addresses += [f"/de/conference?key={tokens.secret(each)}" for each in (expired, strange)]
    addresses += ["/de/conference", "/de/conference?key=x%00", addresses[0][:-3]]
    pages = {client.get(at).text.replace(at, "") for at in addresses}
    assert len({page.partition("<main")[2].partition("</main>")[0] for page in pages}) == 1
    assert {client.get(at).status_code for at in addresses} == {404}
    assert {client.post(at, data={"reply": "no"}).status_code for at in addresses} == {404}


def test_an_answer_is_kept_shown_again_and_confirmed_by_mail(client: FlaskClient) -> None:
    invitation = invite()
    at = address(invitation)
    group = invitation.conference.groups[1]
    sent = answer(
        client,
        at,
        s0__given_name="Anna",
        s0__family_name="Muster",
        **{"s0.wish-1": str(group.uuid), "s0.listed": "1"},
    )
    assert sent.status_code == 302
    shown = client.get(sent.location).text
    assert "Ja, wir kommen" in shown
    assert "Arbeit" in shown
    [anna] = queries.load_participants(invitation)
    assert (anna.place, anna.wishes, anna.listed) == ("seat", [str(group.uuid)], True)
    assert db.session.scalars(select(Mail.kind)).all() == ["conference_answer"]


def test_needs_are_asked_with_consent_noted_and_never_shown(client: FlaskClient) -> None:
    invitation = invite()
    at = address(invitation)
    needs = {"s0__family_name": "Muster", "s0__given_name": "Anna", "s0__food": "vegan"}
    refused = answer(client, at, **needs)
    assert refused.status_code == 422
    assert "vegan" in refused.text
    taken = answer(client, at, **needs, s0__consent="food")
    assert taken.status_code == 302
    assert db.session.scalars(select(PersonalNeed.food)).all() == ["vegan"]
    assert "vegan" not in client.get(at).text
    answer(client, at, s0__family_name="Muster", s0__given_name="Anna", s0__forget="1")
    assert db.session.scalars(select(PersonalNeed)).all() == []


def test_needs_the_conference_does_not_ask_are_neither_shown_nor_taken(
    client: FlaskClient,
) -> None:
    invitation = invite()
    invitation.conference.needs_asked = ["food"]
    at = address(invitation)
    assert "s0.interpreting" not in client.get(at).text
    answer(client, at, s0__interpreting="Arabisch", s0__consent="interpreting")
    assert db.session.scalars(select(PersonalNeed)).all() == []


def test_two_people_with_one_link_overwrite_nothing(client: FlaskClient) -> None:
    invitation = invite()
    at = address(invitation)
    stale = {"made_from": "", "reply": "no"}
    assert answer(client, at).status_code == 302
    again = client.post(at, data=stale)
    assert again.status_code == 409
    assert "Anna Muster" in again.text
    assert queries.load_participants(invitation)[0].place == "seat"
    assert answer(client, at, reply="no").status_code == 302
    assert queries.load_participants(invitation)[0].place == "none"


def test_what_people_type_stays_text_and_what_they_forge_is_refused(client: FlaskClient) -> None:
    invitation = invite()
    at = address(invitation)
    script = "<script>alert(1)</script>"
    sent = answer(client, at, reply="deputy", s0__family_name=script, s0__given_name="Ali")
    assert sent.status_code == 302
    assert script not in client.get(at).text
    for forged in (
        {"s0.wish-1": str(uuid4())},
        {"s0.family_name": "x\0y"},
        {"s0.children": "-3", "s0.consent": "children"},
        {"s0.consent": "nonsense"},
        {"reply": "perhaps"},
    ):
        assert answer(client, at, **forged).status_code == 422
    assert answer(client, at, **{"s7.family_name": "Zuviel"}).status_code == 302
    assert len(queries.load_participants(invitation)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cancelled_on": TODAY, "cancelled_because": "Sturm"}, "Sturm"),
        ({"deadline": TODAY - timedelta(days=1)}, "rufen Sie an"),
        ({"moved_on": TODAY, "moved_from": TODAY}, "Termin"),
    ],
)
def test_what_is_cancelled_late_or_moved_says_so(
    client: FlaskClient, fields: dict[str, Any], said: str
) -> None:
    at = address(invite(conference=fields))
    shown = client.get(at)
    assert shown.status_code == 200
    assert said in shown.text
    open_for_answers = "moved_on" in fields
    assert ('name="reply"' in shown.text) == open_for_answers
    assert answer(client, at, reply="no").status_code == (302 if open_for_answers else 422)


def test_it_speaks_the_readers_language_from_its_side(client: FlaskClient, app: Flask) -> None:
    shown = client.get(address(invite(seats=2), "ar")).text
    assert 'dir="rtl"' in shown
    assert "s1.family_name" in shown


def test_forums_of_each_day_are_wished_for_separately(client: FlaskClient, as_user: Any) -> None:
    days = (TODAY + timedelta(weeks=6), TODAY + timedelta(weeks=6, days=1))
    conference = make_conference(*days, groups=("Land", "Arbeit", "Land", "Arbeit"))
    for number, group in enumerate(conference.groups):
        group.day = conference.days[number // 2]
    conference.groups[2].description = "Bus und Bahn"
    db.session.commit()
    land, work, land_2, work_2 = (str(each.uuid) for each in conference.groups)
    at = address(make_invitation(conference, **ANNA), "en")
    page = client.get(at).text
    assert page.count("Wishes for") == 2
    assert "Bus und Bahn" in page
    assert "Third choice" not in page  # two forums a day
    chosen = {"s0__wish-1": work, "s0__round-2-wish-1": land_2, "s0__round-2-wish-2": work_2}
    shown = answer(client, at, **chosen)
    assert shown.status_code == 302
    [anna] = queries.load_participants(conference_invitation(conference))
    assert anna.wishes == [work, land_2, work_2]
    page = client.get(at).text
    for key in (work, land_2, work_2):
        assert f'<option value="{key}" selected>' in page
    answer(client, at, **{**chosen, "s0__wish-2": land})  # can be changed until the deadline
    db.session.expire_all()
    assert anna.wishes == [work, land, land_2, work_2]
    office = as_user("olga")
    here = f"/en/office/conferences/{conference.uuid}"
    listed = office.get(f"{here}/participants").text
    assert "<bdi>Arbeit, Land</bdi>; <bdi>Land, Arbeit</bdi>" in listed
    assert "Arbeit; Land" in office.get(f"{here}/answers/people.csv").text
    for day in conference.days:
        office.post(f"{here}/groups", data={"day": str(day.uuid), **STANDARD})
    for day, title in zip(conference.days, ("Arbeit", "Land"), strict=True):
        people = office.get(f"{here}/groups/people?day={day.uuid}").text
        assert f"{title}</bdi></span></span>" in people
        assert "First wish" in people
    wanted = {"group": UUID(work_2), "reason": "x"}
    moving.move(CONSOLE, conference.uuid, anna.uuid, wanted, land_2)
    ranks = dict(iter(db.session.execute(select(Membership.group_id, Membership.rank))))
    assert ranks == {conference.groups[1].id: 1, conference.groups[3].id: 2}


def conference_invitation(conference: Conference) -> Invitation:
    query = select(Invitation).where(Invitation.conference_id == conference.id)
    return db.session.scalars(query).one()
