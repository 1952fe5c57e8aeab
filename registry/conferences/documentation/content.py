"""The documentation of a conference as a paper: what the data say, and what was written. Pure.

Its order is that of documentations districts print: introduction, programme, groups and who took
part, impressions, results, thanks, imprint. Persons are not named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registry.conferences.minutes.content import QUESTIONS
from registry.core.documents.papers import Block, Heading, Paper, Picture, Points, Table, Text


@dataclass(frozen=True)
class Group:
    """A working group or table: who led it, how many took part, what its wall says."""

    name: str
    led_by: str = ""
    people: int = 0
    cards: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """All a documentation is made of; `programme` has rows of time, title, who and room."""

    title: str
    lines: Sequence[str]
    introduction: str = ""
    programme: Sequence[tuple[str, Sequence[tuple[str, str, str]]]] = ()
    groups: Sequence[Group] = ()
    participants: Sequence[tuple[str, Sequence[str]]] = ()
    people: int = 0
    fields: Sequence[tuple[str, int]] = ()  # of action, and how many people work in them
    impressions: Sequence[tuple[str, Sequence[Picture]]] = ()
    results: str = ""
    decisions: Sequence[str] = ()
    thanks: str = ""
    imprint: str = ""
    language_note: str = ""
    cover: Picture | None = None
    example: bool = False


def paper(told: Told) -> Paper:
    return Paper(
        "Dokumentation",
        tuple(_blocks(told)),
        lines=(told.title, *told.lines),
        mark="Beispieldaten" if told.example else "",
        foot=f"Dokumentation: {told.title}",
    )


def _blocks(told: Told) -> Iterator[Block]:
    if told.cover:
        yield told.cover
    yield from _chapter("Einleitung", told.introduction)
    yield from _programme(told)
    yield from _groups(told)
    yield from _participants(told)
    yield from _impressions(told)
    yield from _results(told)
    yield from _chapter("Dank", told.thanks)
    yield from _chapter("Impressum", told.imprint)
    if told.language_note:
        yield Text(told.language_note, soft=True)


def _chapter(title: str, text: str) -> Iterator[Block]:
    if text.strip():
        yield Heading(title)
        yield Text(text)


def _programme(told: Told) -> Iterator[Block]:
    if told.programme:
        yield Heading("Programm")
    for day, rows in told.programme:
        if day:
            yield Heading(day, 2)
        yield Table(("Zeit", "Programmpunkt", "Wer"), tuple(tuple(row) for row in rows), (3, 9, 6))


def _groups(told: Told) -> Iterator[Block]:
    if told.groups:
        yield Heading("Arbeitsgruppen")
        rows = tuple((g.name, g.led_by, str(g.people) if g.people else "") for g in told.groups)
        yield Table(("Gruppe", "Moderation", "Teilnehmende"), rows, (9, 6, 3))


def _participants(told: Told) -> Iterator[Block]:
    if told.participants:
        yield Heading("Wer teilgenommen hat")
        if told.people:
            one = "Eine Person hat" if told.people == 1 else f"{told.people} Personen haben"
            yield Text(f"{one} teilgenommen.")
    for category, names in told.participants:
        yield Heading(category, 2)
        yield Points(tuple(names))
    if told.fields:
        yield Heading("Handlungsfelder der Teilnehmenden", 2)
        rows = tuple((name, str(people)) for name, people in told.fields)
        yield Table(("Handlungsfeld", "Teilnehmende"), rows, (15, 3))
        yield Text("Wer in mehreren Handlungsfeldern arbeitet, ist in jedem gezählt.", soft=True)


def _impressions(told: Told) -> Iterator[Block]:
    if told.impressions:
        yield Heading("Impressionen")
    for part, pictures in told.impressions:
        if part:
            yield Heading(part, 2)
        yield from pictures


def _results(told: Told) -> Iterator[Block]:
    said = [group for group in told.groups if any(group.cards.values())]
    if told.results.strip() or said or told.decisions:
        yield Heading("Ergebnisse")
    if told.results.strip():
        yield Text(told.results)
    for group in said:
        yield Heading(group.name, 2)
        for question, cards in group.cards.items():
            if cards:
                yield Heading(QUESTIONS[question], 3)
                yield Points(tuple(cards))
    if told.decisions:
        yield Heading("Beschlüsse", 2)
        yield Points(tuple(told.decisions))
