"""Opening hours: how people write them, and what they say about a moment."""

from datetime import date, datetime, time

import pytest

from registry.actors.hours import ZONE, is_open, moment, readable, tidy, week

OFFICE = "Mo-Fr 08:00-12:00"


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Mo–Do 8–12 Uhr", "Mo-Th 08:00-12:00"),
        ("Di, Do 14-18", "Tu,Th 14:00-18:00"),
        ("Mo-Fr 08:00-12:00; PH off", "Mo-Fr 08:00-12:00; PH off"),
        ("So 10:00-12:00", "Su 10:00-12:00"),
    ],
)
def test_hours_are_stored_in_osm_notation_however_they_are_typed(typed: str, stored: str) -> None:
    assert tidy(typed) == stored


@pytest.mark.parametrize("typed", ["immer mal", "Mo 25:00-26:00x", "8 bis 12", "<b>Mo</b>"])
def test_unreadable_hours_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        tidy(typed)


def test_place_is_open_until_its_hours_end() -> None:
    now = moment(OFFICE, at("2026-11-23", "09:00"))
    assert (now.state, now.closes_at) == ("open", datetime(2026, 11, 23, 12))  # noqa: DTZ001


def test_closed_place_says_when_it_opens_next() -> None:
    now = moment(OFFICE, at("2026-11-27", "12:00"))
    assert (now.state, now.opens_at) == ("closed", datetime(2026, 11, 30, 8))  # noqa: DTZ001


def test_missing_hours_are_unknown_not_closed() -> None:
    assert is_open(None, at("2026-11-23", "09:00")) is None


def test_hours_that_ignore_holidays_count_as_closed_on_epiphany_in_bavaria_only() -> None:
    epiphany = at("2027-01-06", "09:00")
    assert is_open(OFFICE, epiphany, "09576") is False
    assert is_open(OFFICE, epiphany, "05") is True


def test_hours_that_name_holidays_are_believed() -> None:
    assert is_open("Mo-Su,PH 08:00-12:00", at("2027-01-06", "09:00"), "09") is True


def test_hours_past_midnight_go_on_the_next_day() -> None:
    assert is_open("Fr 20:00-02:00", at("2026-11-28", "01:00")) is True


def test_open_around_the_clock_has_no_closing_time() -> None:
    assert moment("24/7", at("2026-12-25", "03:00")).closes_at is None


def test_a_moment_in_another_zone_is_read_in_local_time() -> None:
    assert is_open(OFFICE, datetime.fromisoformat("2026-11-23T07:30:00+00:00")) is True


def test_week_lists_the_spans_of_every_day() -> None:
    days = week("Mo 08:00-12:00,13:00-16:00; Sa 10:00-14:00", date(2026, 11, 23))
    assert days is not None
    assert days[0] == [(time(8), time(12)), (time(13), time(16))]
    assert days[1] == []
    assert days[5] == [(time(10), time(14))]


def test_every_stored_form_can_be_read() -> None:
    assert readable(tidy("Mo 8-12, Mi 14-17"))
