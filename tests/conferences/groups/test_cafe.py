"""World Cafés: nobody sits at a table twice, repeats are counted, results stay."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.conferences.groups.cafe import queries, seating, services
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, Place
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Cast
from tests.factories.conferences import make_conference, make_participant


def plan(tables: int = 3, rounds: int = 3, **first: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"topic": f"Thema {each}", "host": None, "host_person": None} for each in range(tables)
    ]
    rows[0] |= first
    return {"title": "Café", "rounds": rounds, "minutes": 20, "day": None, "tables": rows}


def some(number: int) -> tuple[Conference, list[Participant]]:
    made = make_conference()
    return made, [make_participant(made, f"P{each:02}") for each in range(number)]


@given(st.integers(1, 7), st.data())
def test_everybody_sits_once_a_round_and_at_no_table_twice(
    tables: int, data: st.DataObject
) -> None:
    rounds = data.draw(st.integers(1, tables))
    guests = [seating.Guest(str(n), str(n % 3)) for n in range(data.draw(st.integers(0, 12)))]
    late = [f"late {n}" for n in range(data.draw(st.integers(0, 3)))]
    numbers = list(range(1, tables + 1))
    turns = seating.joined(seating.seated(guests, numbers, rounds, 1), numbers, late)
    for key in [*(each.key for each in guests), *late]:
        places = [number for turn in turns for number, table in turn.items() if key in table]
        assert len(places) == len(set(places)) == rounds


def test_people_of_one_organisation_begin_at_different_tables() -> None:
    guests = [seating.Guest(str(n), "Caritas" if n < 4 else str(n)) for n in range(12)]
    first = seating.seated(guests, [1, 2, 3, 4], 1, 5)[0]
    assert all(len(set(table) & set("0123")) == 1 for table in first.values())


def test_the_seating_counts_pairs_that_meet_again_and_leaves_hosts_out(cast: Cast) -> None:
    made, people = some(9)
    told = plan(host_person={"uuid": people[0].uuid})
    cafe = services.create(cast.who("olga"), made.uuid, told)
    services.seat(cast.who("olga"), made.uuid, cafe.uuid, 7)
    turns = queries.seating(cafe)
    there = {key for turn in turns for table in turn.values() for key in table}
    assert there == {str(each.uuid) for each in people[1:]}
    pairs = [p for turn in turns for table in turn.values() for p in combinations(sorted(table), 2)]
    assert cafe.repeated == len({pair for pair in pairs if pairs.count(pair) > 1})


def test_who_declines_or_comes_while_it_is_computed_is_left_out_or_seated(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, people = some(8)
    cafe = services.create(cast.who("olga"), made.uuid, plan())
    real, late = seating.seated, list[str]()

    def interrupted(*given: Any) -> Any:
        if not late:
            people[0].place = Place.NONE
            late.append(str(make_participant(made, "Spät").uuid))
        return real(*given)

    monkeypatch.setattr(seating, "seated", interrupted)
    services.seat(cast.who("olga"), made.uuid, cafe.uuid, 7)
    for turn in queries.seating(cafe):
        there = {key for table in turn.values() for key in table}
        assert there == {*(str(each.uuid) for each in people[1:]), *late}


def test_who_comes_later_is_seated_and_nobody_else_moves(cast: Cast) -> None:
    made, people = some(6)
    cafe = services.create(cast.who("olga"), made.uuid, plan())
    services.seat(cast.who("olga"), made.uuid, cafe.uuid, 1)
    before = queries.seating(cafe)
    people[0].place = Place.NONE
    late = str(make_participant(made, "Spät").uuid)
    assert services.seat_late(cast.who("olga"), made.uuid, cafe.uuid) == 1
    gone = str(people[0].uuid)
    for old, new in zip(before, queries.seating(cafe), strict=True):
        for number, table in new.items():
            assert set(table) - {late} == set(old[number]) - {gone}
        assert sum(late in table for table in new.values()) == 1


def test_other_rounds_unseat_everybody_and_a_recorded_result_keeps_its_table(cast: Cast) -> None:
    made, _people = some(4)
    olga = cast.who("olga")
    cafe = services.create(olga, made.uuid, plan())
    services.seat(olga, made.uuid, cafe.uuid, 1)
    rows = [
        {"uuid": each.uuid, "topic": each.topic, "host": None, "host_person": None}
        for each in cafe.tables
    ]
    services.record_results(olga, made.uuid, cafe.uuid, cafe.version, {rows[2]["uuid"]: "Ja"})
    assert len(queries.seating(cafe)) == 3
    fewer = {**plan(rounds=2), "tables": rows[1:]}
    services.change(olga, made.uuid, cafe.uuid, cafe.version, fewer)
    assert queries.seating(cafe) == []
    assert [(each.number, each.result) for each in cafe.tables] == [(1, None), (2, "Ja")]
    with pytest.raises(Conflict):
        services.record_results(olga, made.uuid, cafe.uuid, 99, {})
    with pytest.raises(NotAllowed):
        services.seat(cast.who("carla"), made.uuid, cafe.uuid, 1)
    other = make_conference(title="Andere")
    with pytest.raises(NotFound):
        services.seat(olga, other.uuid, cafe.uuid, 1)
    gone = {**fewer, "rounds": 1, "tables": rows[1:2]}
    with pytest.raises(Invalid):
        services.change(olga, made.uuid, cafe.uuid, cafe.version, gone)
