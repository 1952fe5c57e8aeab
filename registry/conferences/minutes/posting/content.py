"""What a letter says that minutes lie behind: German, as DIN 5008 lays it out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.conferences import german
from registry.conferences.letters import content as letters
from registry.conferences.letters.content import Occasion, Recipient, Sender
from registry.core.documents import papers
from registry.core.documents.papers import Paper

MINUTES, SUPPLEMENT = "Protokoll", "Nachtrag zum Protokoll"
WHOLE = {MINUTES: "das Protokoll", SUPPLEMENT: "den Nachtrag zum Protokoll"}
OF_DRAFT = {MINUTES: "des Protokolls", SUPPLEMENT: "des Nachtrags zum Protokoll"}


@dataclass(frozen=True)
class Standing:
    """How minutes stand: `until` is when objections to a draft end, `approved` when they did."""

    until: date | None = None
    approved: date | None = None


def document(
    occasion: Occasion,
    sender: Sender,
    to: Sequence[Recipient],
    paper: Paper,
    standing: Standing,
    today: date,
) -> dict[str, Any]:
    """Return what `documents/minutes_letters.typ` sets: a letter each, the minutes behind it."""
    return {
        **letters.frame(occasion, sender, today, subject(occasion, paper, standing)),
        "enclosures": [_enclosed(paper, standing)],
        "paragraphs": body(occasion, paper, standing),
        "letters": [{"address": each.fitted.lines, "salutation": each.salutation} for each in to],
        "paper": {
            "title": paper.title,
            "mark": paper.mark,
            "lines": list(paper.lines),
            "blocks": papers.told(paper.blocks),
            "foot": paper.foot,
        },
    }


def subject(occasion: Occasion, paper: Paper, standing: Standing) -> str:
    first_day = f" am {letters.short_date(occasion.days[0].day)}" if occasion.days else ""
    return f"{_enclosed(paper, standing)}: Konferenz „{occasion.title}“{first_day}"


def body(occasion: Occasion, paper: Paper, standing: Standing) -> list[str]:
    """Return the paragraphs: those of a draft may object, the others only read."""
    day = f" am {german.dates(occasion.days)}" if occasion.days else ""
    of = f"der Konferenz „{occasion.title}“{day}"
    if standing.approved:
        return [
            f"mit diesem Brief erhalten Sie {WHOLE[paper.title]} {of}.",
            f"Genehmigt am {german.day(standing.approved)}.",
        ]
    objecting = (
        "Sie waren dabei. Wenn etwas anders war, schreiben Sie uns bitte bis "
        f"{german.day(standing.until)}. Danach wird das Protokoll genehmigt."
        if standing.until
        else ""
    )
    first = f"mit diesem Brief erhalten Sie den Entwurf {OF_DRAFT[paper.title]} {of}."
    return [line for line in (first, objecting) if line]


def _enclosed(paper: Paper, standing: Standing) -> str:
    return paper.title if standing.approved else f"Entwurf: {paper.title}"
