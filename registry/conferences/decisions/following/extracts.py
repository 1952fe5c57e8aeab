"""The open tasks of an organisation or municipality as a paper, in German like all its letters."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from registry.conferences import german
from registry.conferences.decisions.models import Task
from registry.conferences.decisions.queries import TaskRow
from registry.conferences.decisions.standing import State
from registry.core.documents import making, papers
from registry.core.documents.papers import Block, Heading, Paper, Table, Text

STATES = {
    State.DECLINED: "kann nicht zugesagt werden",
    State.NOT_AGREED: "noch nicht vereinbart",
    State.SILENT: "zugesagt, keine Rückmeldung",
    State.ON_TRACK: "im Plan",
    State.AT_RISK: "gefährdet",
    State.STUCK: "kommt nicht voran",
    State.SAID_DONE: "als erledigt gemeldet",
}
HEAD = ("Nr.", "Aufgabe", "Verantwortlich", "Bis wann", "Stand")
LONGEST = 160  # characters of a card or decision
WIDTHS = (4, 11, 7, 4, 6)


def pdf(whose: str, rows: Sequence[TaskRow], actor: UUID | None, at: datetime) -> bytes:
    """Return the tasks; where `actor` is named, those it only takes part in stand apart."""
    return making.pdf("paper", papers.data(paper(whose, rows, actor, at)), at)


def paper(whose: str, rows: Sequence[TaskRow], actor: UUID | None, at: datetime) -> Paper:
    day = german.day(at.date())
    lines = (whose, f"Stand: {day}")
    return Paper("Ihre Aufgaben", tuple(_blocks(rows, actor)), lines, foot=f"{whose} · {day}")


def _blocks(rows: Sequence[TaskRow], actor: UUID | None) -> list[Block]:
    if not rows:
        return [Text("Es sind keine Aufgaben offen.")]
    if actor is None:
        return [_table(rows)]
    own = [row for row in rows if row.task.actor and row.task.actor.uuid == actor]
    others = [row for row in rows if row not in own]
    parts = (("Verantwortlich", own), ("Mitwirkend", others))
    return [block for title, some in parts if some for block in (Heading(title), _table(some))]


def _table(rows: Sequence[TaskRow]) -> Table:
    return Table(HEAD, tuple(_row(row) for row in rows), WIDTHS)


def _row(row: TaskRow) -> tuple[str, ...]:
    task = row.task
    late = "überfällig\n" if row.late else ""
    return (
        task.code,
        "\n".join(_about(task)),
        "\n".join([task.actor.name if task.actor else "offen", *_partners(task)]),
        f"{task.due:%d.%m.%Y}" if task.due else "offen",
        late + STATES[row.state],
    )


def _about(task: Task) -> list[str]:
    lines = [task.title]
    if task.measure:
        lines.append(f"Erfolg: {task.measure}")
    if task.target:
        lines.append(f"Ziel: {task.target}")
    return [*lines, *_way_back(task)]


def _way_back(task: Task) -> list[str]:
    """Return what a task comes from: card, working group, decision, conference."""
    lines = [f"Karte: {_short(task.card.text)}"] if task.card else []
    if task.group:
        lines.append(f"Arbeitsgruppe: {task.group.title}")
    if task.decision:
        lines.append(f"Beschluss {task.decision.code}: {_short(task.decision.text)}")
    return [*lines, f"Konferenz: {task.conference.title}"]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _partners(task: Task) -> list[str]:
    return [f"mit {each.name}" for each in task.partners]
