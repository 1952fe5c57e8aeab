"""The page of a series, which proposes days for the next conference."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.conferences.dates import months_later
from registry.conferences.series.models import Series
from registry.conferences.series.queries import school_holidays
from registry.core.db import db
from tests.factories.conferences import TODAY, make_conference

DATABASES = ["postgresql"]
UNKNOWN = "does not know the school holidays of that time"
HERE = "/en/office/conferences"
LAST = max(school_holidays("09576"), key=lambda each: each.first)  # that the register knows


def months_until(day: date) -> int:
    return (day.year - TODAY.year) * 12 + day.month - TODAY.month


@pytest.mark.parametrize(
    ("due", "knows"),
    [
        (LAST.first - timedelta(days=300), True),
        (LAST.first + timedelta(days=25), False),  # known itself, unlike the days after it
        (LAST.last + timedelta(days=200), False),
    ],
)
def test_it_says_so_where_the_school_holidays_around_a_proposed_day_are_unknown(
    as_user: Any, due: date, knows: bool
) -> None:
    series = Series(region="09576", name="Konferenz", months=months_until(due))
    db.session.add(series)
    held = make_conference(TODAY - timedelta(days=1))
    held.series_id = series.id
    db.session.commit()
    assert months_later(held.days[0].day, series.months).year == due.year
    office = as_user("olga")
    page = office.get(f"{HERE}/series/{series.uuid}").text
    assert "Good days" in page
    assert (UNKNOWN not in page) is knows
    planned = make_conference(due)
    page = office.get(f"{HERE}/{planned.uuid}/move").text
    assert "Good days" in page
    assert (UNKNOWN not in page) is knows
