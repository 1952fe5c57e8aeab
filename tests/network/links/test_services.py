"""Entering links, reporting for a side, and what one actor says of all its partners."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Grant, Who
from registry.actors.models import Actor, Status
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Alike, Conflict, Invalid, NotAllowed, NotFound
from registry.network.links import services
from registry.network.links.models import Cooperation, Via
from registry.network.queries import load_state
from registry.network.rounds.models import Round
from registry.network.state import Kind, Link
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.network import make_actors, make_link

TODAY = date.today()
ROTH = "09576"


def said(source: Actor, target: Actor, kind: str = "joint", intensity: int = 2) -> dict[str, Any]:
    ends = {"source": source.uuid, "target": target.uuid}
    return {**ends, "kind": kind, "by_source": {"intensity": intensity}}


def links() -> list[Link]:
    db.session.commit()
    return list(load_state(ROTH, TODAY).links)


def put(actor: Actor, partners: Any, who: Who = CONSOLE, **more: Any) -> int:
    how: Any = {"on": TODAY, "via": Via.ROUND, **more}
    return services.report_for(who, actor, partners, **how)


def test_the_other_side_confirms_a_link(cast: Cast) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    link = services.enter(cast.who("olga"), ROTH, said(one, other))
    assert not links()[0].confirmed
    services.change(cast.who("olga"), link.uuid, link.version, {"by_target": {"intensity": 1}})
    assert links()[0].confirmed
    assert db.session.query(AuditEntry).filter_by(action="cooperation.updated").count() == 1


def test_both_sides_contradicting_each_other_is_contested_not_decided(database: None) -> None:
    make_link(*make_actors("Caritas", "Diakonie"), by_source=3, by_target=0)
    [link] = links()
    assert (link.contested, link.reported, link.confirmed) == (True, True, False)


def test_a_side_takes_back_what_it_said(database: None) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"), by_target=1)
    services.change(CONSOLE, link.uuid, link.version, {"by_source": None})
    assert links()[0].by_source is None


@pytest.mark.parametrize("kind", Kind)
def test_there_is_one_link_for_each_kind_and_pair(database: None, kind: Kind) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    first = make_link(one, other, kind)
    with pytest.raises(Alike) as refused:
        services.enter(CONSOLE, ROTH, said(one, other, kind))
    assert refused.value.found == [first]
    if kind in {Kind.REFERRAL, Kind.FUNDING, Kind.WISH}:
        services.enter(CONSOLE, ROTH, said(other, one, kind))
    else:
        with pytest.raises(Alike):
            services.enter(CONSOLE, ROTH, said(other, one, kind))


def test_nobody_is_linked_with_itself_with_archived_or_with_foreign_actors(cast: Cast) -> None:
    one, archived, foreign = (
        make_actor(),
        make_actor(name="Alt", status=Status.ARCHIVED),
        make_actor(name="Fern", region="09573"),
    )
    for other in (one, archived, foreign):
        with pytest.raises(Invalid) as refused:
            services.enter(cast.who("amal"), ROTH, said(one, other))
        assert "target" in refused.value.errors
    missing = {**said(one, foreign), "target": uuid4()}
    with pytest.raises(Invalid) as refused_too:
        services.enter(cast.who("amal"), ROTH, missing)
    assert refused_too.value.errors == refused.value.errors


def test_a_link_that_nobody_reports_is_none(database: None) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    with pytest.raises(Invalid):
        services.enter(CONSOLE, ROTH, {**said(one, other), "by_source": None})


def test_who_only_reads_or_comes_from_elsewhere_changes_nothing(cast: Cast) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    with pytest.raises(NotAllowed):
        services.change(cast.who("carla"), link.uuid, link.version, {"note": "x"})
    with pytest.raises(NotFound):
        services.delete(cast.who("boris"), link.uuid, link.version)
    with pytest.raises(NotFound):
        services.enter(cast.who("boris"), ROTH, said(link.source, link.target, "exchange"))


def test_a_stale_save_is_refused_and_a_deleted_link_is_in_the_log(database: None) -> None:
    link = make_link(*make_actors("Caritas", "Diakonie"))
    services.change(CONSOLE, link.uuid, link.version, {"note": "x"})
    with pytest.raises(Conflict):
        services.delete(CONSOLE, link.uuid, link.version - 1)
    services.delete(CONSOLE, link.uuid, link.version)
    assert links() == []
    logged = db.session.query(AuditEntry).filter_by(action="cooperation.deleted").one()
    assert logged.changes["reports"][0][0]["intensity"] == 2


def test_a_survey_puts_down_both_directions_and_the_own_side(database: None) -> None:
    one, other, third = make_actors("Caritas", "Diakonie", "VHS")
    make_link(other, one, "joint")
    put(one, {other.id: {"joint": 1, "referral_in": 3}, third.id: {"referral": 2, "wish": 1}})
    found = {(link.kind, link.source, link.target): link for link in links()}
    assert found[Kind.JOINT, other.id, one.id].confirmed
    assert found[Kind.REFERRAL, other.id, one.id].by_target.intensity == 3  # type: ignore[union-attr]
    assert found[Kind.REFERRAL, one.id, third.id].by_source.intensity == 2  # type: ignore[union-attr]
    assert len(found) == 4


def test_whom_a_survey_names_no_more_is_ended_in_the_kinds_it_asked_for(database: None) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    put(one, {other.id: {"joint": 2, "exchange": 1, "referral_in": 1}}, on=date(2025, 1, 1))
    asking = Round(region=ROTH, name="R", kinds=["joint", "referral"], deadline=TODAY)
    db.session.add(asking)
    db.session.flush()
    put(one, {}, round=asking)
    ended = {link.kind: (link.said[0].intensity, link.said[0].on) for link in links()}
    assert ended == {
        Kind.JOINT: (0, TODAY),
        Kind.REFERRAL: (0, TODAY),
        Kind.EXCHANGE: (1, date(2025, 1, 1)),
    }


def test_the_same_answer_twice_changes_nothing(database: None) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    assert put(one, {other.id: {"joint": 2}}) == 1
    assert put(one, {other.id: {"joint": 2}}) == 0
    assert put(one, {other.id: {"joint": 0}}) == 1


def test_a_holder_of_a_link_speaks_for_its_actor_alone_and_of_those_who_are_there(
    database: None,
) -> None:
    one, other, hidden = (*make_actors("A", "B"), make_actor(name="C", status=Status.ARCHIVED))
    foreign = make_actor(name="D", region="09573")
    holder = Who("link", "survey", grants=(Grant(Role.ACTOR_EDITOR, "09576", one.id),))
    told = {key.id: {"joint": 1} for key in (one, other, hidden, foreign)}
    assert put(one, told, holder) == 1
    with pytest.raises(NotFound):
        put(other, told, holder)


def test_a_partner_that_comes_back_is_no_longer_ended(database: None) -> None:
    one, other = make_actors("Caritas", "Diakonie")
    make_link(one, other, valid_to=TODAY - timedelta(days=30))
    assert links() == []
    put(one, {other.id: {"joint": 2}})
    assert links()[0].reported


@pytest.mark.parametrize("number", [1, 3])
def test_many_partners_take_as_many_questions_as_one(database: None, number: int) -> None:
    first, *others = make_actors(*"ABCD"[: number + 1])
    for other in others:
        make_link(first, other, "exchange")
    told = {other.id: {"exchange": 3, "joint": 1} for other in others}
    with count_queries() as seen:
        put(first, told)
    assert len(seen) <= 7
    assert db.session.query(Cooperation).count() == 2 * number
