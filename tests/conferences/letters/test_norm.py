"""Six lines of an address, and what gives way where there are more."""

from registry.conferences.letters.filling import filled, paragraphs, unknown
from registry.conferences.letters.measuring import WINDOW, address_width
from registry.conferences.letters.norm import Fitted, cut, fitted, wrapped


def fit(lines: list[str], *spare: str) -> Fitted:
    return fitted(lines, spare, address_width, WINDOW)


def test_an_address_that_fits_stays_as_it_is() -> None:
    lines = ["Landratsamt Roth", "Amt 3", "Leitung", "Frau Groß", "Weinbergweg 1", "91154 Roth"]
    assert fit(lines, "Leitung", "Amt 3") == Fitted(tuple(lines))


def test_the_function_gives_way_first_then_the_unit_and_each_is_told() -> None:
    long = "Verein für Begegnung, Beratung und Teilhabe von Menschen in Großmöhringen e. V."
    lines = [long, "Amt 3", "Leitung", "Frau Groß", "Weinbergweg 1", "91154 Roth"]
    found = fit(lines, "Leitung", "Amt 3")
    assert len(found.lines) == 6
    assert found.left_out == ("Leitung",)
    both = fit([long * 2, *lines[1:]], "Leitung", "Amt 3")
    assert both.left_out[:2] == ("Leitung", "Amt 3")
    assert both.lines[-3:] == ("Frau Groß", "Weinbergweg 1", "91154 Roth")
    assert len(both.lines) <= 6


def test_names_of_any_length_never_cost_the_street_or_the_place() -> None:
    found = fit(["W" * 400, "M" * 200, "Weinbergweg 1", "91154 Roth"])
    assert found.lines[-2:] == ("Weinbergweg 1", "91154 Roth")
    assert len(found.lines) == 6
    assert found.left_out
    assert all(address_width(line) <= WINDOW for line in found.lines)


def test_what_belongs_together_is_not_divided() -> None:
    assert wrapped("Verein e. V.", len, 10) == ["Verein", "e.\N{NO-BREAK SPACE}V."]
    assert cut("Landratsamt", len, 6) == "Landr…"


def test_placeholders_are_filled_and_unknown_ones_are_named() -> None:
    assert (
        filled("Bis {{frist}} für {{ wen }}", {"frist": "{{ ort }}"})
        == "Bis {{ ort }} für {{ wen }}"
    )
    assert unknown("{{ frist }} {{ wen }} {{wen}} {% if x %}{{ 7*7 }}") == ["wen", "7*7"]
    assert paragraphs("a\nb\r\n\r\n\n c ") == ["a\nb", "c"]
