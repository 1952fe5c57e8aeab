"""Decisions and tasks as services keep them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.conferences.decisions import queries, services
from registry.conferences.decisions.answers import services as answers
from registry.conferences.decisions.asking import services as asking
from registry.conferences.decisions.following import queries as following
from registry.conferences.decisions.following.queries import TaskFilter
from registry.conferences.decisions.models import Task, TaskRequest
from registry.conferences.decisions.standing import State
from registry.conferences.models import Conference
from registry.conferences.wall.models import Card
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference

pytestmark = pytest.mark.usefixtures("database")
OFFICE = {"function": "Geschäftsstelle", "email": "amt@example.org", "use_for_invitations": True}
SOON, LONG_AGO = TODAY + timedelta(days=60), TODAY - timedelta(days=90)


def held(**fields: Any) -> Conference:
    return make_conference(LONG_AGO, deadline=LONG_AGO - timedelta(days=9), **fields)


def task(conference: Conference, **fields: Any) -> Task:
    given = {"title": "Zwei Kurse am Abend", "due": SOON, "measure": "Zwei Kurse laufen", **fields}
    return services.add_task(CONSOLE, conference.uuid, given, TODAY)


def reachable() -> Actor:
    return make_actor(contacts=[OFFICE])


def stands(row: Task) -> State:
    return queries.standings([row], TODAY)[0].state


def test_numbers_count_within_a_conference() -> None:
    one, other = held(), make_conference()
    assert [task(one).number, task(one).number, task(other).number] == [1, 2, 1]
    decided = services.decide(CONSOLE, one.uuid, {"text": "Es soll Kurse geben."})
    assert decided.code == f"{LONG_AGO:%Y-%m}/B01"


def test_a_task_keeps_its_way_back_to_card_and_group() -> None:
    conference = held()
    card = Card(conference=conference, group=conference.groups[0], question="measure", text="Kurse")
    db.session.add(card)
    db.session.flush()
    assert queries.load_measures(conference) == [card]
    made = task(conference, card={"uuid": card.uuid})
    assert (made.card, made.group) == (card, conference.groups[0])
    assert queries.load_measures(conference) == []
    with pytest.raises(Invalid):
        task(make_conference(), card={"uuid": card.uuid})


def test_whatever_belongs_to_another_conference_or_region_does_not_exist() -> None:
    conference, other = held(), make_conference()
    decided = services.decide(CONSOLE, other.uuid, {"text": "Anderes"})
    away = make_actor(region="09573")
    for wrong in (
        {"decision": {"uuid": decided.uuid}},
        {"group": {"uuid": other.groups[0].uuid}},
        {"actor": {"uuid": away.uuid}},
        {"partner_ids": [away.uuid]},
        {"municipality_ids": ["99999999"]},
    ):
        with pytest.raises(Invalid):
            task(conference, **wrong)


def test_another_organisation_or_day_takes_the_promise_back() -> None:
    actor = make_actor()
    made = task(held(), actor={"uuid": actor.uuid}, commitment="yes", committed_by="Leitung")
    assert made.committed_on == TODAY
    assert stands(made) == State.SILENT
    services.change_task(CONSOLE, made.uuid, 1, {"aim": "Damit alle kommen können"}, TODAY)
    assert made.commitment == "yes"
    services.change_task(CONSOLE, made.uuid, 2, {"due": SOON + timedelta(days=9)}, TODAY)
    assert (made.commitment, made.committed_by) == ("open", None)
    with pytest.raises(Conflict):
        services.change_task(CONSOLE, made.uuid, 1, {"title": "Anders"}, TODAY)


def test_only_who_takes_the_minutes_may_enter_anything(cast: Cast) -> None:
    keeper = make_actor()
    cast.keeps(keeper)
    conference, other = held(duties={"minutes": keeper}), held(duties={"chair": keeper})
    assert services.decide(cast.who("emil"), conference.uuid, {"text": "Ja"}).number == 1
    assert services.report(
        cast.who("emil"), task(conference).uuid, {"light": "stuck", "via": "phone"}
    )
    for who, where, error in (
        (cast.who("emil"), other, NotAllowed),
        (cast.who("carla"), conference, NotAllowed),
        (cast.who("boris"), conference, NotFound),
    ):
        with pytest.raises(error):
            services.decide(who, where.uuid, {"text": "Nein"})
        with pytest.raises(error):
            services.add_task(who, where.uuid, {"title": "Nein"}, TODAY)


def promised(**fields: Any) -> Task:
    made = task(held(), actor={"uuid": reachable().uuid}, commitment="yes", **fields)
    made.committed_on = LONG_AGO
    db.session.flush()
    return made


def test_a_quarter_is_asked_once_and_reminded_once() -> None:
    made = promised()
    assert made.actor
    assert asking.ask_all(CONSOLE, TODAY) == 1
    assert asking.ask_all(CONSOLE, TODAY) == 0
    request = db.session.scalars(select(TaskRequest)).one()
    request.asked_on = TODAY - timedelta(days=14)
    assert asking.ask_all(CONSOLE, TODAY) == 1
    assert asking.ask_all(CONSOLE, TODAY) == 0
    kinds = db.session.scalars(select(Mail.kind).order_by(Mail.id)).all()
    assert kinds == ["task_progress", "task_reminder"]
    assert stands(made) == State.SILENT
    holder = answers.holder(made.actor, made.uuid)
    answers.report(holder, made.actor, made.version, {"light": "on_track"})
    assert stands(made) == State.ON_TRACK


def test_promises_are_asked_for_where_nothing_else_is_missing() -> None:
    conference, actor = held(), reachable()
    for fields in ({}, {"measure": None}, {"due": None}):
        task(conference, actor={"uuid": actor.uuid}, **fields)
    assert asking.ask(CONSOLE, conference.uuid, TODAY) == (1, 0)
    mail = db.session.scalars(select(Mail)).one()
    assert [each["code"] for each in mail.facts["tasks"]] == [f"{LONG_AGO:%Y-%m}/01"]
    with pytest.raises(Invalid):
        asking.ask(CONSOLE, held().uuid, TODAY)


def test_the_holder_of_a_link_answers_for_its_own_tasks_alone() -> None:
    made, other = promised(), promised()
    assert made.actor
    with pytest.raises(NotFound):
        answers.holder(made.actor, other.uuid)
    with pytest.raises(NotFound):
        answers.holder(made.actor, uuid4())
    stranger = Who("link", "task link", opens=made.uuid)
    assert other.actor
    with pytest.raises(NotFound):
        answers.report(stranger, other.actor, 1, {"light": "done"})


def test_a_promise_is_given_for_what_was_shown() -> None:
    made = task(held(), actor={"uuid": make_actor().uuid})
    assert made.actor
    holder = answers.holder(made.actor, made.uuid)
    services.change_task(CONSOLE, made.uuid, 1, {"due": SOON + timedelta(days=1)}, TODAY)
    with pytest.raises(Conflict):
        answers.promise(holder, made.actor, 1, {"commitment": "yes"}, TODAY)
    answers.promise(holder, made.actor, 2, {"commitment": "yes"}, TODAY)
    answers.promise(holder, made.actor, 2, {"commitment": "yes"}, TODAY)
    assert (made.commitment, made.committed_via, made.version) == ("yes", "link", 3)


def test_lists_find_what_is_late_silent_or_not_agreed(cast: Cast) -> None:
    late, silent, open_ = promised(), promised(), task(held())
    late.due = TODAY - timedelta(days=1)
    services.report(CONSOLE, late.uuid, {"light": "at_risk", "via": "phone"})
    done = promised(title="Fertig", municipality_ids=["09576127"])
    done.due = TODAY - timedelta(days=1)
    services.report(CONSOLE, done.uuid, {"light": "done", "via": "phone"})

    def found(show: str, **fields: Any) -> list[Task]:
        rows, total = following.listed(CONSOLE, TaskFilter(show, **fields), TODAY)
        assert total == len(rows)
        return [row.task for row in rows]

    assert found("late") == [late]
    assert found("silent") == [silent]
    assert found("unagreed") == [open_]
    assert found("open", municipality="09576127") == [done]
    assert late.actor
    assert found("", actor=late.actor.uuid) == [late]
    assert following.count_late(cast.who("amal"), TODAY) == 1
    assert following.count_late(cast.who("boris"), TODAY) == 0


def test_what_is_given_up_needs_a_reason_and_can_be_opened_again() -> None:
    made = promised()
    with pytest.raises(Invalid):
        services.delete_task(CONSOLE, made.uuid, made.version)
    with pytest.raises(Invalid):
        services.end(CONSOLE, made.uuid, made.version, "dropped", None, TODAY)
    services.end(CONSOLE, made.uuid, made.version, "dropped", "Kein Geld", TODAY)
    assert stands(made) == State.DROPPED
    services.reopen(CONSOLE, made.uuid)
    assert stands(made) == State.SILENT


def test_open_points_of_earlier_conferences_come_back_by_themselves() -> None:
    before, coming = held(), make_conference()
    left, done = task(before), task(before)
    services.end(CONSOLE, done.uuid, 1, "done", None, TODAY)
    put_off = services.decide(CONSOLE, before.uuid, {"text": "Später", "result": "postponed"})
    services.decide(CONSOLE, before.uuid, {"text": "Gleich"})
    assert queries.open_before(coming) == ([left], [put_off])
    assert queries.open_before(before) == ([], [])
