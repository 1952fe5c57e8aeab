"""Writing to organisations about their tasks: one mail and one link for all that is asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.models import Actor
from registry.audit.services import record
from registry.conferences import german
from registry.conferences.decisions.asking import queries
from registry.conferences.decisions.asking.queries import COMMITMENT
from registry.conferences.decisions.models import Task, TaskRequest
from registry.conferences.decisions.standing import quarter
from registry.conferences.queries import load_conference
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.mail import outbox
from registry.core.mail.models import Mail
from registry.core.mail.outbox import Letter

PURPOSE = "tasks"  # of the links, which open all tasks of one organisation
LASTING = timedelta(days=120)
PROMISE, PROGRESS, REMINDER = "task_promise", "task_progress", "task_reminder"
KINDS = (PROMISE, PROGRESS, REMINDER)


def ask(who: Who, uuid: UUID, today: date) -> tuple[int, int]:
    """Ask for the promise of every task of a conference that lacks nothing else.

    Return how many organisations get a mail, and how many must be called.
    """
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    tasks = queries.load_unpromised(found)
    if not tasks:
        message = _("There is no task whose promise could be asked for.")
        raise Invalid({"": [message]})
    mails, calls = _write(PROMISE, COMMITMENT, tasks, today)
    record(who, "conference.asked", found, {"count": [None, mails]})
    return mails, calls


def ask_all(who: Who, today: date) -> int:
    """Ask once a quarter how far every promised task is, remind once; return how many mails."""
    require(who, Permission.CONFERENCE_MINUTES, None)
    about = quarter(today)
    asked, _calls = _write(PROGRESS, about, queries.load_running(who, about, today), today)
    return asked + _remind(who, today)


def _remind(who: Who, today: date) -> int:
    late = queries.load_unanswered(who, today)
    for request, _task in late:
        request.reminded_on = today
    mails, _calls = _post(REMINDER, late, today)
    return mails


def _write(kind: str, about: str, tasks: Sequence[Task], today: date) -> tuple[int, int]:
    """Note what is asked, and write to each organisation."""
    known = queries.load_requests([each.id for each in tasks], about)
    pairs = []
    for task in tasks:
        request = known.get(task.id) or TaskRequest(task=task, about=about)
        request.asked_on, request.reminded_on = today, None
        db.session.add(request)
        pairs.append((request, task))
    return _post(kind, pairs, today)


def _post(kind: str, pairs: Iterable[tuple[TaskRequest, Task]], today: date) -> tuple[int, int]:
    """Put one mail for each organisation into the outbox; whoever has no address is called."""
    of: dict[Actor, list[tuple[TaskRequest, Task]]] = defaultdict(list)
    for request, task in pairs:
        if task.actor:
            of[task.actor].append((request, task))
    choices = queries.choices([each.id for each in of], today)
    mails = 0
    for actor, asked in of.items():
        contact = choices[actor.id].contact
        if contact is None or not contact.email:
            continue
        mail = _mail(kind, actor, contact.email, [task for _request, task in asked])
        mails += 1
        for request, _task in asked:
            request.mail_id = mail.id
    db.session.flush()
    return mails, len(of) - mails


def _mail(kind: str, actor: Actor, address: str, tasks: Sequence[Task]) -> Mail:
    facts = {
        "organisation": actor.name,
        "tasks": [
            {
                "code": each.code,
                "title": " ".join(each.title.split()),
                "due": german.day(each.due) if each.due else "",
                "measure": " ".join((each.measure or "").split()),
                "conference": " ".join(each.conference.title.split()),
            }
            for each in tasks
        ],
    }
    letter = Letter(kind, address, actor.region, facts, about=actor.uuid)
    return outbox.post(letter, tokens.issue(PURPOSE, actor.uuid, LASTING))
