"""The office keeps bodies and responsibilities; nobody from elsewhere does."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from registry.actors.models import Status
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.network.bodies import queries, services
from registry.network.bodies.responsibilities import queries as duties
from registry.network.bodies.responsibilities import services as agreeing
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.bodies import make_body

TODAY = date(2026, 11, 22)
NOBODY = UUID(int=0)


def test_members_are_set_by_actor_and_keep_their_seat(cast: Cast) -> None:
    first, second = make_actor(name="VHS"), make_actor(name="Caritas")
    made = make_body(first, second)
    kept = made.members[0].uuid
    rows = [{"actor": {"uuid": first.uuid}, "part": "chair", "seats": 2}]
    services.change(cast.who("olga"), made.uuid, 1, {"members": rows})
    db.session.commit()
    [member] = queries.load_body(cast.who("carla"), made.uuid).members
    assert (member.uuid, member.part, member.seats) == (kept, "chair", 2)
    told = db.session.query(AuditEntry).filter_by(subject_id=made.uuid).order_by(AuditEntry.id)
    assert [each.action for each in told] == ["body.created", "body.updated"]


@pytest.mark.parametrize("where", ["elsewhere", "nowhere", "archived", "twice"])
def test_who_cannot_be_a_member_is_refused_beside_its_row(cast: Cast, where: str) -> None:
    own = make_actor()
    uuid = {
        "elsewhere": lambda: make_actor(region="09573").uuid,
        "nowhere": lambda: NOBODY,
        "archived": lambda: make_actor(status=Status.ARCHIVED).uuid,
        "twice": lambda: own.uuid,
    }[where]()
    with pytest.raises(Invalid) as refused:
        make_body(own, who=cast.who("amal"), members=[{"actor": own.uuid}, {"actor": uuid}])
    assert list(refused.value.errors["members"]) == [1]


def test_only_the_network_s_own_people_change_it_and_stale_changes_are_refused(
    cast: Cast,
) -> None:
    made = make_body()
    with pytest.raises(NotAllowed):
        services.change(cast.who("carla"), made.uuid, 1, {"name": "x"})
    for change in (services.delete, lambda *args: services.change(*args, {"name": "x"})):
        with pytest.raises(NotFound):
            change(cast.who("boris"), made.uuid, 1)
        with pytest.raises(Conflict):
            change(cast.who("amal"), made.uuid, 7)
    services.delete(cast.who("amal"), made.uuid, 1)
    with pytest.raises(NotFound):
        queries.load_body(cast.who("amal"), made.uuid)


def test_the_list_filters_sorts_and_counts_who_sits_today(cast: Cast) -> None:
    actor, gone = make_actor(name="VHS"), make_actor(name="Caritas")
    old = [{"actor": actor.uuid}, {"actor": gone.uuid, "until": "2026-11-21"}]
    make_body(members=old, name="b")
    make_body(name="a", form="council", fields=["school"])
    make_body(actor, gone, name="c", fields=["language", "school"])

    def names(**wanted: str) -> list[tuple[str, int]]:
        rows, _total = queries.office_list(
            cast.who("carla"), queries.BodyFilter(**wanted), TODAY, per_page=2
        )
        return [(row.name, row.members) for row in rows]

    assert names() == [("a", 0), ("b", 1)]
    assert names(sort="-members") == [("c", 2), ("b", 1)]
    assert names(form="council") == [("a", 0)]
    assert names(field="school") == [("a", 0), ("c", 2)]
    assert queries.office_list(cast.who("boris"), queries.BodyFilter(), TODAY) == ([], 0)


def test_archived_actors_are_in_no_picture(cast: Cast) -> None:
    seen, hidden = make_actor(name="VHS"), make_actor(name="Entwurf", status=Status.DRAFT)
    make_body(seen, hidden)
    [found] = queries.load_bodies("09576", TODAY)
    assert (dict(found.parts), found.fields) == ({seen.id: "member"}, ("language",))


def test_responsibilities_are_agreed_on_field_by_field(cast: Cast) -> None:
    lead, partner, amal = make_actor(name="VHS"), make_actor(name="Caritas"), cast.who("amal")
    before = duties.load_duties(amal, "09576", "language").version
    rows: list[dict[str, Any]] = [
        {"actor": {"uuid": lead.uuid}, "role": "lead", "agreed_by": "Integrationskonferenz"},
        {"actor": {"uuid": partner.uuid}, "role": "lead"},
    ]
    agreeing.agree(amal, "09576", "language", before, rows)
    with pytest.raises(Conflict):
        agreeing.agree(amal, "09576", "language", before, [])
    now = duties.load_duties(amal, "09576", "language").version
    agreeing.agree(amal, "09576", "language", now, [{**rows[0], "role": "partner"}])
    [left] = duties.duties("09576")[0]
    assert (left.actor, left.field, left.role) == (lead.id, "language", "partner")
    actions = [each.action.partition(".") for each in db.session.query(AuditEntry)]
    kinds = [verb for kind, _dot, verb in actions if kind == "responsibility"]
    assert sorted(kinds) == ["created", "created", "deleted", "updated"]


def test_responsibilities_know_no_foreign_actor_and_no_foreign_office(cast: Cast) -> None:
    theirs, amal = make_actor(region="09573"), cast.who("amal")
    version = duties.load_duties(amal, "09576", "language").version
    for uuid in (theirs.uuid, NOBODY):
        rows = [{"actor": {"uuid": uuid}, "role": "lead"}]
        with pytest.raises(Invalid):
            agreeing.agree(amal, "09576", "language", version, rows)
    with pytest.raises(NotFound):
        agreeing.agree(cast.who("boris"), "09576", "language", version, [])
    with pytest.raises(NotAllowed):
        agreeing.agree(cast.who("carla"), "09576", "language", version, [])
    with pytest.raises(NotFound):
        duties.load_duties(amal, "09576", "unheard-of")
