"""Rhythm, good days and turns, computed by hand for Bavaria in 2026 and 2027."""

from datetime import date

from registry.actors.hours import holidays_in
from registry.conferences.dates import (
    Against,
    Almanac,
    Period,
    Standing,
    months_later,
    proposals,
    rhythm,
    whose_turn,
)
from registry.conferences.series.queries import school_holidays

ALMANAC = Almanac(
    {day: name for year in (2026, 2027) for day, name in holidays_in("09", year).items()},
    school_holidays("09576"),
)
TODAY = date(2026, 11, 23)


def against(day: date) -> list[str]:
    return [each.against.value for each in ALMANAC.obstacles(day)]


def test_holidays_school_holidays_weekends_and_the_days_beside_them_speak_against_a_day() -> None:
    assert against(date(2027, 5, 6)) == ["holiday"]  # Ascension Day, a Thursday
    assert against(date(2027, 5, 7)) == ["beside"]  # the Friday after it
    assert against(date(2027, 5, 4)) == []
    assert against(date(2027, 5, 16)) == ["weekend"]  # Whit Sunday, no holiday of its own
    assert against(date(2027, 5, 18)) == ["school"]
    assert against(date(2026, 12, 23)) == ["beside"]  # the last day of school
    assert against(date(2027, 1, 11)) == ["beside"]  # the first one, after a weekend
    assert against(date(2026, 11, 18)) == ["school"]  # no school, but work
    assert "holiday" not in against(date(2026, 8, 15))  # Assumption Day is not one everywhere


def test_days_whose_school_holidays_nobody_knows_are_said_to_be_so() -> None:
    assert ALMANAC.knows_school(date(2027, 10, 1))
    assert not ALMANAC.knows_school(date(2030, 10, 1))
    assert against(date(2030, 10, 1)) == [Against.UNKNOWN]
    later = Period("Sommerferien", date(2031, 8, 4), date(2031, 9, 15))
    more = Almanac({}, [*ALMANAC.periods, later])
    assert not more.knows_school(date(2031, 3, 1))
    assert more.knows_school(date(2031, 8, 20))


def test_half_a_year_later_is_due_and_a_short_month_has_its_last_day() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 11, 24), 6) == date(2027, 5, 24)
    assert months_later(date(2026, 11, 24), 1) == date(2026, 12, 24)


def test_a_series_is_overdue_unless_its_next_conference_is_planned() -> None:
    spring, autumn = date(2026, 3, 10), date(2026, 10, 13)
    assert rhythm(6, [], [], TODAY).standing == Standing.FIRST
    assert rhythm(6, [spring], [], TODAY).standing == Standing.OVERDUE
    assert rhythm(6, [spring], [date(2027, 1, 12)], TODAY).standing == Standing.PLANNED
    told = rhythm(6, [spring, autumn], [], TODAY)
    assert (told.standing, told.due) == (Standing.LATER, date(2027, 4, 13))
    assert rhythm(6, [autumn], [], date(2027, 1, 10)).standing == Standing.PLAN_NOW


def test_one_free_day_of_each_week_around_the_due_one_is_proposed() -> None:
    found = proposals(date(2027, 4, 13), ALMANAC, TODAY, weekday=1)
    assert found == [
        date(2027, 3, 16),
        date(2027, 4, 6),
        date(2027, 4, 13),
        date(2027, 4, 20),
        date(2027, 4, 27),
        date(2027, 5, 4),
    ]
    two = proposals(date(2027, 5, 4), ALMANAC, TODAY, days=2, weekday=2)
    assert date(2027, 5, 5) not in two
    assert date(2027, 5, 3) in two  # Wednesday and Thursday are not both free
    assert min(proposals(date(2026, 9, 1), ALMANAC, TODAY)) >= date(2027, 1, 18)


def test_after_the_last_in_a_rotation_comes_the_first_again() -> None:
    assert whose_turn([], [1]) is None
    assert whose_turn([1, 2, 3], []) == 1
    assert whose_turn([1, 2, 3], [3]) == 1
    assert whose_turn([1, 2, 3], [9]) == 1
    assert whose_turn([1, 2, 1, 3], [1, 2]) == 3
    assert whose_turn([1, 2, 1, 3], [1, 3]) == 2
