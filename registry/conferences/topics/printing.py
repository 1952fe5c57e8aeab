"""The list of topics for the preparation, as a document; German, as all that is printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from registry.conferences import german
from registry.conferences.models import Conference
from registry.conferences.topics.models import Source, TopicState
from registry.conferences.topics.queries import Rated
from registry.core.documents import making

SOURCES = {
    Source.FINDING: "Befund im Netzwerk",
    Source.REPORT: "Bericht",
    Source.WISH: "Wunsch aus dem Teilnehmerkreis",
    Source.TASK: "Unerledigte Aufgabe",
    Source.OTHER: "",
}
STATES = {
    TopicState.OPEN: "",
    TopicState.ACCEPTED: "aufgenommen",
    TopicState.POSTPONED: "auf die nächste Konferenz vertagt",
    TopicState.REJECTED: "nicht aufgenommen",
}


def pdf(conference: Conference, rows: Sequence[Rated], at: datetime) -> bytes:
    """Return the topics with their ratings and decisions as a tagged PDF."""
    return making.pdf("topics", content(conference, rows), at)


def content(conference: Conference, rows: Sequence[Rated]) -> dict[str, Any]:
    return {
        "title": "Themenliste zur Vorbereitung",
        "region": conference.title,
        "lang": "de",
        "rtl": False,
        "name": conference.title,
        "dates": german.dates(conference.days),
        "example": conference.example,
        "topics": [_topic(each) for each in rows],
    }


def _topic(row: Rated) -> dict[str, str]:
    topic = row.topic
    comes_from = (SOURCES[Source(topic.source)], topic.said_in or "")
    decided = [STATES[TopicState(topic.state)]]
    if topic.decided_on:
        decided.append(f"{topic.decided_on:%d.%m.%Y}")
    return {
        "title": topic.title,
        "reason": topic.reason or "",
        "source": ": ".join(part for part in comes_from if part),
        "points": f"{row.points} ({row.number})" if row.number else "–",
        "decision": ", ".join(part for part in decided if part),
        "because": topic.because or "",
    }
