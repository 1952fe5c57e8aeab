"""Taking what an organisation answers about its tasks; the link is the permission."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import recorded
from registry.conferences.decisions import changes
from registry.conferences.decisions.answers import queries
from registry.conferences.decisions.asking import queries as asking
from registry.conferences.decisions.asking.services import PURPOSE
from registry.conferences.decisions.models import Commitment, Task, TaskReport
from registry.conferences.invitations.models import Via
from registry.core.errors import Conflict
from registry.upkeep.campaigns.answers.opening import open_link


def opened(key: str, address: str, *, answering: bool = False) -> Actor:
    """Return the organisation whose tasks a link's secret opens."""
    return open_link(PURPOSE, asking.load_actor, key, address, answering=answering)


def holder(actor: Actor, uuid: UUID | None) -> Who:
    """Return whoever holds the link, for one task of its organisation; NotFound for any other."""
    return Who("link", "task link", opens=queries.hold_task(actor, uuid).uuid)


def promise(who: Who, actor: Actor, version: int, data: Mapping[str, Any], today: date) -> Task:
    """Take the promise of a task, or that it cannot be given; the same again changes nothing.

    Raises Conflict where the task is not what was shown any more.
    """
    found = queries.hold_task(actor, who.opens)
    require(who, Permission.CONFERENCE_ANSWER, found)
    if found.commitment == data["commitment"]:
        return found
    _check_version(found, version)
    commitment = Commitment(data["commitment"])
    with recorded(who, "task.promised", found):
        changes.note_promise(found, commitment, Via.LINK, data.get("said_by"), today)
        touch(found)
    return found


def report(who: Who, actor: Actor, version: int, data: Mapping[str, Any]) -> TaskReport:
    """Take a report on a task that was promised."""
    found = queries.hold_task(actor, who.opens)
    require(who, Permission.CONFERENCE_ANSWER, found)
    _check_version(found, version)
    if found.commitment != Commitment.YES:
        raise Conflict(found)
    return changes.noted(who, found, {**data, "via": Via.LINK.value})


def _check_version(found: Task, version: int) -> None:
    if found.version != version:
        raise Conflict(found)
