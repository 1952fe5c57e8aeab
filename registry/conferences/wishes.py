"""Working groups and wishes from tables (CSV or XLSX), for organisers who have nothing else.

Of people: `person, organisation, wish_1, wish_2, …`; of groups: `group, minimum, maximum,
per_organisation`, where an empty cell is no limit. Every row that cannot be taken is named.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from flask_babel import gettext as _

from registry.conferences.assignment import Group, Person
from registry.core.errors import Invalid
from registry.core.text import fold
from registry.exchange.sheets.reading import Line, opened

MOST = 10_000  # rows
_TITLES = {
    "person": "person; name; teilnehmer; teilnehmerin; teilnehmende",
    "organisation": "organisation; organization; institution; einrichtung",
    "group": "group; gruppe; arbeitsgruppe; ag",
    "minimum": "minimum; min; mindestens",
    "maximum": "maximum; max; hochstens",
    "per_organisation": "per_organisation; per organisation; je organisation; je_organisation",
}
_KNOWN = {title: key for key, titles in _TITLES.items() for title in titles.split("; ")}
_WISH = re.compile(r"(?:wish|wunsch)[ _]?(\d+)")
Row = Mapping[str, str]
Made = TypeVar("Made")


def read_groups(path: Path) -> list[Group]:
    """Return the groups of a table; raises Invalid with a sentence for each row that is wrong."""
    return _read(path, ("group",), _group)


def read_people(path: Path, groups: Sequence[Group]) -> list[Person]:
    """Return the people of a table, whose wishes are among the groups; raises Invalid."""
    known = _spellings(groups)
    return _read(path, ("person",), lambda row: _person(row, known))


def _spellings(groups: Sequence[Group]) -> dict[str, str]:
    """Return the groups by what means them: the name, or what is like the name of one alone."""
    alike = Counter(fold(group.key) for group in groups)
    loose = {fold(group.key): group.key for group in groups if alike[fold(group.key)] == 1}
    return loose | {group.key: group.key for group in groups}


def _read(path: Path, needed: Sequence[str], made: Callable[[Row], Made]) -> list[Made]:
    with opened(path) as source:
        titles = [_title(name) for name in source.header]
        if missing := [name for name in needed if name not in titles]:
            raise Invalid(_wrong(_("These columns are missing: %(names)s", names=missing[0])))
        return list(_rows(source.lines, titles, made))


def _rows(
    lines: Iterator[Line], titles: Sequence[str], made: Callable[[Row], Made]
) -> Iterator[Made]:
    """Yield what rows become; raises Invalid after the last if one was wrong or came twice."""
    wrong, seen = list[str](), dict[object, int]()
    for line in lines:
        if len(seen) == MOST:
            raise Invalid(_wrong(_("This file has too many rows. Please divide it.")))
        row = {key: cell.strip() for key, cell in zip(titles, line.cells, strict=False) if key}
        try:
            found = made(row)
        except ValueError as error:
            wrong.append(_("Line %(number)s: %(why)s", number=line.number, why=str(error)))
            continue
        key = getattr(found, "key", None)
        if key in seen:
            twice = _("%(name)s stands in line %(number)s already", name=key, number=seen[key])
            wrong.append(_("Line %(number)s: %(why)s", number=line.number, why=twice))
        seen.setdefault(key, line.number)
        yield found
    if wrong:
        raise Invalid(_wrong(*wrong))


def _wrong(*messages: str) -> dict[str, list[str]]:
    return {"file": list(messages)}


def _title(text: str) -> str:
    folded = fold(text)
    wish = _WISH.fullmatch(folded)
    return f"wish {int(wish[1]):04}" if wish else _KNOWN.get(folded, "")


def _group(row: Row) -> Group:
    group = Group(
        _named(row, "group"),
        _number(row, "minimum") or 0,
        _number(row, "maximum"),
        _number(row, "per_organisation"),
    )
    if group.maximum is not None and group.maximum < group.minimum:
        raise ValueError(_("the maximum is smaller than the minimum"))
    return group


def _person(row: Row, known: Mapping[str, str]) -> Person:
    told = [row[key] for key in sorted(row) if key.startswith("wish ") and row[key]]
    meant = [known.get(wish) or known.get(fold(wish)) for wish in told]
    for wish, key in zip(told, meant, strict=True):
        if key is None:
            raise ValueError(_("there is no group “%(name)s”", name=wish))
    wishes = tuple(dict.fromkeys(filter(None, meant)))
    return Person(_named(row, "person"), row.get("organisation", ""), wishes)


def _named(row: Row, key: str) -> str:
    if not row.get(key):
        raise ValueError(_("the name is missing"))
    return row[key]


def _number(row: Row, key: str) -> int | None:
    text = row.get(key, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        raise ValueError(_("“%(text)s” is no whole number", text=text))
    return int(text)
