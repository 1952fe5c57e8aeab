"""What each row of a table of needs would do; words and needs are given, nothing is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError

from registry.core.text import fold
from registry.exchange.sheets.cells import UNKNOWN_REGION, Reader
from registry.exchange.sheets.columns import Column
from registry.exchange.sheets.reading import Line
from registry.exchange.sheets.words import Meanings
from registry.network.needs.schemas import NeedSchema

TITLES = {
    "field": "Handlungsfeld",
    "place": "Wo",
    "language": "Sprache",
    "target_group": "Zielgruppe",
    "persons": "Personen",
    "source": "Quelle",
    "known_on": "Stand",
    "note": "Hinweis",
}
NEEDED = ("field", "place", "source", "known_on")
_OTHERS = {
    "field": "field; feld; field of action; thema",
    "place": "place; where; gemeinde; ort; ags; region; municipality",
    "language": "language",
    "target_group": "target group; gruppe",
    "persons": "persons; anzahl; zahl; menschen; number",
    "source": "source; herkunft",
    "known_on": "known on; datum; as of; date",
    "note": "note; bemerkung; notiz",
}
_KNOWN = {
    fold(word): key
    for key, title in TITLES.items()
    for word in (key, title, *_OTHERS[key].split("; "))
}
_KINDS = {"persons": "number", "known_on": "date"}
Name = tuple[str, str, str | None, str | None]  # what makes a need the same need


@dataclass(frozen=True)
class Known:
    """What rows are read with, and the needs there are by what makes them the same."""

    region: str
    terms: Mapping[str, Meanings]
    places: Meanings
    reader: Reader
    needs: Mapping[Name, Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """What a row would do; `data` are the values of a new or changed need."""

    number: int
    cells: Mapping[str, str]
    verdict: str
    column: str = ""
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> Name:
        return name_of(self.data)


class Refusal(Exception):
    """A row cannot be taken: in which column the reason lies, and the reason."""

    def __init__(self, key: str, reason: Any) -> None:
        super().__init__(key)
        self.key, self.reason = key, reason


def name_of(data: Mapping[str, Any]) -> Name:
    return data["field"], data["place"], data.get("language"), data.get("target_group")


def chosen(header: Sequence[str]) -> dict[str, int]:
    """Return where in a file each of our columns stands; of two that fit, the first."""
    found: dict[str, int] = {}
    for position, title in enumerate(header):
        key = _KNOWN.get(fold(title))
        if key and key not in found:
            found[key] = position
    return found


def judge(lines: Iterable[Line], where: Mapping[str, int], known: Known) -> Iterator[Plan]:
    """Yield a plan for each row; a need that an earlier row speaks of is refused."""
    seen: dict[Name, int] = {}
    for line in lines:
        row = {key: line.cells[at].strip() for key, at in where.items() if at < len(line.cells)}
        row = {key: text for key, text in row.items() if text}
        try:
            data = _data(row, known)
            name = name_of(data)
            if name in seen:
                reason = _("This row says the same as line %(line)s.", line=seen[name])
                raise Refusal("field", reason)
            seen[name] = line.number
            yield Plan(line.number, row, _verdict(data, known.needs.get(name)), data=data)
        except Refusal as refused:
            title = TITLES[refused.key]
            yield Plan(line.number, row, "rejected", title, str(refused.reason))


def _verdict(data: Mapping[str, Any], there: Mapping[str, Any] | None) -> str:
    if there is None:
        return "new"
    same = all(there[name] == value for name, value in data.items() if name in there)
    return "unchanged" if same else "changed"


def _data(row: Mapping[str, str], known: Known) -> dict[str, Any]:
    """Return what a row says as the form would load it."""
    told: dict[str, Any] = {key: row.get(key) for key in ("source", "note")}
    for key in ("field", "language", "target_group"):
        told[key] = _word(key, row[key], known.terms[key]) if key in row else None
    told["place"] = _place(row["place"], known) if "place" in row else None
    for key in _KINDS:
        told[key] = _read(key, row[key], known.reader) if key in row else None
    try:
        loaded: dict[str, Any] = NeedSchema(audience="office").load(told)
    except ValidationError as error:
        key, messages = next(iter(error.messages_dict.items()))
        raise Refusal(key, messages[0]) from None
    return loaded


def _word(key: str, text: str, words: Meanings) -> str:
    if (found := words.key(text)) is None:
        raise Refusal(key, _("Unknown value: %(value)s", value=text[:100]))
    return found


def _place(text: str, known: Known) -> str:
    found = known.places.key(text)
    if found is None or not found.startswith(known.region):
        raise Refusal("place", UNKNOWN_REGION)
    return found


def _read(key: str, text: str, reader: Reader) -> Any:
    cell = reader.of(Column(f"need.{key}", TITLES[key], _KINDS[key]))(text)
    if cell.problem:
        raise Refusal(key, cell.problem)
    return cell.value
