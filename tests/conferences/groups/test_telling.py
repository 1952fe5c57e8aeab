"""Telling participants where they are: once, in their language, and again where it has changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.conferences.groups import services as groups
from registry.conferences.groups.cafe import services as cafes
from registry.conferences.groups.moving import services as moving
from registry.conferences.groups.services import How
from registry.conferences.groups.telling import leaving, queries, services
from registry.conferences.groups.telling.places import Hours, hours
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import AgendaItem, Conference, ItemFormat
from registry.conferences.replies import closing
from registry.conferences.replies.models import Participant
from registry.conferences.venues.models import Room, Venue
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Invalid, NotAllowed
from registry.core.mail import suppression
from registry.core.mail.models import Mail, State
from registry.core.mail.rendering import render
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

STANDARD = How((0, 1, 4, 9), 25, 7)


def comes(conference: Conference, name: str, *wishes: Any, email: str = "") -> Participant:
    """Make somebody of an organisation of their own who comes and wishes for these groups."""
    contact = {"function": "Büro", "email": email, "use_for_invitations": True}
    actor = make_actor(name=f"Haus {name}", contacts=[contact] if email else [])
    known = {"email": email, "contact": actor.contacts[0]} if email else {}
    invited = make_invitation(conference, actor, reply="yes", **known)
    made = Participant(
        conference=conference,
        invitation=invited,
        family_name=name,
        form="neutral",
        wishes=[str(each.uuid) for each in wishes],
    )
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def conference(database: None) -> Conference:
    """Anna and Bo are reached by mail, Cem is not; the groups meet at a known time."""
    made = make_conference(
        agenda=[
            AgendaItem(title="Begrüßung", minutes=30),
            AgendaItem(title="Sprache", minutes=60, format=ItemFormat.GROUP, position=1),
        ]
    )
    language, work = made.groups
    comes(made, "Anna", language, email="anna@example.org")
    comes(made, "Bo", work, email="bo@example.org")
    comes(made, "Cem", work)
    return made


def arrange(made: Conference) -> None:
    groups.arrange(CONSOLE, made.uuid, "", STANDARD)
    db.session.commit()


def tell(made: Conference, expected: int) -> int:
    sent = services.tell(CONSOLE, made.uuid, expected, TODAY)
    db.session.commit()
    return sent


def mails() -> list[Mail]:
    query = select(Mail).where(Mail.kind == "conference_places").order_by(Mail.id)
    return list(db.session.scalars(query))


def body(mail: Mail) -> str:
    part = render(mail, mail.made_at).get_body(("plain",))
    return str(part.get_content()) if part else ""


def test_everybody_is_told_once_and_whom_mail_does_not_reach_is_listed(
    conference: Conference,
) -> None:
    assert services.plan(CONSOLE, conference).mails == []
    arrange(conference)
    plan = services.plan(CONSOLE, conference)
    assert [str(each.why) for each in plan.others] == ["no_address"]
    with pytest.raises(Invalid):
        services.tell(CONSOLE, conference.uuid, 3, TODAY)
    assert tell(conference, 2) == 2
    anna = body(mails()[0])
    assert "Gruppe A: Sprache" in anna
    assert "13:30 Uhr bis 14:30 Uhr" in anna
    assert "/de/conference?key=" in anna
    assert services.plan(CONSOLE, conference).mails == []
    with pytest.raises(Invalid):
        services.tell(CONSOLE, conference.uuid, 0, TODAY)


def test_only_who_was_moved_since_is_told_again(conference: Conference) -> None:
    arrange(conference)
    tell(conference, 2)
    bo = db.session.scalars(select(Participant).where(Participant.family_name == "Bo")).one()
    target = {"group": conference.groups[0].uuid, "reason": "spricht mit"}
    moving.move(CONSOLE, conference.uuid, bo.uuid, target, str(conference.groups[1].uuid))
    [again] = services.plan(CONSOLE, conference).mails
    assert (again.row.email, again.again) == ("bo@example.org", True)
    tell(conference, 1)
    first, second = mails()[1:]
    assert "Das gilt jetzt" in body(second)
    assert leaving.guard(first) == State.CANCELLED  # an older one must not arrive after it
    assert leaving.guard(second) is None


def test_another_hour_is_told_to_all_and_another_room_to_its_group(conference: Conference) -> None:
    arrange(conference)
    tell(conference, 2)
    conference.agenda[0].minutes = 45
    db.session.commit()
    tell(conference, 2)
    conference.groups[0].room = Room(name="Saal", venue=Venue(region="09576", name="Haus"))
    db.session.commit()
    tell(conference, 1)
    assert "Raum: Saal" in body(mails()[-1])


def test_who_wrote_in_another_language_is_told_in_it(conference: Conference) -> None:
    arrange(conference)
    row = db.session.scalars(select(Invitation).where(Invitation.email == "bo@example.org")).one()
    db.session.add(
        Mail(
            kind="conference_answer",
            region="09576",
            recipient="bo@example.org",
            about=row.uuid,
            language="en",
        )
    )
    db.session.commit()
    tell(conference, 2)
    assert "Group B: Arbeit" in body(mails()[1])


def test_whoever_objected_gets_nothing_even_where_the_mail_waits(conference: Conference) -> None:
    arrange(conference)
    tell(conference, 2)
    suppression.add(db.session, "anna@example.org", "objected", now())
    db.session.commit()
    assert leaving.guard(mails()[0]) == State.HELD
    moved = db.session.scalars(select(Participant).where(Participant.family_name == "Anna")).one()
    target = {"group": conference.groups[1].uuid, "reason": "x"}
    moving.move(CONSOLE, conference.uuid, moved.uuid, target, str(conference.groups[0].uuid))
    plan = services.plan(CONSOLE, conference)
    assert plan.mails == []
    assert {str(each.why) for each in plan.others} == {"objected", "no_address"}


def test_a_mail_that_came_back_has_told_nobody(conference: Conference) -> None:
    arrange(conference)
    tell(conference, 2)
    mails()[0].state = State.DEAD
    mails()[1].state = State.BOUNCED
    suppression.add(db.session, "bo@example.org", "bounced", now())
    db.session.commit()
    plan = services.plan(CONSOLE, conference)
    assert [each.row.email for each in plan.mails] == ["anna@example.org"]
    assert [str(each.why) for each in plan.others] == ["bounced", "no_address"]
    for each in plan.others:
        services.told_otherwise(CONSOLE, conference.uuid, each.row.uuid)
    tell(conference, 1)
    again = services.plan(CONSOLE, conference)
    assert ([*again.mails, *again.others], again.known) == ([], 3)


def test_what_somebody_told_by_telephone_is_noted(conference: Conference, cast: Cast) -> None:
    arrange(conference)
    [cem] = services.plan(CONSOLE, conference).others
    with pytest.raises(NotAllowed):
        services.told_otherwise(cast.who("carla"), conference.uuid, cem.row.uuid)
    services.told_otherwise(CONSOLE, conference.uuid, cem.row.uuid)
    assert services.plan(CONSOLE, conference).others == []
    with pytest.raises(Invalid):
        services.told_otherwise(CONSOLE, conference.uuid, cem.row.uuid)


def test_the_first_table_of_a_world_cafe_and_who_hosts_one_are_told(conference: Conference) -> None:
    anna = db.session.scalars(select(Participant).where(Participant.family_name == "Anna")).one()
    data = {
        "title": "Café",
        "rounds": 1,
        "tables": [{"topic": "Wohnen", "host": None, "host_person": anna.uuid}],
    }
    cafe = cafes.create(CONSOLE, conference.uuid, data)
    db.session.commit()
    assert not any(queries.places(conference).values())
    cafes.seat(CONSOLE, conference.uuid, cafe.uuid, 1)
    found = queries.places(conference)
    assert [(each.table, each.role) for each in found[anna.id]] == [(1, "hosts")]
    assert {(p.table, p.role) for key, (p,) in found.items() if key != anna.id} == {(1, "")}


@pytest.mark.usefixtures("no_csrf")
def test_the_office_looks_at_it_first_and_the_link_shows_it_afterwards(
    conference: Conference, as_user: Any, client: FlaskClient
) -> None:
    arrange(conference)
    row = db.session.scalars(select(Invitation).where(Invitation.email == "anna@example.org")).one()
    link = tokens.issue(closing.PURPOSE, row.uuid, timedelta(days=1))
    db.session.commit()
    own = f"/de/conference?key={tokens.secret(link)}"
    assert "Gruppe A: Sprache" not in client.get(own).text
    office, here = as_user("olga"), f"/en/office/conferences/{conference.uuid}/groups/tell"
    page = office.get(here).text
    assert "Send 2 mails" in page
    assert "Haus Cem" in page
    assert office.post(here, data={"expected": "2"}).status_code == 422
    assert office.post(here, data={"expected": "1", "confirmed": "1"}).status_code == 422
    sent = office.post(here, data={"expected": "2", "confirmed": "1"}, follow_redirects=True)
    assert "2 mails are on their way." in sent.text
    cem = sent.text.partition('name="invitation" value="')[2][:36]
    noted = office.post(f"{here}/otherwise", data={"invitation": cem}, follow_redirects=True)
    assert "Everybody knows where they are." in noted.text
    again = office.post(f"{here}/otherwise", data={"invitation": str(UUID(int=0))})
    assert again.status_code == 422
    assert "Gruppe A: Sprache" in client.get(own).text
    overview = here.removesuffix("/tell")
    assert "where they are now" not in office.get(overview).text
    bo = db.session.scalars(select(Participant).where(Participant.family_name == "Bo")).one()
    target = {"group": conference.groups[0].uuid, "reason": "x"}
    moving.move(CONSOLE, conference.uuid, bo.uuid, target, str(conference.groups[1].uuid))
    db.session.commit()
    assert "1 person does not know yet where they are now." in office.get(overview).text
    assert as_user("carla").get(here).status_code == 403


def test_hours_are_those_of_the_own_item_else_those_all_agree_on() -> None:
    day = TODAY
    own = Hours("Forum 1: Land", day, None, None)
    known = [
        own,
        Hours("Forum 2", day, None, None),
        Hours("Forum 3", day + timedelta(1), None, None),
    ]
    assert hours("forum 1:  Land", day, known).day == day
    assert hours("Anderes", None, known).day is None
    assert hours("Anderes", day, known).day == day
    assert hours("Anderes", None, []) == Hours("Anderes", None, None, None)
