"""Cells as people write them, and back."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from registry.actors.models import Place
from registry.core.db import db
from registry.exchange.sheets import stock, timetable
from registry.exchange.sheets.cells import Cell, Reader, Writer
from registry.exchange.sheets.columns import SHEETS, Column, sheet
from registry.exchange.sheets.mapping import fingerprint, guess
from tests.factories.sheets import HEADER, ROW, Desk

DATABASES = ["postgresql"]

HOURS = {
    "Mo–Do 8–12": "Mo-Th 08:00-12:00",
    "Mo, Mi 9.00-11.30 Uhr": "Mo,We 09:00-11:30",
    "Di 14 bis 16 Uhr": "Tu 14:00-16:00",
    "nach Vereinbarung": timetable.BY_APPOINTMENT,
    "n. V.": timetable.BY_APPOINTMENT,
    "montags 9 bis 12 Uhr und donnerstags 14-18 Uhr": "Mo 09:00-12:00; Th 14:00-18:00",
    "Mo - Fr: 8:00 - 12:00 Uhr, Do auch 14:00 - 17:30 Uhr": ("Mo-Fr 08:00-12:00, Th 14:00-17:30"),
    "Montag bis Freitag 8.30 – 12.00 Uhr": "Mo-Fr 08:30-12:00",
    "1. und 3. Mittwoch 14-16 Uhr": "We[1,3] 14:00-16:00",
    "Mi ab 15 Uhr": "We 15:00+",
    "Samstag, 10-13h": "Sa 10:00-13:00",
    "rund um die Uhr": "24/7",
    "täglich 9-17 Uhr": "Mo-Su 09:00-17:00",
    "Mo.-Fr. 8.00-12.00 u. 13.00-16.00 Uhr": "Mo-Fr 08:00-12:00,13:00-16:00",
    "Mo-Fr 08:00-12:00; PH off": "Mo-Fr 08:00-12:00; PH off",
}


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert timetable.read(text).stored == HOURS[text]


@pytest.mark.parametrize(
    "text", ["irgendwann", "Mo 25-26", "Mo 9", "wenn Licht brennt", "8-12 Uhr?"]
)
def test_hours_that_nobody_understands_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        timetable.read(text)


def test_hours_by_appointment_besides_others_are_noticed() -> None:
    times = timetable.read("Mo 8-12 Uhr sowie nach telefonischer Vereinbarung")
    assert (times.hours, times.by_appointment) == ("Mo 08:00-12:00", True)


@pytest.mark.parametrize("stored", [*HOURS.values(), 'Mo-We 09:00-12:00 "nur Juli"'])
def test_hours_are_written_so_that_they_come_back(stored: str) -> None:
    assert timetable.read(timetable.written(stored)).stored == stored


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_of_hours_stumble(text: str) -> None:
    with suppress(ValueError):
        timetable.read(text)


@pytest.fixture
def columns(database: None) -> dict[str, Column]:
    return {column.key: column for kind in SHEETS for column in sheet(kind, ("de", "en"))}


@pytest.fixture
def reader(database: None) -> Reader:
    return stock.reader(stock.words("09576"))


@pytest.fixture
def writer(database: None) -> Writer:
    return stock.writer(stock.words("09576"))


CELLS = {
    ("place.postcode", "91154"): "91154",
    ("place.postcode", "1067"): "01067",  # Dresden without its zero
    ("place.postcode", "D-91154"): "91154",
    ("place.municipality", "9576143"): "09576143",
    ("place.municipality", "Hilpoltstein"): "09576127",
    ("contact.phone", "09171 1234/09171 5678"): "09171 1234",
    ("contact.phone", "09171/1234"): "09171/1234",
    ("contact.phone", "+49 9171 12 oder +49 171 2345678"): "+49 9171 12",
    ("offer.valid_from", "24.11.2026"): "2026-11-24",
    ("offer.valid_from", "1.2.26"): "2026-02-01",
    ("offer.valid_from", "2026-11-24"): "2026-11-24",
    ("offer.valid_from", "46350"): "2026-11-24",
    ("offer.min_age", "18,0"): 18,
    ("offer.min_age", "18 Jahre"): 18,
    ("place.lat", "49,25"): 49.25,
    ("offer.by_appointment", "Ja"): True,
    ("place.step_free", "unbekannt"): "unknown",
    ("offer.fields", "Spracherwerb; Beratung und Orientierung"): ["language", "advice"],
    ("offer.fields", "Spracherwerb, Kultur, Sport und Freizeit"): ["language", "culture_sports"],
    ("offer.languages", "Deutsch, Arabisch (Dolmetscher)"): None,
    ("actor.website", "www.example.org"): "https://www.example.org",
}


@pytest.mark.parametrize(("key", "text"), CELLS)
def test_real_cells_are_understood(
    reader: Reader, columns: dict[str, Column], key: str, text: str
) -> None:
    cell = reader.of(columns[key])(text)
    assert cell.problem is None
    assert CELLS[key, text] in (None, cell.value)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("place.postcode", "9"),
        ("place.postcode", "9154"),  # there is no 09154
        ("offer.valid_from", "31.2.2026"),
        ("offer.valid_from", "bald"),
        ("offer.min_age", "jung"),
        ("offer.by_appointment", "vielleicht"),
        ("offer.fields", "Quatsch"),
        ("offer.languages", "Deutsch; Klingonisch"),
        ("actor.id", "1"),
        ("place.municipality", "Nirgendwo"),
    ],
)
def test_cells_that_say_nothing_are_problems(
    reader: Reader, columns: dict[str, Column], key: str, text: str
) -> None:
    assert reader.of(columns[key])(text).problem


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("place.postcode", "1067"),
        ("contact.phone", "09171 1234 / 09171 5678"),
        ("offer.valid_from", "46350"),
        ("place.street", "Hauptstraße"),
        ("actor.name", "ARGE Roth"),
    ],
)
def test_what_was_put_right_or_looks_odd_is_told(
    reader: Reader, columns: dict[str, Column], key: str, text: str
) -> None:
    assert reader.of(columns[key])(text).note


def test_a_language_with_an_interpreter_is_told_apart(
    reader: Reader, columns: dict[str, Column]
) -> None:
    cell = reader.of(columns["offer.languages"])("Deutsch; Arabisch (mit Dolmetscherin)")
    assert cell.value == [
        {"language": "de", "by": "staff"},
        {"language": "ar", "by": "interpreter"},
    ]


def test_every_term_is_written_so_that_it_comes_back(
    reader: Reader, writer: Writer, columns: dict[str, Column]
) -> None:
    for column in columns.values():
        if column.kind in ("term", "terms"):
            scheme = column.hints["choices"].removeprefix("term:")
            keys = list(writer.words.terms[scheme].labels)
            for value in keys if column.kind == "term" else (keys, keys[:1]):
                assert reader.of(column)(writer.of(column)(value)) == Cell(value)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_every_date_is_written_so_that_it_comes_back(day: date) -> None:
    column = Column("offer.valid_from", "", "date")
    words = stock.Words({}, stock.Meanings({}), frozenset())
    written = Writer(words, lambda _column: {}).of(column)(day.isoformat())
    assert Reader(words, lambda _column: {}).of(column)(written).value == day.isoformat()


@given(st.integers(20_000, 79_999))
def test_every_day_of_excel_is_the_day_it_means(serial: int) -> None:
    words = stock.Words({}, stock.Meanings({}), frozenset())
    cell = Reader(words, lambda _column: {}).of(Column("offer.valid_from", "", "date"))(str(serial))
    assert date.fromisoformat(cell.value) == date(1899, 12, 30) + timedelta(days=serial)


@pytest.mark.parametrize("kind", SHEETS)
def test_titles_are_german_and_unlike_each_other(database: None, kind: str) -> None:
    titles = [column.title for column in sheet(kind, ("de", "en"))]
    assert len(set(titles)) == len(titles)
    assert guess(titles, sheet(kind, ("de", "en"))) == [c.key for c in sheet(kind, ("de", "en"))]


def test_headers_of_other_files_are_guessed_and_each_column_once(database: None) -> None:
    header = ["Lfd. Nr.", "Träger", "Kurs", "Postleitzahl", "Tel.", "Wann?", "Farbe", "Telefon"]
    guessed = guess(header, sheet("flat", ("de",)))
    assert guessed == [
        "offer.key",
        "actor.name",
        "offer.title",
        "place.postcode",
        "",
        "offer.hours",
        "",
        "contact.phone",
    ]


def test_the_same_header_is_recognised_however_it_is_spaced() -> None:
    assert fingerprint("flat", ["PLZ", "Ort "]) == fingerprint("flat", ["plz", " ORT"])
    assert fingerprint("flat", ["PLZ", "Ort"]) != fingerprint("offers", ["PLZ", "Ort"])


def test_a_house_number_in_a_column_of_its_own_ends_the_street(desk: Desk) -> None:
    header, other = [*HEADER, "Strasse", "Hausnr."], ["Verein", "Kurs", *ROW[2:]]
    desk.take(desk.sheet(header, [*ROW, "Hauptstr.", "12"], [*other, "Am Anger", ""]))
    assert set(db.session.scalars(select(Place.street))) == {"Hauptstr. 12", "Am Anger"}


def test_an_unknown_word_is_told_with_those_that_are_known(desk: Desk) -> None:
    desk.take(desk.sheet([*HEADER, "Kosten", "Bemerkung"], [*ROW, "ein Eis", "Frau M. fragen"]))
    assert any("Kostenlos" in reason for reason in desk.reasons())
