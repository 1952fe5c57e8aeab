"""When an entry is due, whatever the length of the months between."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registry.actors.freshness import due_on, months_before, unconfirmed_from

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTHS = st.integers(1, 60)


@given(DAYS, MONTHS)
def test_an_entry_is_due_from_the_first_day_that_lies_long_enough_after(
    since: date, months: int
) -> None:
    first = due_on(since, months)
    assert months_before(first, months) >= since
    assert months_before(first - timedelta(days=1), months) < since


def test_half_a_year_is_the_same_day_of_the_month() -> None:
    assert due_on(date(2026, 5, 24), 6) == date(2026, 11, 24)
    assert due_on(date(2026, 8, 31), 6) == date(2027, 3, 1)


def test_everyone_is_told_after_the_days_of_grace() -> None:
    assert unconfirmed_from(date(2026, 5, 24), 6, 90) == date(2027, 2, 22)
