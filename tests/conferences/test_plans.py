"""The office plans a conference: duties are rights, days move, plans are copied and deleted."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from registry.access.permissions import Permission
from registry.access.policy import may
from registry.actors.models import Actor
from registry.audit.models import AuditEntry
from registry.conferences import queries
from registry.conferences.fate import services as fate
from registry.conferences.fate.queries import CANCELLED
from registry.conferences.invitations.models import Invitation, Rule
from registry.conferences.models import Conference
from registry.conferences.plans import services
from registry.conferences.replies.models import Participant
from registry.conferences.series import queries as series_queries
from registry.conferences.series import services as series_services
from registry.conferences.series.models import Series
from registry.conferences.venues.models import Room, Venue
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import (
    TODAY,
    make_conference,
    make_invitation,
    make_participant,
)

FIRST = date(2027, 3, 16)
HOURS = {"starts": time(13), "ends": time(17)}


def make_series(who: Any, *invite: Actor, **fields: Any) -> Series:
    turns = [{"kind": "invitation", "actor": {"uuid": each.uuid}} for each in invite]
    data = {"name": "Integrationskonferenz", "months": 6, "turns": turns, **fields}
    return series_services.create(who, "09576", data)


def make_venue(*rooms: str) -> Venue:
    made = Venue(region="09576", name="Haus", rooms=[Room(name=each) for each in rooms])
    db.session.add(made)
    db.session.flush()
    return made


def plan(who: Any, day: date, **fields: Any) -> Conference:
    data = {"title": "Konferenz", "days": [{"day": day, **HOURS}], **fields}
    return services.create(who, "09576", data)


def test_a_duty_is_a_right_for_this_conference_alone(cast: Cast) -> None:
    actor = make_actor()
    cast.keeps(actor)
    own, other = make_conference(duties={"invitation": actor}), make_conference()
    emil = cast.who("emil")
    assert queries.load_conference(emil, own.uuid) is own
    with pytest.raises(NotFound):
        queries.load_conference(emil, other.uuid)
    rights = {right for right in Permission if may(emil, right, own)}
    assert {Permission.CONFERENCE_READ, Permission.CONFERENCE_INVITE} <= rights
    assert not rights & {Permission.CONFERENCE_EDIT, Permission.CONFERENCE_LEAD}
    assert not may(emil, Permission.CONFERENCE_INVITE, other)
    assert not may(emil, Permission.CONFERENCE_INVITE, make_invitation(other, actor))
    with pytest.raises(NotAllowed):
        services.set_programme(emil, own.uuid, 1, {"agenda": []})
    duties = {"chair": {"actor": {"uuid": actor.uuid}}}
    services.give_duties(cast.who("olga"), own.uuid, 1, duties)
    assert services.set_programme(emil, own.uuid, 2, {"agenda": []}).agenda == []
    assert not may(emil, Permission.CONFERENCE_INVITE, own)


def test_only_the_region_s_organisers_plan_and_stale_changes_are_refused(cast: Cast) -> None:
    made = make_conference()
    with pytest.raises(NotAllowed):
        services.change(cast.who("carla"), made.uuid, 1, {"title": "x"}, TODAY)
    for act in (fate.delete, services.give_duties, services.set_programme):
        rest = () if act is fate.delete else ({},)
        with pytest.raises(NotFound):
            act(cast.who("boris"), made.uuid, 1, *rest)
        with pytest.raises(Conflict):
            act(cast.who("olga"), made.uuid, 7, *rest)


def test_what_a_plan_names_must_be_of_its_own_region(cast: Cast) -> None:
    away = make_actor(region="09573")
    foreign = make_series(cast.who("dana"))
    foreign.region = "09573"
    made = make_conference()
    wrong: list[tuple[str, Any]] = [
        ("series", {"uuid": foreign.uuid}),
        ("venue", {"uuid": UUID(int=7)}),
        ("days", [{"day": FIRST, "starts": time(9), "ends": time(9)}]),
        ("days", [{"day": FIRST, **HOURS}, {"day": FIRST, **HOURS}]),
        ("deadline", made.first_day),
    ]
    for name, value in wrong:
        with pytest.raises(Invalid) as refused:
            services.change(cast.who("dana"), made.uuid, 1, {name: value}, TODAY)
        assert list(refused.value.errors) == [name]
        db.session.rollback()
    duties = {"chair": {"actor": {"uuid": away.uuid}}}
    with pytest.raises(Invalid):
        services.give_duties(cast.who("dana"), made.uuid, 1, duties)


def test_a_new_plan_has_the_framework_s_agenda_and_whose_turn_it_is(cast: Cast) -> None:
    olga = cast.who("olga")
    office, caritas = make_actor(name="Landratsamt"), make_actor(name="Caritas")
    series = make_series(olga, office, caritas)
    told = []
    for months in (0, 6, 12):
        made = plan(olga, FIRST + timedelta(days=30 * months), series={"uuid": series.uuid})
        told.append([(each.kind, each.actor and each.actor.name) for each in made.duties])
    assert told == [[("invitation", name)] for name in ("Landratsamt", "Caritas", "Landratsamt")]
    assert [each.kind for each in made.agenda] == [
        "look_back",
        "situation",
        "coordination",
        "offers",
        "information",
        "next_date",
    ]
    assert series_queries.next_turns(series)["invitation"] is caritas
    [row] = series_queries.listed(olga, FIRST + timedelta(days=1))
    assert (row.count, row.rhythm.planned) == (1, FIRST + timedelta(days=180))


def test_copying_takes_rules_and_texts_but_nobody(cast: Cast) -> None:
    olga, actor = cast.who("olga"), make_actor()
    earlier = make_conference(letter_text="Wir laden Sie ein.", quotas={"police": {"most": 2}})
    make_invitation(earlier, actor)
    db.session.add(Rule(conference=earlier, criteria={"categories": ["police"]}, seats=2))
    db.session.flush()
    made = plan(olga, FIRST, template=earlier.uuid, overbooking=0, seats=None)
    assert (made.letter_text, made.seats, made.quotas) == (
        "Wir laden Sie ein.",
        40,
        {"police": {"most": 2}},
    )
    [rule] = db.session.query(Rule).filter_by(conference_id=made.id)
    assert (rule.criteria, rule.seats) == ({"categories": ["police"]}, 2)
    assert [each.title for each in made.groups] == ["Sprache", "Arbeit"]
    assert not {each.uuid for each in made.groups} & {each.uuid for each in earlier.groups}
    assert db.session.query(Invitation).filter_by(conference_id=made.id).count() == 0
    assert made.frozen_at is None


def test_copied_groups_keep_day_room_and_moderating_function_but_no_person(cast: Cast) -> None:
    """A group of the second day has no day in a conference of one; another venue has no room."""
    olga, venue = cast.who("olga"), make_venue("Saal", "Raum 2")
    earlier = make_conference(date(2026, 3, 1), date(2026, 3, 2), venue=venue)
    first, second = earlier.groups
    first.day, second.day = earlier.days
    person = make_participant(earlier, "Anna")
    facts = {"unit": "Fachdienst 55", "moderator": "Leitung", "share": 2, "maximum": 12}
    for group in (first, second):
        for name, value in facts.items():
            setattr(group, name, value)
        group.room, group.moderator_id, group.open = venue.rooms[1], person.id, True
    db.session.flush()
    made = plan(olga, FIRST, template=earlier.uuid)
    shown = [(each.day, each.room) for each in made.groups]
    assert shown == [(made.days[0], venue.rooms[1]), (None, venue.rooms[1])]
    for group in made.groups:
        assert {name: getattr(group, name) for name in facts} == facts
        assert (group.moderator_id, bool(group.open)) == (None, False)
    other = make_venue("Halle")
    moved = plan(olga, FIRST, template=earlier.uuid, venue={"uuid": other.uuid})
    assert {each.room for each in moved.groups} == {None}
    assert db.session.query(Participant).filter_by(conference_id=made.id).count() == 0


def test_a_conference_of_two_days_moves_by_one_and_keeps_what_calendars_know(cast: Cast) -> None:
    olga = cast.who("olga")
    made = make_conference(FIRST, FIRST + timedelta(days=1), deadline=date(2027, 2, 20))
    ids = [each.uuid for each in made.days]
    fate.move(olga, made.uuid, 1, FIRST + timedelta(days=1), None, TODAY)
    assert (made.sequence, made.moved_on, made.deadline) == (0, None, date(2027, 2, 21))
    made.frozen_at = now()
    fate.move(olga, made.uuid, 2, date(2027, 4, 13), None, TODAY)
    db.session.commit()
    assert [(each.day, each.uuid) for each in made.days] == [
        (date(2027, 4, 13), ids[0]),
        (date(2027, 4, 14), ids[1]),
    ]
    assert (made.sequence, made.moved_on, made.moved_from) == (1, TODAY, date(2027, 3, 17))
    assert made.deadline == date(2027, 3, 20)
    services.change(olga, made.uuid, made.version, {"motto": "Zusammen"}, TODAY)
    assert made.sequence == 1
    later = [{"day": each.day, "starts": time(14), "ends": time(17)} for each in made.days]
    services.change(olga, made.uuid, made.version, {"days": later}, TODAY + timedelta(days=1))
    assert (made.sequence, made.moved_on) == (2, TODAY + timedelta(days=1))
    assert made.moved_from == date(2027, 3, 17)
    fate.move(olga, made.uuid, made.version, date(2027, 5, 11), None, TODAY)
    assert made.moved_from == date(2027, 3, 17)  # nobody has been told of the day between
    make_invitation(made, organisation="Verein", told=made.sequence)
    fate.move(olga, made.uuid, made.version, date(2027, 5, 12), None, TODAY)
    assert made.moved_from == date(2027, 5, 11)
    fate.move(olga, made.uuid, made.version, date(2027, 5, 11), None, TODAY)
    assert made.moved_from is None
    entries = db.session.query(AuditEntry).filter_by(subject_id=made.uuid).order_by(AuditEntry.id)
    actions = [each.action for each in entries]
    assert actions == [
        *["conference.moved"] * 2, *["conference.updated"] * 2, *["conference.moved"] * 3,
    ]  # fmt: skip


def test_calling_off_can_be_undone_until_mail_about_it_is_written(cast: Cast) -> None:
    olga, made = cast.who("olga"), make_conference(frozen_at=now())
    invitation = make_invitation(made, make_actor(), invited_on=TODAY)
    fate.cancel(olga, made.uuid, 1, "Der Saal ist gesperrt.", TODAY)
    assert (made.state(TODAY), made.sequence) == ("cancelled", 1)
    fate.reinstate(olga, made.uuid)
    assert made.state(TODAY) == "inviting"
    with pytest.raises(Invalid):
        fate.archive(olga, made.uuid, made.version, TODAY)
    fate.cancel(olga, made.uuid, made.version, "Der Saal ist gesperrt.", TODAY)
    mail = Mail(
        kind=CANCELLED, about=invitation.uuid, region="09576", language="de", recipient="a@b"
    )
    db.session.add(mail)
    with pytest.raises(Invalid):
        fate.reinstate(olga, made.uuid)


def test_an_archived_plan_comes_back_or_is_deleted_unless_somebody_was_invited(
    cast: Cast,
) -> None:
    olga, made = cast.who("olga"), make_conference()
    with pytest.raises(Invalid):
        fate.delete(olga, made.uuid, 1)
    fate.archive(olga, made.uuid, 1, TODAY)
    wanted = queries.ConferenceFilter()
    assert queries.office_list(olga, wanted, TODAY) == ([], 0)
    fate.restore(olga, made.uuid)
    assert queries.office_list(olga, wanted, TODAY)[1] == 1
    fate.archive(olga, made.uuid, made.version, TODAY)
    invitation = make_invitation(made, make_actor(), invited_on=TODAY)
    with pytest.raises(Invalid):
        fate.delete(olga, made.uuid, made.version)
    invitation.invited_on = None
    db.session.commit()
    fate.delete(olga, made.uuid, made.version)
    assert db.session.query(Invitation).count() == 0


def test_what_is_near_stands_on_the_desk(cast: Cast) -> None:
    olga = cast.who("olga")
    near, far = TODAY + timedelta(days=7), TODAY + timedelta(days=40)
    make_conference(TODAY + timedelta(weeks=6), deadline=far)
    make_conference(TODAY + timedelta(weeks=30), deadline=far)
    make_conference(TODAY + timedelta(weeks=4), deadline=near, frozen_at=now())
    make_conference(TODAY + timedelta(weeks=8), deadline=far, frozen_at=now())
    assert [queries.count_due(olga, due, TODAY) for due in queries.DUE] == [1, 1]
    assert queries.count_due(cast.who("boris"), "unsent", TODAY) == 0
    series = make_series(olga)
    make_conference(TODAY - timedelta(days=200), series=series)
    assert series_queries.count_due(olga, TODAY) == 1
    make_conference(TODAY + timedelta(weeks=6), series=series)
    assert series_queries.count_due(olga, TODAY) == 0
