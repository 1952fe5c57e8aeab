"""Minutes as a paper, in German like everything a conference hands out. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from registry.conferences.minutes.content import QUESTIONS
from registry.core.documents.papers import Block, Heading, Paper, Points, Table, Text

RESULTS = {
    "agreed": "einstimmig beschlossen",
    "majority": "mehrheitlich beschlossen",
    "rejected": "abgelehnt",
    "postponed": "auf die nächste Konferenz vertagt",
    "noted": "zur Kenntnis genommen",
}
COMMITMENTS = {"open": "noch offen", "yes": "zugesagt", "no": "nicht zugesagt"}
OUTCOMES = {"open": "noch offen", "accepted": "übernommen", "rejected": "nicht übernommen"}
PEOPLE = ("Name", "Funktion", "Organisation")
TASKS = ("Nr.", "Aufgabe", "Wer", "Bis wann", "Messgröße", "Zusage")
UNRECORDED = (
    "Die Anwesenheit wurde nicht erfasst; aufgeführt ist, wer einen Platz zugesagt bekommen hatte."
)
Content = Mapping[str, Any]


def paper(content: Content, mark: str = "", closing: Sequence[str] = ()) -> Paper:
    """Return minutes or a supplement; `closing` are the lines at the end, as of the approval."""
    title = str(content["conference"]["title"])
    return Paper(
        _name(content),
        (*blocks(content), *(Text(line, soft=True) for line in closing)),
        lines=(title, *_heads(content)),
        mark=mark,
        foot=f"{_name(content)}: {title}",
    )


def bundle(papers: Sequence[Paper]) -> Paper:
    """Return minutes with all their supplements in one."""
    first, *others = papers
    added: list[Block] = []
    for each in others:
        added += [Heading(each.title), *(Text(line) for line in each.lines[1:])]
        added += [_lowered(block) for block in each.blocks]
    return Paper(first.title, (*first.blocks, *added), first.lines, first.mark, first.foot)


def _lowered(block: Block) -> Block:
    return Heading(block.text, block.level + 1) if isinstance(block, Heading) else block


def _name(content: Content) -> str:
    return "Nachtrag zum Protokoll" if content["kind"] == "supplement" else "Protokoll"


def _heads(content: Content) -> list[str]:
    about = content["conference"]
    lines = [*about["days"]]
    if about.get("place"):
        lines.append(f"Ort: {about['place']}")
    if content.get("chair"):
        lines.append(f"Leitung: {content['chair']}")
    if content.get("taken_by"):
        lines.append(f"Protokoll: {content['taken_by']}")
    return lines


def blocks(content: Content) -> Iterator[Block]:
    if content["kind"] != "supplement":
        yield from _people(content)
        yield from _agenda(content["agenda"], content.get("numbers"))
    for part in content["parts"]:
        yield from _part(part)
    yield from _decisions(content["decisions"])
    yield from _tasks(content["tasks"])
    yield from _objections(content["objections"])


def _people(content: Content) -> Iterator[Block]:
    yield Heading("Teilnahme")
    if not content["recorded"]:
        yield Text(UNRECORDED, soft=True)
    if content["present"]:
        yield Heading(f"Anwesend ({len(content['present'])})", 2)
        rows = tuple(_present(each) for each in content["present"])
        yield Table(PEOPLE, rows, (4, 4, 5))
    if content["excused"]:
        yield Heading("Entschuldigt", 2)
        yield Points(tuple(_in_a_line(each) for each in content["excused"]))
    if content["absent"]:
        yield Heading("Nicht vertreten", 2)
        yield Points(tuple(each["organisation"] for each in content["absent"]))


def _present(person: Mapping[str, str]) -> tuple[str, str, str]:
    name = person["name"] or "–"
    if person["stands_for"]:
        name = f"{name}\ni. V. für {person['stands_for']}"
    return name, person["function"], person["organisation"]


def _in_a_line(person: Mapping[str, str]) -> str:
    about = (person["name"], person["function"], person["organisation"])
    return ", ".join(part for part in about if part)


def _agenda(titles: Sequence[str], numbers: Sequence[str] | None) -> Iterator[Block]:
    """Yield the agenda; minutes of before numbers were kept count their items."""
    if titles:
        yield Heading("Tagesordnung")
        known = numbers or [str(number) for number in range(1, len(titles) + 1)]
        pairs = zip(known, titles, strict=True)
        yield Points(tuple(f"TOP {number}: {title}" for number, title in pairs))


def _part(part: Content) -> Iterator[Block]:
    yield Heading(part["heading"])
    if part["text"].strip():
        yield Text(part["text"])
    if part.get("open"):
        if part["title"] != part["heading"]:
            yield Heading("Offen seit früheren Konferenzen", 2)
        yield Points(tuple(part["open"]))
    for question, some in part["cards"].items():
        yield Heading(QUESTIONS[question], 2)
        yield Points(tuple(_card(each) for each in some))


def _card(card: Content) -> str:
    dots = card["dots"]
    return f"{card['text']} ({dots} {'Punkt' if dots == 1 else 'Punkte'})" if dots else card["text"]


def _decisions(rows: Sequence[Content]) -> Iterator[Block]:
    if rows:
        yield Heading("Beschlüsse")
        told = tuple((row["code"], _decided(row), _result(row)) for row in rows)
        yield Table(("Nr.", "Beschluss", "Ergebnis"), told, (3, 11, 5))


def _decided(row: Content) -> str:
    return f"{row['text']}\nzu: {row['title']}" if row["title"] else str(row["text"])


def _result(row: Content) -> str:
    told = RESULTS[row["result"]]
    if not row["votes"]:
        return told
    yes, no, withheld = row["votes"]
    return f"{told}\n{yes} Ja, {no} Nein, {withheld} Enthaltungen"


def _tasks(rows: Sequence[Content]) -> Iterator[Block]:
    if rows:
        yield Heading("Aufgaben")
        yield Table(TASKS, tuple(_task(row) for row in rows), (7, 11, 15, 7, 12, 7))


def _task(row: Content) -> tuple[str, ...]:
    partners = [f"mit {name}" for name in row["partners"]]
    about = f"{row['text']}\naus: {row['by_group']}" if row["by_group"] else row["text"]
    return (
        row["code"],
        about,
        "\n".join([row["responsible"] or "offen", *partners]),
        f"{date.fromisoformat(row['due']):%d.%m.%Y}" if row["due"] else "offen",
        row["measure"] or "offen",
        COMMITMENTS[row["commitment"]],
    )


def _objections(rows: Sequence[Content]) -> Iterator[Block]:
    if rows:
        yield Heading("Einsprüche und was aus ihnen wurde")
        told = tuple((row["organisation"], _said(row), _outcome(row)) for row in rows)
        yield Table(("Von", "Einspruch", "Ergebnis"), told, (4, 9, 6))


def _said(row: Content) -> str:
    return f"zu: {row['title']}\n{row['text']}" if row["title"] else str(row["text"])


def _outcome(row: Content) -> str:
    told = OUTCOMES[row["outcome"]]
    return f"{told}\n{row['answer']}" if row["answer"] else told
