"""Putting loaded data into decisions and tasks; ids of others are checked like the row itself."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.audit.services import record
from registry.conferences.decisions import queries
from registry.conferences.decisions.models import Commitment, Decision, Task, TaskReport
from registry.conferences.holders import chosen, known
from registry.conferences.invitations.models import Via
from registry.core.db import db, now
from registry.core.errors import Invalid

PROMISED = ("actor", "due", "measure")  # what a promise is about
PROMISE = ("commitment", "committed_via", "committed_by")


def fill_decision(row: Decision, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name == "item":
            row.item = _one_of(row.conference.agenda, value, name)
        elif name == "group":
            row.group = _one_of(row.conference.groups, value, name)
        else:
            setattr(row, name, value)


def fill_task(row: Task, data: Mapping[str, Any], today: date) -> None:
    """Set what `data` names of a task; another organisation, day or measure needs a new promise."""
    was, had = _values(row, PROMISED), _values(row, PROMISE)
    for name, value in data.items():
        setter = _SETTERS.get(name)
        if setter:
            setter(row, value)
        else:
            setattr(row, name, value)
    row.actor_id = row.actor.id if row.actor else None
    now_said = _values(row, PROMISE)
    if had != now_said:
        _promised(row, today)
    elif row.commitment != Commitment.OPEN and was != _values(row, PROMISED):
        _forget_promise(row)


def note_promise(
    row: Task, commitment: Commitment, via: Via, said_by: str | None, today: date
) -> None:
    """Set what the responsible organisation answers."""
    row.commitment, row.committed_on = commitment.value, today
    row.committed_via, row.committed_by = via.value, said_by


def noted(who: Who, task: Task, data: Mapping[str, Any]) -> TaskReport:
    """Keep a report on a task, whoever gave it; the log says that there was one."""
    made = TaskReport(task=task, at=now(), **data)
    db.session.add(made)
    db.session.flush()
    record(who, "task.reported", task, {"light": [None, made.light]})
    return made


def _values(row: Task, names: Iterable[str]) -> list[Any]:
    return [getattr(row, name) for name in names]


def _promised(row: Task, today: date) -> None:
    if row.commitment == Commitment.OPEN:
        _forget_promise(row)
        return
    if row.actor is None:
        raise Invalid({"actor": [_("Please say which organisation has answered.")]})
    row.committed_on = today


def _forget_promise(row: Task) -> None:
    row.commitment = Commitment.OPEN.value
    row.committed_on = row.committed_via = row.committed_by = None


def _set_actor(row: Task, value: Any) -> None:
    row.actor = next(iter(_actors(row, [value], "actor")), None)


def _set_partners(row: Task, values: list[UUID]) -> None:
    row.partners = sorted(_actors(row, values, "partners"), key=lambda each: each.name)


def _actors(row: Task, values: Iterable[Any], name: str) -> list[Actor]:
    """Return the actors that a form chose; those the task has already stay, whatever they are."""
    wanted = {uuid for value in values if (uuid := chosen(value)).int}
    held = {each.uuid: each for each in (row.actor, *row.partners) if each}
    found = {**known(row.conference.region, wanted), **held}
    if not wanted <= found.keys():
        raise Invalid({name: [_("This organisation does not exist.")]})
    return [found[uuid] for uuid in wanted]


def _set_municipalities(row: Task, values: list[str]) -> None:
    found = queries.load_regions(set(values))
    if len(found) != len(set(values)):
        raise Invalid({"municipalities": [_("This entry does not exist.")]})
    row.municipalities = sorted(found, key=lambda each: each.ags)


def _set_decision(row: Task, value: Any) -> None:
    row.decision = _one_of(queries.load_decisions(row.conference), value, "decision")


def _set_group(row: Task, value: Any) -> None:
    row.group = _one_of(row.conference.groups, value, "group")


def _set_card(row: Task, value: Any) -> None:
    uuid = chosen(value)
    row.card = queries.load_card(row.conference, uuid) if uuid.int else None
    if uuid.int and row.card is None:
        raise Invalid({"card": [_("This entry does not exist.")]})
    if row.card and row.card.group and row.group is None:
        row.group = row.card.group


def _one_of(rows: Iterable[Any], value: Any, name: str) -> Any:
    """Return the row of this conference that a form chose, None where it chose none."""
    uuid = chosen(value)
    if not uuid.int:
        return None
    found = next((each for each in rows if each.uuid == uuid), None)
    if found is None:
        raise Invalid({name: [_("This entry does not exist.")]})
    return found


_SETTERS: dict[str, Callable[[Task, Any], None]] = {
    "actor": _set_actor,
    "partner_ids": _set_partners,
    "municipality_ids": _set_municipalities,
    "decision": _set_decision,
    "group": _set_group,
    "card": _set_card,
}
