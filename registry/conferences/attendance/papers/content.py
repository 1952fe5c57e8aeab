"""What the papers of a day say: facts in, plain data for the typesetter out. Pure.

They are the office's own and always German, as its letters are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

QUESTIONS = (
    ("Herausforderungen, Entwicklungsbedarfe", "Wo bestehen Entwicklungsbedarfe?"),
    ("Good Practice", "Welche Maßnahmen haben sich bewährt?"),
    ("Zielsetzungen", "Was soll erreicht werden?"),
    (
        "Ansätze, Maßnahmen",
        "Wie kann Integration Stück für Stück weiterentwickelt werden?",
    ),
)


@dataclass(frozen=True)
class Occasion:
    """What stands on every paper."""

    title: str
    day: str
    place: str = ""
    example: bool = False


@dataclass(frozen=True)
class Line:
    """Somebody in a list: nothing by which one could be reached."""

    name: str
    organisation: str
    note: str = ""


@dataclass(frozen=True)
class Sign:
    """How a group is told from others: its letter, the colour of its ground and of its writing."""

    letter: str
    ground: str
    ink: str


@dataclass(frozen=True)
class Section:
    """Those of a group, a category, or everybody."""

    title: str
    lines: Sequence[Line]
    sign: Sign | None = None


@dataclass(frozen=True)
class Known:
    """What is known about the topic of a group: what it is, why it was chosen, what was found."""

    title: str
    reason: str = ""
    finding: str = ""


@dataclass(frozen=True)
class GroupSheet:
    """A working group as its door, its moderator and its wall tell of it."""

    title: str
    sign: Sign
    description: str = ""
    room: str = ""
    moderator: str = ""
    unit: str = ""
    lines: Sequence[Line] = ()
    known: Sequence[Known] = field(default_factory=list)


@dataclass(frozen=True)
class TableSign:
    """What stands on a table: a name, or the number of the table."""

    large: str
    lines: Sequence[str] = ()
    sign: Sign | None = None


def name_of(given_name: str, family_name: str, title: str, function: str) -> str:
    """Return a name as lists have it, family name first; a function where no name is known."""
    if not family_name:
        return given_name or function
    return ", ".join(part for part in (family_name, f"{title} {given_name}".strip()) if part)


def attendance(occasion: Occasion, sections: Iterable[Section], blanks: int) -> dict[str, Any]:
    """Return a list to sign, with empty lines for those who are not in it."""
    return _document(
        "attendance",
        f"Anwesenheitsliste: {occasion.title}",
        occasion,
        sections=[asdict(each) for each in sections],
        blanks=blanks,
    )


def table_signs(occasion: Occasion, signs: Iterable[TableSign]) -> dict[str, Any]:
    return _document(
        "tables",
        f"Tischschilder: {occasion.title}",
        occasion,
        signs=[asdict(each) for each in signs],
    )


def door_signs(occasion: Occasion, groups: Iterable[GroupSheet]) -> dict[str, Any]:
    return _document("doors", f"Türschilder: {occasion.title}", occasion, groups=_told(groups))


def moderation(occasion: Occasion, groups: Iterable[GroupSheet]) -> dict[str, Any]:
    return _document("moderation", f"Moderation: {occasion.title}", occasion, groups=_told(groups))


def walls(occasion: Occasion, groups: Iterable[GroupSheet]) -> dict[str, Any]:
    """Return empty walls to write on."""
    return _document("walls", f"Stellwände: {occasion.title}", occasion, groups=_told(groups))


def _told(groups: Iterable[GroupSheet]) -> list[dict[str, Any]]:
    return [asdict(each) for each in groups]


def _document(kind: str, title: str, occasion: Occasion, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": title,
        "occasion": asdict(occasion),
        "questions": [{"name": name, "asks": asks} for name, asks in QUESTIONS],
        **more,
    }
