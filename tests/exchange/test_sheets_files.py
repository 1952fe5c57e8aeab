"""Files as they are uploaded, good ones and bad ones: read beside the register, within limits."""

import resource
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.core.errors import Invalid
from registry.exchange.sheets import parsing
from registry.exchange.sheets.reading import head_of, opened
from registry.exchange.sheets.reports import guarded
from tests.factories.sheets import Desk, csv_bytes, write_xlsx

DATABASES = ["postgresql"]

HEADER = ["Akteur", "Angebot", "Ort"]
ROW = ["Müller & Söhne", "Café „Größe“", "Roth"]


def rows_in(path: Path) -> list[list[str]]:
    with opened(path) as source:
        return [source.header, *(line.cells for line in source.lines)]


def refusal(path: Path) -> str:
    with force_locale("en"), pytest.raises(Invalid) as refused:
        rows_in(path)
    (message,) = refused.value.errors["file"]
    return str(message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_are_found_out(desk: Desk, encoding: str, delimiter: str) -> None:
    path = desk.file(csv_bytes([HEADER, ROW], encoding, delimiter))
    assert rows_in(path) == [HEADER, ROW]


def test_a_file_may_mix_encodings(desk: Desk) -> None:
    path = desk.file(csv_bytes([HEADER, ROW]) + csv_bytes([ROW], "cp1252") + csv_bytes([ROW]))
    assert rows_in(path) == [HEADER, ROW, ROW, ROW]


def test_the_hint_of_excel_at_the_separator_is_no_row(desk: Desk) -> None:
    assert rows_in(desk.file(b"sep=,\r\n" + csv_bytes([HEADER, ROW], delimiter=","))) == [
        HEADER,
        ROW,
    ]


def test_titles_above_the_header_and_empty_rows_are_passed_over(desk: Desk) -> None:
    path = desk.sheet(["Angebote im Landkreis Roth, Stand 2026"], [], HEADER, [], ROW, ["", ""])
    with opened(path) as source:
        assert source.header == HEADER
        assert [line.number for line in source.lines] == [5]


def test_exactly_one_apostrophe_is_taken_off(desk: Desk) -> None:
    path = desk.sheet(HEADER, ["'=1+1", "''tis", "it's"])
    assert rows_in(path)[1] == ["=1+1", "'tis", "it's"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_guarded_cell_loses_the_guard_again(text: str) -> None:
    cell = guarded(text)
    assert (cell[1:] if cell[:1] == "'" else cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_cells_of_a_workbook_are_what_one_would_have_typed(desk: Desk, tmp_path: Path) -> None:
    day = datetime(2026, 11, 24)  # noqa: DTZ001 (Excel knows no zones)
    row = ["Müller", 91154, 12.5, day, True, time(8, 30), date(2026, 1, 2), "'=1+1"]
    header = [f"Spalte {number}" for number in range(len(row))]
    path = write_xlsx(tmp_path / "a.xlsx", [header, row])
    told = ["Müller", "91154", "12.5", "2026-11-24", "ja", "08:30", "2026-01-02", "'=1+1"]
    assert rows_in(path) == [header, told]


def bomb(megabytes: int) -> bytes:
    """Return a workbook whose one sheet unpacks to so much."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _megabyte in range(megabytes):
                part.write(b" " * 1024 * 1024)
    return file.getvalue()


def test_a_zip_bomb_is_refused_before_it_goes_off(desk: Desk) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    content = bomb(parsing.UNPACKED // 1024 // 1024 + 1)
    assert len(content) < 2 * 1024 * 1024
    assert refusal(desk.file(content, "xlsx")) == TOO_LARGE
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before
    assert grown < 200 * 1024  # kB


def with_part(name: str, content: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return file.getvalue()


TOO_LARGE = "This file needs too much memory or time to be read. Please divide it."
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    "content",
    [
        with_part("xl/workbook.xml", ENTITIES),
        with_part("xl/workbook.xml", b"<?xml version='1.0'?>" + b" " * 70_000 + ENTITIES),
        with_part("xl/workbook.xml", ENTITIES.decode().encode("utf-16")),
    ],
    ids=["plain", "late", "two bytes"],
)
def test_definitions_in_a_workbook_are_refused(desk: Desk, content: bytes) -> None:
    assert "DTD" in refusal(desk.file(content, "xlsx"))


def test_five_thousand_columns_are_refused(desk: Desk, tmp_path: Path) -> None:
    wide = [[f"c{number}" for number in range(5000)]] * 2
    assert refusal(desk.file(csv_bytes(wide))) == refusal(write_xlsx(tmp_path / "w.xlsx", wide))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02" * 100,
        b"%PDF-1.7 ...",
        b"<html><body>Tabelle</body></html>",
        b"PK\x03\x04 not really",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"x" * 3_000_000,
        ("a;b\n" + "x" * 200_000 + ";1\n").encode(),
        with_part("word/document.xml", b"<document/>"),
    ],
    ids=["empty", "binary", "pdf", "html", "broken", "xls", "one line", "long cell", "docx"],
)
def test_what_is_no_table_is_refused_with_one_clear_message(desk: Desk, content: bytes) -> None:
    assert refusal(desk.file(content)).endswith(".")


@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_file_makes_the_reader_fail_otherwise(
    app: Flask, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    with app.test_request_context(), suppress(Invalid):
        rows_in(path)


def test_the_process_that_reads_is_told_nothing_of_the_register(desk: Desk) -> None:
    text = Path(parsing.__file__).read_text("utf-8")
    assert "registry." not in text.replace("nothing of the register", "")


def test_reading_a_long_file_keeps_memory_flat(desk: Desk) -> None:
    few = desk.file(csv_bytes([HEADER, *[ROW] * 10]))
    many = desk.file(csv_bytes([HEADER, *[ROW] * 100_000]))
    head_of(few)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with opened(many) as source:
        assert sum(1 for _line in source.lines) == 100_000
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 20 * 1024  # kB
