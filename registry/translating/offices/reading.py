"""Reading what comes back from translation offices, by way of the processes that parse it."""

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.exchange.sheets import reading as sheets
from registry.translating.offices import parsing
from registry.translating.offices.writing import CHECKED, GERMAN, ID

_YES = ("x", "ja", "yes", "1", "ok")


@dataclass(frozen=True)
class Line:
    """A text of a file: `confirmed` says that an unchanged translation fits; `odd` is markup."""

    id: str
    german: str
    body: str
    confirmed: bool
    odd: bool = False


@dataclass(frozen=True)
class Returned:
    """A file that came back: its language, and its texts in their order."""

    language: str
    lines: list[Line]


def read(path: Path, tags: tuple[str, ...]) -> Returned:
    """Return all of a file; raises Invalid with one clear message where it cannot be taken."""
    found = _xliff(path, tags) if _is_xml(path) else _table(path, tags)
    if not found.lines:
        raise _no_texts()
    return found


def _no_texts() -> Invalid:
    return Invalid({"file": [_("This file holds no texts.")]})


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(256)
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _xliff(path: Path, tags: tuple[str, ...]) -> Returned:
    with sheets.told(parsing.__file__, path) as (_form, pieces):
        rows = list(chain.from_iterable(pieces))
    if not rows:
        raise _no_texts()
    named = {row[0] for row in rows}
    if len(named) > 1:
        raise Invalid({"file": [sheets.reason("languages")]})
    language = _language(named.pop(), tags)
    return Returned(
        language, [Line(row[1], _tidy(row[2]), _tidy(row[3]), *row[4:]) for row in rows]
    )


def _table(path: Path, tags: tuple[str, ...]) -> Returned:
    try:
        return _rows(path, tags)
    except Invalid as error:
        if error.errors["file"][0] in map(sheets.reason, ("no_table", "no_header")):
            message = _("Please give an XLIFF or XLSX file that was exported here.")
            raise Invalid({"file": [message]}) from error
        raise


def _rows(path: Path, tags: tuple[str, ...]) -> Returned:
    with sheets.opened(path) as source:
        names = [name.strip().lower() for name in source.header]
        by_name = {name: number for number, name in enumerate(names)}
        told = [name for name in names if name in {tag.lower() for tag in tags}]
        if not {ID, GERMAN} <= by_name.keys() or len(told) != 1:
            raise Invalid({"file": [_("This table is none that was exported for translating.")]})
        places = [by_name[ID], by_name[GERMAN], by_name[told[0]], by_name.get(CHECKED, -1)]
        lines = [_line(each.cells, places) for each in islice(source.lines, parsing.TEXTS + 1)]
    if len(lines) > parsing.TEXTS:
        raise Invalid({"file": [sheets.reason("too_many_rows")]})
    return Returned(_language(told[0], tags), lines)


def _line(cells: list[str], places: list[int]) -> Line:
    key, german, body, checked = (
        cells[number] if 0 <= number < len(cells) else "" for number in places
    )
    return Line(key, _tidy(german), _tidy(body), checked.strip().lower() in _YES)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _language(told: str, tags: tuple[str, ...]) -> str:
    """Return the language that a tag means here: "en-GB" is "en" where nothing is nearer."""
    by_name = {tag.lower(): tag for tag in tags}
    if not told:
        raise Invalid({"file": [_("This file does not say which language it is in.")]})
    asked = told.lower().replace("_", "-")
    found = by_name.get(asked) or by_name.get(asked.partition("-")[0])
    if found is None:
        raise Invalid({"file": [_("Unknown language: %(language)s", language=told[:20])]})
    return found
