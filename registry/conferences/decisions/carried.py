"""What earlier conferences left open stands on the agenda of the next one by itself, in German."""

from registry.conferences.decisions import queries
from registry.conferences.models import AgendaItem, Conference, ItemKind

LEFT = "Offene Punkte früherer Konferenzen"
MOST = 8  # lines on an agenda; the minutes name them all


def lines(conference: Conference) -> list[str]:
    """Return what is open since earlier conferences, a line each."""
    tasks, postponed = queries.open_before(conference)
    found = [f"{each.code} {each.text}" for each in postponed]
    for task in tasks:
        until = f", bis {task.due:%d.%m.%Y}" if task.due else ""
        whose = f" ({task.actor.name}{until})" if task.actor else ""
        found.append(f"{task.code} {task.title}{whose}")
    return [" ".join(line.split()) for line in found]


def looks_back(conference: Conference) -> AgendaItem | None:
    """Return the item of the agenda that open points belong to, None where there is none."""
    return next((each for each in conference.agenda if each.kind == ItemKind.LOOK_BACK), None)


def titles(conference: Conference) -> list[str]:
    """Return the items of the agenda as they are announced, open points as lines below theirs."""
    found = [each.title for each in conference.agenda]
    left = _shortened(lines(conference))
    if not left or not found:
        return found
    item = looks_back(conference)
    if item is None:
        return [*found, "\n".join([LEFT, *left])]
    place = conference.agenda.index(item)
    found[place] = "\n".join([found[place], *left])
    return found


def _shortened(found: list[str]) -> list[str]:
    shown = [f"– {line}" for line in found[:MOST]]
    more = len(found) - MOST
    return [*shown, f"– und {more} weitere"] if more > 0 else shown
