"""What earlier conferences left open stands on the agenda of the next one by itself, in German."""

from registry.conferences import agenda
from registry.conferences.decisions import queries
from registry.conferences.models import AgendaItem, Conference, ItemKind

LEFT = "Offene Punkte früherer Konferenzen"
MOST = 8  # lines on an agenda; the minutes name them all


def lines(conference: Conference, *, whose: bool = True) -> list[str]:
    """Return what is open since earlier conferences, a line each; `whose` with who it waits for."""
    tasks, postponed = queries.open_before(conference)
    found = [f"{each.code} {each.text}" for each in postponed]
    for task in tasks:
        until = f", bis {task.due:%d.%m.%Y}" if task.due else ""
        by = f" ({task.actor.name}{until})" if task.actor and whose else ""
        found.append(f"{task.code} {task.title}{by}")
    return [" ".join(line.split()) for line in found]


def looks_back(conference: Conference) -> AgendaItem | None:
    """Return the item of the agenda that open points belong to, None where there is none."""
    return next((each for each in conference.agenda if each.kind == ItemKind.LOOK_BACK), None)


def told(conference: Conference) -> list[tuple[str, int | None]]:
    """Return the points of the agenda as they are announced, with their minutes.

    What takes place side by side, and what was left open, are lines below their point's.
    """
    points = agenda.points(conference.agenda)
    left, item = _shortened(lines(conference)), looks_back(conference)
    found = []
    for point in points:
        below, left = (left, []) if item in point.items else ([], left)
        found.append(("\n".join([*point.lines, *below]), point.minutes))
    if left and found:
        found.append(("\n".join([LEFT, *left]), None))
    return found


def titles(conference: Conference) -> list[str]:
    """Return the points of the agenda as they are announced."""
    return [title for title, _minutes in told(conference)]


def _shortened(found: list[str]) -> list[str]:
    shown = [f"– {line}" for line in found[:MOST]]
    more = len(found) - MOST
    return [*shown, f"– und {more} weitere"] if more > 0 else shown
