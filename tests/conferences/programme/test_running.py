"""When items of a programme begin and end, what does not fit, and what a step does."""

from datetime import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry.conferences.programme import arranging
from registry.conferences.programme.running import Item, Note, Span, Trouble, clock, run

DAY = Span("d1", time(15), time(18, 30))
NEXT = Span("d2", time(9), time(12))


def times(days: list[Span], *items: Item) -> dict[Any, str]:
    placed = {k: v for course in run(days, items) for k, v in course.placed.items()}
    return {
        key: "-".join("?" if at is None else f"{clock(at):%H:%M}" for at in (it.starts, it.ends))
        for key, it in placed.items()
    }


def notes(*items: Item, days: tuple[Span, ...] = (DAY,)) -> list[Note]:
    return [note for course in run(list(days), items) for note in course.notes]


def test_the_programme_of_an_afternoon_runs_as_it_was_printed() -> None:
    lengths = {"Begrüßung": 15, "Einführung": 15, "Impuls": 15, "AG1": 120, "AG2": 120}
    items = [Item(key, minutes=m, parallel=key == "AG2") for key, m in lengths.items()]
    items += [Item("Ergebnisse", minutes=30), Item("Abschluss", minutes=15), Item("Ende")]
    assert times([DAY], *items) == {
        "Begrüßung": "15:00-15:15",
        "Einführung": "15:15-15:30",
        "Impuls": "15:30-15:45",
        "AG1": "15:45-17:45",
        "AG2": "15:45-17:45",
        "Ergebnisse": "17:45-18:15",
        "Abschluss": "18:15-18:30",
        "Ende": "18:30-?",
    }
    assert notes(*items) == []


def test_gaps_overlaps_and_both_ends_of_the_day_are_named() -> None:
    early = Item("a", minutes=30, starts=time(14, 50))
    late = Item("b", minutes=60, starts=time(15, 40))
    over = Item("c", minutes=130, starts=time(16, 30))
    assert notes(early, late, over) == [
        Note(Trouble.EARLY, "a", 10),
        Note(Trouble.GAP, "b", 20),
        Note(Trouble.OVERLAP, "c", 10),
        Note(Trouble.OVERRUN, amount=10),
        Note(Trouble.FULL, amount=10),
    ]


def test_one_room_holds_one_item_at_a_time_and_not_more_people_than_seats() -> None:
    one = Item("a", minutes=60, room=1, seats=20, people=35)
    beside = Item("b", minutes=30, parallel=True, room=1)
    after = Item("c", minutes=30, room=1)
    assert notes(one, beside, after) == [
        Note(Trouble.ROOM, "b", other="a"),
        Note(Trouble.SMALL, "a", 15),
    ]


def test_without_a_duration_nobody_knows_what_follows_until_a_time_is_fixed() -> None:
    open_end, lost = Item("a"), Item("b", minutes=10)
    fixed = Item("c", minutes=20, starts=time(16))
    assert times([DAY], open_end, fixed) == {"a": "15:00-16:00", "c": "16:00-16:20"}
    assert times([DAY], open_end, lost, fixed) == {"a": "15:00-?", "b": "?-?", "c": "16:00-16:20"}
    assert notes(open_end, lost, fixed) == [Note(Trouble.UNKNOWN, "b")]
    assert times([], open_end, fixed)["a"] == "?-?"


def test_parallel_items_end_when_the_longest_does_and_may_begin_later() -> None:
    items = [
        Item("a", minutes=30),
        Item("b", minutes=20, parallel=True, starts=time(15, 30)),
        Item("c", minutes=5),
    ]
    assert times([DAY], *items) == {"a": "15:00-15:30", "b": "15:30-15:50", "c": "15:50-15:55"}


def test_an_item_without_a_day_follows_the_one_before_and_each_day_begins_anew() -> None:
    items = [Item("a", minutes=5), Item("b", "d2", 5, parallel=True), Item("c", minutes=5)]
    assert times([DAY, NEXT], *items) == {
        "a": "15:00-15:05",
        "b": "09:00-09:05",
        "c": "09:05-09:10",
    }
    assert times([NEXT], Item("x", "gone", 5)) == {"x": "09:00-09:05"}


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=12))
def test_without_fixed_times_nothing_overlaps_and_no_minute_is_lost(told: Any) -> None:
    items = [Item(n, minutes=m, parallel=p) for n, (m, p) in enumerate(told)]
    (course,) = run([DAY], items)
    assert not {note.trouble for note in course.notes} - {Trouble.OVERRUN, Trouble.FULL}
    at = 15 * 60
    for stretch in course.stretches:
        assert stretch.starts == at
        at = stretch.ends or at
    assert course.ends == (at if items else None)


def days(text: str) -> arranging.Days[str]:
    """Return "a bc | d" as days of stretches."""
    return [[list(stretch) for stretch in day.split()] for day in text.split("|")]


def said(found: arranging.Days[str]) -> str:
    return " | ".join(" ".join("".join(stretch) for stretch in day) for day in found)


def test_a_step_passes_over_what_is_parallel_and_out_of_it_and_over_days() -> None:
    for before, item, by, after in (
        ("a bc d", "a", 1, "bc a d"),
        ("a bc d", "d", -1, "a d bc"),
        ("a bc d", "b", 1, "a cb d"),
        ("a bc d", "c", 1, "a b c d"),
        ("a bc d", "b", -1, "a b c d"),
        ("a | b", "a", 1, " | a b"),
        ("a | b", "b", -1, "a b | "),
        ("a | b", "a", -1, "a | b"),
        ("a | b", "b", 1, "a | b"),
    ):
        found = days(before)
        arranging.stepped(found, item, by)
        assert said(found) == after


def test_dropped_before_a_parallel_item_it_joins_and_before_the_first_it_does_not() -> None:
    for item, before, after in (
        ("d", "c", "a bdc | "),
        ("d", "b", "a d bc | "),
        ("a", None, "bc d | a"),
    ):
        found = days("a bc d |")
        arranging.put_before(found, item, 1, before)
        assert said(found) == after
    found = days("a bc d")
    arranging.joined(found, "d")
    assert said(found) == "a bcd"
    arranging.left(found, "b")
    assert said(found) == "a cd b"
