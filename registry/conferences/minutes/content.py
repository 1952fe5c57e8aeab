"""What minutes say, as plain data: read from the conference until they are approved. Pure.

{"kind", "conference", "taken_by", "chair", "recorded", "present": [person], "excused": [person],
"absent": [organisation], "agenda": [title], "numbers": [of each title], "parts": [part],
"decisions", "tasks", "open", "objections"}; a person is {"name", "function", "organisation",
"stands_for"}, a part {"title", "text", "heading", "cards": {question: [{"text", "dots"}]}}.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

QUESTIONS = {
    "challenge": "Herausforderungen, Entwicklungsbedarfe",
    "practice": "Good Practice",
    "aim": "Zielsetzungen",
    "measure": "Ansätze, Maßnahmen",
}


class Person(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def stands_for(self) -> str: ...


class Excused(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def organisation(self) -> str: ...


class Attended(Protocol):
    @property
    def recorded(self) -> bool: ...
    @property
    def present(self) -> Sequence[Person]: ...
    @property
    def missing(self) -> Sequence[Person]: ...
    @property
    def excused(self) -> Sequence[Excused]: ...
    @property
    def expected(self) -> Sequence[Person]: ...


def attendance(attended: Attended) -> dict[str, Any]:
    """Return who was there. Whoever did not come without a word is named by organisation alone."""
    there = attended.present if attended.recorded else attended.expected
    return {
        "recorded": attended.recorded,
        "present": [_person(each, each.stands_for) for each in there],
        "excused": [_person(each) for each in attended.excused],
        "absent": [
            {"organisation": each}
            for each in dict.fromkeys(row.organisation for row in attended.missing)
            if each
        ],
    }


def _person(row: Person | Excused, stands_for: str = "") -> dict[str, str]:
    return {
        "name": row.name,
        "function": row.function,
        "organisation": row.organisation,
        "stands_for": stands_for,
    }


def cards(rows: Iterable[Any], dots: Mapping[int, int]) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a wall by question, those with most dots first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for question in QUESTIONS:
        some = [row for row in rows if row.question == question]
        some.sort(key=lambda row: (-dots.get(row.id, 0), row.position, row.id))
        if some:
            found[question] = [{"text": r.text, "dots": dots.get(r.id, 0)} for r in some]
    return found


def decision(row: Any) -> dict[str, Any]:
    votes = [row.votes_for, row.votes_against, row.votes_withheld]
    about = row.item or row.group
    return {
        "code": row.code,
        "text": row.text,
        "result": row.result,
        "votes": [each or 0 for each in votes] if any(each is not None for each in votes) else [],
        "title": about.title if about else "",
    }


def task(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "text": row.title,
        "responsible": row.actor.name if row.actor else "",
        "partners": [each.name for each in row.partners],
        "due": row.due.isoformat() if row.due else "",
        "measure": row.measure or "",
        "commitment": row.commitment,
        "by_group": row.group.title if row.group else "",
    }


def objection(row: Any, organisation: str) -> dict[str, Any]:
    """Return an objection and its outcome, by organisation: the text may name people."""
    return {
        "organisation": organisation,
        "title": row.part.title if row.part else "",
        "text": row.text,
        "outcome": row.outcome,
        "answer": row.answer or "",
    }
