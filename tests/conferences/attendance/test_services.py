"""Who is there: noted once from any device, walk-ins, deputies, and what minutes are told."""

from datetime import timedelta
from uuid import uuid4

import pytest

from registry.access.policy import CONSOLE
from registry.conferences.attendance import queries, services
from registry.conferences.attendance.codes import code_of
from registry.conferences.criteria import Last
from registry.conferences.groups.models import Membership
from registry.conferences.invitations.everybody.queries import everybody
from registry.conferences.invitations.models import Reply, Via
from registry.conferences.models import Conference
from registry.conferences.replies import services as replies
from registry.conferences.replies.models import Participant
from registry.conferences.replies.queries import load_participants
from registry.conferences.replies.told import Person, Seat, Told
from registry.core.db import db
from registry.core.errors import Invalid, NotFound
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def conference(cast: Cast) -> Conference:
    """Two days, the first of them today; two have a seat, one waits, one has declined."""
    made = make_conference(
        TODAY, TODAY + timedelta(days=1), seats=2, deadline=TODAY + timedelta(days=1)
    )
    for name, person in (("Polizei", "Blau"), ("Verband", "Grün"), ("Verein", "Rot")):
        invitation = make_invitation(made, organisation=name, category="police", seats=2)
        said = Told(Reply.YES, {0: Seat(Person("Kim", person, "Leitung"))})
        replies.answer(CONSOLE, invitation, said, Via.PHONE, TODAY)
    gone = make_invitation(made, organisation="Kirche", given_name="Ute", family_name="Weiß")
    replies.answer(CONSOLE, gone, Told(Reply.NO), Via.PHONE, TODAY)
    db.session.commit()
    return made


def person(conference: Conference, family_name: str) -> queries.Person:
    [found] = [each for each in queries.roll(conference) if each.family_name == family_name]
    return found


def test_whoever_is_noted_twice_is_there_once(conference: Conference) -> None:
    blue = person(conference, "Blau").uuid
    first = services.arrive(CONSOLE, conference.uuid, blue, TODAY)
    second = services.arrive_by_badge(
        CONSOLE, conference.uuid, f"https:--x-de-badge-{blue}".replace("-", "ß"), TODAY
    )
    assert (first.again, second.again) == (False, True)
    assert list(person(conference, "Blau").days) == [TODAY]
    services.leave(CONSOLE, conference.uuid, blue, TODAY)
    assert not person(conference, "Blau").came
    with pytest.raises(Invalid):
        services.arrive_by_badge(CONSOLE, conference.uuid, str(uuid4()), TODAY)
    with pytest.raises(NotFound):
        services.arrive(CONSOLE, make_conference(TODAY).uuid, blue, TODAY)
    with pytest.raises(NotFound):
        services.arrive(CONSOLE, conference.uuid, blue, TODAY - timedelta(days=1))


def test_whoever_waited_for_a_seat_and_comes_has_one(conference: Conference) -> None:
    assert person(conference, "Rot").place == "waiting"
    services.arrive(CONSOLE, conference.uuid, person(conference, "Rot").uuid, TODAY)
    assert person(conference, "Rot").place == "seat"


def test_a_walk_in_belongs_to_the_invitation_of_the_organisation(conference: Conference) -> None:
    make_actor(name="Sportverein Roth")
    known = Person("Alex", "Neu")
    services.walk_in(CONSOLE, conference.uuid, "polizei", known, TODAY)
    services.walk_in(CONSOLE, conference.uuid, "polizei", known, TODAY)
    services.walk_in(CONSOLE, conference.uuid, "sportverein roth", Person("Bo", "Ball"), TODAY)
    services.walk_in(CONSOLE, conference.uuid, "", Person("Cem", "Gast"), TODAY)
    new, ball, guest = (person(conference, name) for name in ("Neu", "Ball", "Gast"))
    assert new.organisation == "Polizei"
    assert ball.organisation == "Sportverein Roth"
    assert guest.category == "guest"
    assert all(each.walk_in and each.place == "seat" for each in (new, ball, guest))
    row = db.session.query(Participant).filter_by(uuid=ball.uuid).one().invitation
    assert row.late
    assert row.reasons == [{"code": "walk_in"}]
    with pytest.raises(Invalid):
        services.walk_in(CONSOLE, conference.uuid, " ", Person(), TODAY)
    services.leave(CONSOLE, conference.uuid, ball.uuid, TODAY)
    assert "Ball" not in [each.family_name for each in queries.roll(conference)]


def test_a_deputy_gets_seat_and_group_and_can_be_taken_back(conference: Conference) -> None:
    absent = person(conference, "Blau")
    row = db.session.query(Participant).filter_by(uuid=absent.uuid).one()
    group = conference.groups[0]
    db.session.add(Membership(group=group, participant=row))
    db.session.flush()
    services.stand_in(CONSOLE, conference.uuid, absent.uuid, Person("Eva", "Ersatz"), TODAY)
    deputy = person(conference, "Ersatz")
    assert (deputy.deputy, deputy.stands_for, deputy.groups) == (True, "Kim Blau", (group.uuid,))
    told = queries.attended(conference)
    assert [each.family_name for each in told.present] == ["Ersatz"]
    assert {(each.organisation, each.name, each.deputy) for each in told.excused} == {
        ("Kirche", "Ute Weiß", ""),
        ("Polizei", "Kim Blau", "Eva Ersatz"),
    }
    assert [each.family_name for each in told.missing] == ["Grün"]
    services.leave(CONSOLE, conference.uuid, deputy.uuid, TODAY)
    assert person(conference, "Blau").groups == (group.uuid,)
    assert len(load_participants(row.invitation)) == 1


def test_where_nothing_was_noted_nobody_knows_who_was_there(conference: Conference) -> None:
    told = queries.attended(conference)
    assert not told.recorded
    assert not told.present
    assert [each.family_name for each in told.expected] == ["Blau", "Grün"]


def test_the_next_conference_knows_who_came_and_who_promised_only(cast: Cast) -> None:
    came, promised = make_actor(name="Kam"), make_actor(name="Kam nicht")
    earlier = make_conference(TODAY - timedelta(days=30), deadline=TODAY + timedelta(days=1))
    keys = {}
    for actor in (came, promised):
        invitation = make_invitation(earlier, actor, reply=Reply.YES, invited_on=TODAY)
        keys[actor.name] = Participant(
            conference=earlier, invitation=invitation, family_name=actor.name
        )
        db.session.add(keys[actor.name])
    db.session.flush()
    services.arrive(CONSOLE, earlier.uuid, keys["Kam"].uuid, earlier.days[0].day)
    found = everybody(make_conference(), TODAY)
    last = {each.candidate.name: each.candidate.last for each in found.values()}
    assert (last["Kam"], last["Kam nicht"]) == (Last.ATTENDED, Last.ABSENT)


def test_a_code_is_understood_however_the_reader_types() -> None:
    badge = uuid4()
    for said in (str(badge), badge.hex, f" HTTPS://X/DE/BADGE/{str(badge).upper()}\n"):
        assert code_of(said) == badge
    for said in ("", "abc", f"{badge}0"):
        with pytest.raises(ValueError, match=r".*"):
            code_of(said)
