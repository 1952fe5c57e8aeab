"""How a task stands, as pure rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.conferences.decisions.standing import (
    FRESH,
    Lack,
    Promise,
    Said,
    State,
    code,
    is_late,
    lacking,
    quarter,
    state,
)

TODAY = date(2026, 11, 24)
AGREED = Promise(responsible=True, commitment="yes", due=TODAY, measure="Zwei Kurse laufen")


def test_a_task_is_agreed_only_with_all_four() -> None:
    assert lacking(AGREED) == []
    assert lacking(replace(AGREED, measure="  ")) == [Lack.MEASURE]
    assert lacking(Promise(responsible=False, commitment="open", due=None, measure=None)) == list(
        Lack
    )
    assert state(replace(AGREED, due=None), None, None, TODAY) == State.NOT_AGREED


@pytest.mark.parametrize(
    ("said", "asked_on"),
    [
        (None, None),
        (None, TODAY),
        (Said(TODAY - timedelta(days=2), "on_track"), TODAY - timedelta(days=1)),
        (Said(TODAY - FRESH - timedelta(days=1), "on_track"), None),
    ],
)
def test_no_answer_is_never_green(said: Said | None, asked_on: date | None) -> None:
    assert state(AGREED, said, asked_on, TODAY) == State.SILENT


def test_a_report_holds_from_the_day_it_was_asked_for() -> None:
    assert state(AGREED, Said(TODAY, "on_track"), TODAY, TODAY) == State.ON_TRACK
    assert state(AGREED, Said(TODAY, "stuck"), None, TODAY) == State.STUCK


def test_late_is_whatever_is_due_and_not_done() -> None:
    after = TODAY + timedelta(days=1)
    assert is_late(AGREED, Said(TODAY, "on_track"), after)
    assert not is_late(AGREED, None, TODAY)
    assert not is_late(AGREED, Said(TODAY, "done"), after)
    assert not is_late(replace(AGREED, ending="dropped"), None, after)


def test_quarters_and_numbers() -> None:
    assert [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    assert (code(TODAY, 7), code(TODAY, 3, letter="B")) == ("2026-11/07", "2026-11/B03")
