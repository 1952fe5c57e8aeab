"""One cell: from what people write to the value a schema loads, and back. Pure.

Reading tolerates what real files hold and says what it took for what: a cell comes back with its
value, and with a note where something was put right or a problem where nothing can be made of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from registry.exchange.sheets import timetable
from registry.exchange.sheets.columns import Column
from registry.exchange.sheets.words import Words, pieces

_YES = {"ja", "j", "x", "1", "wahr", "true", "yes", "y", "ok", "✓"}
_NO = {"nein", "n", "0", "falsch", "false", "no", "-", "–"}
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_NUMBER = re.compile(r"(\d{1,6})(?:[.,]0+)?(?:\s*(?:jahren?|j\.?))?", re.IGNORECASE)
_PHONES = re.compile(r"\s*(?:[/;,|\n]|\boder\b|\bund\b)\s*(?=(?:\+|0)[\d\s()/-]{5,})")
_INTERPRETED = re.compile(r"\s*\([^()]*dolmetsch[^()]*\)\s*$", re.IGNORECASE)
INTERPRETER = "mit Dolmetschen"

NOT_A_POSTCODE = _l("A German postcode has five digits.")
LOST_ZERO = _l("The zero at the beginning was lost: it has been put back.")
TIDIED = _l("Written the usual way.")
SERIAL = _l("Excel's number for a day was read as a date.")
FURTHER_NUMBERS = _l("Several telephone numbers: the first was taken. Please enter the others.")
NO_HOUSE_NUMBER = _l("There is no house number.")
FORMER_JOBCENTRE = _l("ARGE is what jobcentres were called until 2010. Please check the name.")
NO_HOURS = _l("These hours cannot be read. Example: Mo–Do 8–12; Fr 9–11.30")
NO_DATE = _l("This is not a date. Example: 24.11.2026")
NO_NUMBER = _l("This is not a number.")
NO_ANSWER = _l("Please write yes or no (ja, nein).")
NO_ID = _l("This is not an id of this register.")
UNKNOWN = _l("Unknown value")
UNKNOWN_REGION = _l("There is no municipality or region with this name or key.")


@dataclass(frozen=True)
class Cell:
    """What a cell says; `note` and `problem` are sentences for the report. Shared: never change."""

    value: Any = None
    note: Any = None
    problem: Any = None


Read = Callable[[str], Cell]
EMPTY = Cell()
MAX_NAMED = 20  # words; more of them help nobody to choose


class Reader:
    """Reads cells with the words of one register; what was read before is not read again."""

    def __init__(self, words: Words, options: Callable[[Column], dict[str, str]]) -> None:
        self.words = words
        self.options = options
        self._kept: dict[str, Read] = {}

    def of(self, column: Column) -> Read:
        """Return what reads the cells of a column; blanks around a value never count."""
        if column.key not in self._kept:
            self._kept[column.key] = lru_cache(maxsize=2048)(self._reader(column))
        return self._kept[column.key]

    def _reader(self, column: Column) -> Read:
        special: dict[str, Callable[[str], Cell]] = {
            "place.street": _street,
            "actor.name": _name,
        }
        plain: dict[str, Read] = {
            "text": lambda text: Cell(text),
            "email": lambda text: Cell(text.removeprefix("mailto:")),
            "url": _address,
            "phone": _phone,
            "hours": _hours,
            "date": _day,
            "number": _number,
            "degrees": _degrees,
            "flag": _flag,
            "id": _id,
            "ids": _ids,
            "postcode": self._postcode,
            "region": self._region,
            "regions": self._regions,
            "languages": self._languages,
        }
        if column.kind in ("term", "terms"):
            scheme = column.hints["choices"].removeprefix("term:")
            return self._term(scheme) if column.kind == "term" else self._terms(scheme)
        if column.kind == "option":
            return _option(self.options(column))
        return special.get(column.key) or plain[column.kind]

    def _postcode(self, text: str) -> Cell:
        digits = re.sub(r"^D\s*-?\s*|\s|[.,]0$", "", text)
        if re.fullmatch(r"[0-9]{4}", digits) and f"0{digits}" in self.words.postcodes:
            return Cell(f"0{digits}", LOST_ZERO)
        if not re.fullmatch(r"[0-9]{5}", digits):
            return Cell(problem=NOT_A_POSTCODE)
        return Cell(digits, TIDIED if digits != text else None)

    def _region(self, text: str) -> Cell:
        key = self.words.regions.key(text)
        if key is None and text.isdecimal():
            key = self.words.regions.key(f"0{text}")
            return Cell(key, LOST_ZERO) if key else Cell(problem=UNKNOWN_REGION)
        return Cell(key) if key else Cell(problem=UNKNOWN_REGION)

    def _regions(self, text: str) -> Cell:
        found = [self._region(piece) for piece in re.split(r"\s*[;,|\n]\s*", text) if piece]
        problem = next((cell.problem for cell in found if cell.problem), None)
        note = next((cell.note for cell in found if cell.note), None)
        if problem:
            return Cell(problem=problem)
        return Cell(sorted({cell.value for cell in found}), note)

    def _term(self, scheme: str) -> Read:
        meanings = self.words.terms[scheme]
        unknown = _unknown(meanings.labels)

        def read(text: str) -> Cell:
            key = meanings.key(text)
            return Cell(key) if key else Cell(problem=unknown)

        return read

    def _terms(self, scheme: str) -> Read:
        meanings = self.words.terms[scheme]
        problem = _unknown(meanings.labels)

        def read(text: str) -> Cell:
            keys, unknown = meanings.several(text)
            return Cell(problem=problem) if unknown else Cell(keys)

        return read

    def _languages(self, text: str) -> Cell:
        rows = list[dict[str, str]]()
        for piece in pieces(text):
            plain = _INTERPRETED.sub("", piece)
            by = "staff" if plain == piece else "interpreter"
            keys, unknown = self.words.terms["language"].several(plain)
            if unknown:
                return Cell(problem=UNKNOWN)
            rows += [{"language": key, "by": by} for key in keys]
        return Cell(rows)


def _unknown(labels: Mapping[str, str]) -> Any:
    """Return what is said of a word that means nothing: with those that do, where they are few."""
    if len(labels) > MAX_NAMED:
        return UNKNOWN
    return _l("Unknown value. Possible: %(words)s", words="; ".join(labels.values()))


def _address(text: str) -> Cell:
    if re.match(r"https?://", text):
        return Cell(text)
    return Cell(f"https://{text}", TIDIED)


def _name(text: str) -> Cell:
    return Cell(text, FORMER_JOBCENTRE if re.match(r"(?i:arge)\b", text) else None)


def _street(text: str) -> Cell:
    return Cell(text, None if re.search(r"\d", text) else NO_HOUSE_NUMBER)


def _phone(text: str) -> Cell:
    """Take the first of several numbers: "09171/1234" is one, with its area code before it."""
    numbers = _PHONES.split(text)
    if len(numbers) > 1 and len(re.sub(r"\D", "", numbers[0])) >= 6:
        return Cell(numbers[0], FURTHER_NUMBERS)
    return Cell(text)


def _hours(text: str) -> Cell:
    try:
        times = timetable.read(text)
    except ValueError:
        return Cell(problem=NO_HOURS)
    return Cell(times.stored)


def _day(text: str) -> Cell:
    try:
        if iso := _ISO_DAY.fullmatch(text):
            return Cell(date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat())
        if german := _GERMAN_DAY.fullmatch(text):
            year = int(german[3]) + (2000 if len(german[3]) == 2 else 0)
            return Cell(date(year, int(german[2]), int(german[1])).isoformat())
    except ValueError:
        return Cell(problem=NO_DATE)
    if re.fullmatch(r"\d{5}", text) and int(text) in _SERIALS:
        return Cell((_SERIAL_ZERO + timedelta(days=int(text))).isoformat(), SERIAL)
    return Cell(problem=NO_DATE)


def _number(text: str) -> Cell:
    found = _NUMBER.fullmatch(text)
    return Cell(int(found[1])) if found else Cell(problem=NO_NUMBER)


def _degrees(text: str) -> Cell:
    if not re.fullmatch(r"-?\d{1,3}(?:[.,]\d{1,20})?", text):
        return Cell(problem=NO_NUMBER)
    return Cell(float(text.replace(",", ".")))


def _flag(text: str) -> Cell:
    word = text.lower()
    if word in _YES or word in _NO:
        return Cell(word in _YES)
    return Cell(problem=NO_ANSWER)


def _id(text: str) -> Cell:
    try:
        return Cell(str(UUID(text)))
    except ValueError:
        return Cell(problem=NO_ID)


def _ids(text: str) -> Cell:
    found = [_id(piece) for piece in re.split(r"[;,\s]+", text) if piece]
    if any(cell.problem for cell in found):
        return Cell(problem=NO_ID)
    return Cell([cell.value for cell in found])


def _option(labels: dict[str, str]) -> Read:
    by_word = {word.lower(): key for key, label in labels.items() for word in (key, label)}
    unknown = _unknown(labels)

    def read(text: str) -> Cell:
        key = by_word.get(text.lower())
        return Cell(key) if key else Cell(problem=unknown)

    return read


class Writer:
    """Writes values as cells that the reader reads back to the same."""

    def __init__(self, words: Words, options: Callable[[Column], dict[str, str]]) -> None:
        self.words = words
        self.options = options

    def of(self, column: Column) -> Callable[[Any], str]:
        """Return what writes the values of a column; nothing is an empty cell."""
        write = self._writer(column)
        return lambda value: "" if value in (None, [], "") else write(value)

    def _writer(self, column: Column) -> Callable[[Any], str]:
        if column.kind in ("term", "terms"):
            word = self.words.terms[column.hints["choices"].removeprefix("term:")].word
            return word if column.kind == "term" else lambda keys: "; ".join(map(word, keys))
        if column.kind == "option":
            return self.options(column).__getitem__
        written: dict[str, Callable[[Any], str]] = {
            "hours": timetable.written,
            "date": lambda value: f"{value[8:]}.{value[5:7]}.{value[:4]}",
            "degrees": lambda value: str(value).replace(".", ","),
            "flag": lambda value: "ja" if value else "nein",
            "ids": "; ".join,
            "regions": "; ".join,
            "languages": self._languages,
        }
        return written.get(column.kind, str)

    def _languages(self, rows: list[dict[str, Any]]) -> str:
        word = self.words.terms["language"].word
        endings = {"staff": "", "interpreter": f" ({INTERPRETER})"}
        return "; ".join(word(row["language"]) + endings[row["by"]] for row in rows)
