"""What hours, closures and formats of an offer say about a moment and a week."""

from datetime import date, datetime
from typing import Any

import pytest

from registry.actors.hours import ZONE
from registry.offers.opening import next_holiday, state, week

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
OFFICE = "Mo-Fr 08:00-12:00"


def offer(**changes: Any) -> dict[str, Any]:
    return {
        "region": "09576",
        "closures": [],
        "by_appointment": False,
        "formats": ["on_site"],
        **changes,
    }


def at(hours: str | None) -> dict[str, Any]:
    return {"hours": None, "details": {"hours": hours}}


@pytest.mark.parametrize(
    ("changes", "links", "code"),
    [
        ({}, [at(OFFICE)], "open"),
        ({}, [at("Mo 14:00-16:00")], "closed"),
        ({}, [at("Mo 14:00-16:00"), at(OFFICE)], "open"),
        ({}, [at(None)], "unknown"),
        ({}, [], "unknown"),
        ({"formats": ["online"]}, [], "remote"),
        ({"by_appointment": True}, [at(None)], "by_appointment"),
        (
            {"closures": [{"closed_from": "2026-11-20", "closed_to": "2026-11-23"}]},
            [at(OFFICE)],
            "closed_temporarily",
        ),
    ],
)
def test_state_says_whether_one_can_go_there(
    changes: dict[str, Any], links: list[dict[str, Any]], code: str
) -> None:
    assert state(offer(**changes), links, MONDAY_MORNING)["code"] == code


def test_the_next_opening_is_on_a_day_without_a_closure() -> None:
    closures = [
        {"closed_from": "2026-12-01", "closed_to": "2026-12-01"},
        {"closed_from": "2026-11-24", "closed_to": "2026-11-30"},
    ]
    evening = MONDAY_MORNING.replace(hour=18)
    found = state(offer(closures=closures), [at(OFFICE)], evening)
    assert f"{found['code']} {found['opens']}" == "closed 2026-12-02 08:00:00"
    night = state(offer(closures=closures), [at("Mo-Su 00:00-06:00")], evening)
    assert str(night["opens"]) == "2026-12-02 00:00:00"
    meanwhile = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    closed = state(offer(closures=closures), [at(OFFICE)], meanwhile)
    assert f"{closed['until']} {closed['opens']}" == "2026-12-01 2026-12-02 08:00:00"
    by_appointment = offer(closures=closures, by_appointment=True)
    assert state(by_appointment, [at(OFFICE)], meanwhile)["opens"] is None


def test_week_marks_today() -> None:
    days = week(OFFICE, date(2026, 11, 25)) or []
    assert [day.today for day in days].index(True) == 2
    assert [len(day.spans) for day in days] == [1, 1, 1, 1, 1, 0, 0]


def test_week_of_unknown_hours_is_unknown() -> None:
    assert week(None, date(2026, 11, 25)) is None


def test_next_holiday_is_one_that_closes_a_day_otherwise_open() -> None:
    assert next_holiday(OFFICE, date(2026, 12, 27), "09576") == date(2027, 1, 1)
    assert next_holiday("Mo-Th 08:00-12:00", date(2027, 1, 2), "09576") == date(2027, 1, 6)
    assert next_holiday("24/7", date(2026, 12, 20), "09576") is None
