"""Opening hours as people type them."""

import pytest

from registry.upkeep.suggestions.spoken import parsed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mo–Fr 08:00–12:00; Sa 10:00–12:00", "Mo-Fr 08:00-12:00; Sa 10:00-12:00"),
        ("Montag bis Freitag von 8 bis 12 Uhr", "Mo-Fr 08:00-12:00"),
        ("Mon–Fri 08:00–12:00", "Mo-Fr 08:00-12:00"),
        ("Di und Do 14.00 - 18.00 Uhr", "Tu,Th 14:00-18:00"),
        ("dienstags 9-12 Uhr", "Tu 09:00-12:00"),
        ("Mo, Di 8-12\nDo 14-18", "Mo,Tu 08:00-12:00; Th 14:00-18:00"),
        ("Mittwoch: 10:00-12:00 Uhr", "We 10:00-12:00"),
        ("Mo-Fr 08:00-12:00; PH off", "Mo-Fr 08:00-12:00; PH off"),
        ("", ""),
    ],
)
def test_ordinary_hours_are_read(typed: str, read: str) -> None:
    assert parsed(typed) == read


@pytest.mark.parametrize("typed", ["immer wenn Licht brennt", "<script>", "Mo 25-30 Uhr"])
def test_what_is_not_sure_is_left_to_people(typed: str) -> None:
    assert parsed(typed) is None
