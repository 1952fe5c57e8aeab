"""The rows of an uploaded file, as text. Runs alone in a process of its own, which trusts nothing.

``python parsing.py FILE`` writes JSON lines: what the file is, then rows as lists of cells, many at
once, then {"end": rows} or {"refused": code}. It imports nothing of the register, knows no address
and no key, and ends itself where memory, seconds, unpacked bytes, rows or columns go beyond limits.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, BinaryIO

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 240  # of the processor
UNPACKED = 600 * 1024 * 1024  # bytes
PARTS = 2000  # files inside an XLSX
ROWS = 500_000
COLUMNS = 300
LINE = 1024 * 1024  # bytes between two line ends of a CSV file
CELL = 100_000  # characters
PIECE = 500  # rows that are told at once
FIRST = 20  # lines to find out from how they are divided
EMPTY_ROWS = 1000  # in a row: Excel keeps formats far below the last entry
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Refused(Exception):
    """The file is not taken; the argument is a code that somebody else words."""


def main(path: str) -> int:
    _limit()
    count = 0
    try:
        with open(path, "rb") as file:
            form, rows = _open(file)
            _tell(form)
            some = _trimmed(rows)
            while piece := list(islice(some, PIECE)):
                count += len(piece)
                if count > ROWS:
                    raise Refused("too_many_rows")
                _tell(piece)
        _tell({"end": count})
    except Refused as error:
        _tell({"refused": str(error)})
    except MemoryError:
        _tell({"refused": "too_large"})
    except Exception:
        _tell({"refused": "broken"})
    return 0


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _tell(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _open(file: BinaryIO) -> tuple[dict[str, str], Iterator[list[str]]]:
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return {"form": "xlsx"}, _workbook(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_excel")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # What Excel calls Unicode text.
        return _separated(_utf16(file))
    if b"\x00" in head or head.startswith((b"%PDF", b"<!DOCTYPE", b"<?xml", b"<html")):
        raise Refused("no_table")
    return _separated(_decoded(file))


def _trimmed(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield rows without the empty cells at their end; empty rows only between others."""
    empty = 0
    for row in rows:
        while row and (not row[-1] or row[-1].isspace()):
            row.pop()
        if not row:
            empty += 1
            if empty > EMPTY_ROWS:
                return
            continue
        if len(row) > COLUMNS:
            raise Refused("too_many_columns")
        if max(map(len, row)) > CELL:
            raise Refused("cell_too_long")
        yield from ([] for _ in range(empty))
        empty = 0
        yield row


def _separated(lines: Iterator[str]) -> tuple[dict[str, str], Iterator[list[str]]]:
    first = list(islice(lines, FIRST))
    if first and (told := re.match(r"sep=(.)\r?\n?$", first[0])) is not None:
        delimiter = told[1]
        first.pop(0)
    else:
        delimiter = max(map(_delimiter, first), default=(0, False, ";"))[2]
    lines = chain(first, lines)
    csv.field_size_limit(CELL + 1)
    return {"form": "csv", "delimiter": delimiter}, _read(lines, delimiter)


def _read(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if len(row) > 20 * COLUMNS:
                raise Refused("too_many_columns")
            # What a spreadsheet would compute was written with one apostrophe before it.
            if "'" in "".join(row):
                row = [cell[1:] if cell[:1] == "'" else cell for cell in row]
            yield row
    except csv.Error:
        raise Refused("cell_too_long") from None


def _delimiter(line: str) -> tuple[int, bool, str]:
    """Return what seems to divide a line, how often first, so that lines can be compared."""
    bare = re.sub(r'"[^"]*"?', "", line)
    return max((bare.count(mark), mark == ";", mark) for mark in ";\t,")


def _decoded(file: BinaryIO) -> Iterator[str]:
    """Yield lines as UTF-8, or where that cannot be as Windows-1252: some files have both."""
    first = True
    while line := file.readline(LINE):
        if len(line) == LINE and not line.endswith(b"\n"):
            raise Refused("line_too_long")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _utf16(file: BinaryIO) -> Iterator[str]:
    yield from io.TextIOWrapper(file, "utf-16", "replace", newline="")


def _workbook(file: BinaryIO) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(file) as archive:
            _inspect(archive)
    except zipfile.BadZipFile:
        raise Refused("broken") from None
    # Not before the file has been looked at, and not for a CSV file.
    from openpyxl import load_workbook  # noqa: PLC0415

    file.seek(0)
    with closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
        visible = (each for each in book.worksheets if each.sheet_state == "visible")
        chosen = next(visible, None)
        if chosen is None:
            raise Refused("no_table")
        chosen.reset_dimensions()  # what the file says about its size may be wrong
        for row in chosen.iter_rows(values_only=True):
            yield [_text(value) for value in row]


def _inspect(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, piece by piece, keeping nothing: sizes in the file may be lies."""
    members, unpacked = archive.infolist(), 0
    if len(members) > PARTS or not any(each.filename == "[Content_Types].xml" for each in members):
        raise Refused("no_table")
    for member in members:
        with archive.open(member) as part:
            tail = b""
            while piece := part.read(65536):
                unpacked += len(piece)
                if unpacked > UNPACKED:
                    raise Refused("too_large")
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_definitions(tail + piece, first=not tail)
                tail = piece[-16:]


def _refuse_definitions(piece: bytes, *, first: bool) -> None:
    # In an encoding of two bytes a definition would not be recognised.
    if _DOCTYPE.search(piece) or (first and b"\x00" in piece[:64]):
        raise Refused("definitions")


def _text(value: Any) -> str:
    """Return a cell of a workbook as people would have typed it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value).replace("_x000D_", "").replace("\r\n", "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
