"""What minutes say now: from the conference as long as they are not approved, then as approved."""

from typing import Any

from registry.conferences import german
from registry.conferences.agenda import numbers
from registry.conferences.attendance.queries import attended
from registry.conferences.decisions import carried
from registry.conferences.decisions import queries as decisions
from registry.conferences.minutes import content, queries, sealing
from registry.conferences.minutes.models import Minutes, MinutesState, Part
from registry.conferences.minutes.paper import paper
from registry.conferences.models import Conference, DutyKind
from registry.core.documents.papers import Paper
from registry.core.i18n import ZONE


def content_of(minutes: Minutes) -> dict[str, Any]:
    """Return what minutes say, with the names of those who have not been forgotten."""
    if minutes.content is None:
        return drafted(minutes)
    return sealing.opened(minutes.content, queries.names(minutes.conference), minutes.salts or {})


def drafted(minutes: Minutes) -> dict[str, Any]:
    """Return what minutes would say if they were approved now."""
    conference = minutes.conference
    said: dict[str, Any] = {
        "kind": "minutes",
        "conference": _about(conference),
        "taken_by": minutes.taken_by or _holder(conference, DutyKind.MINUTES),
        "chair": _holder(conference, DutyKind.CHAIR),
        "parts": _parts(minutes),
        "objections": _objections(minutes),
    }
    if minutes.supplements_id:
        return {**said, "kind": "supplement", "decisions": [], "tasks": []}
    return {
        **said,
        **content.attendance(attended(conference, inside=False)),
        "agenda": [each.title for each in conference.agenda],
        "numbers": list(numbers(conference.agenda).values()),
        "decisions": [content.decision(each) for each in decisions.load_decisions(conference)],
        "tasks": [content.task(each) for each in decisions.load_tasks(conference)],
    }


def paper_of(minutes: Minutes) -> Paper:
    """Return minutes as they are handed out: marked as long as they can change."""
    return paper(content_of(minutes), _mark(minutes), _closing(minutes))


def _mark(minutes: Minutes) -> str:
    example = "Beispieldaten" if minutes.conference.example else ""
    return " · ".join(part for part in (example, _unsettled(minutes)) if part)


def _unsettled(minutes: Minutes) -> str:
    """Return what marks minutes as long as they can change."""
    if minutes.state == MinutesState.APPROVED:
        return ""
    if minutes.state == MinutesState.CIRCULATED and minutes.object_until:
        return f"Entwurf, Einspruch möglich bis {minutes.object_until:%d.%m.%Y}"
    return "Entwurf"


def _closing(minutes: Minutes) -> list[str]:
    if minutes.approved_at is None:
        return []
    day = german.day(minutes.approved_at.astimezone(ZONE).date())
    return [f"Genehmigt am {day}.", f"Prüfsumme des Inhalts (SHA-256): {minutes.digest}"]


def _about(conference: Conference) -> dict[str, Any]:
    return {
        "title": conference.title,
        "days": german.appointments(conference.days),
        "place": german.place(conference.venue),
    }


def _holder(conference: Conference, kind: DutyKind) -> str:
    """Return who has a duty: the organisation, and the function there."""
    for duty in conference.duties:
        if duty.kind == kind:
            name = duty.actor.name if duty.actor else ""
            return ", ".join(part for part in (name, duty.function) if part)
    return ""


def _parts(minutes: Minutes) -> list[dict[str, Any]]:
    conference = minutes.conference
    numbered = numbers(conference.agenda)
    walls, dots = queries.cards(conference)
    left, item = carried.lines(conference), carried.looks_back(conference)
    made = []
    for part in minutes.parts:
        said = {
            "title": part.title,
            "heading": _heading(part, numbered),
            "text": part.text,
            "cards": content.cards(walls.get(part.group_id or 0, ()), dots),
        }
        if item is not None and part.item_id == item.id:
            said["open"], left = left, []
        made.append(said)
    if left and not minutes.supplements_id:
        rest = {"title": carried.LEFT, "heading": carried.LEFT, "text": "", "cards": {}}
        made.append({**rest, "open": left})
    return made


def _heading(part: Part, numbered: dict[int, str]) -> str:
    if part.item_id in numbered:
        return f"TOP {numbered[part.item_id]}: {part.title}"
    return f"Arbeitsgruppe: {part.title}" if part.group_id else part.title


def _objections(minutes: Minutes) -> list[dict[str, Any]]:
    rows = queries.objections(minutes)
    return [content.objection(each, _from(each)) for each in rows]


def _from(row: Any) -> str:
    return row.participant.invitation.organisation if row.participant else ""
