"""Sending what waits in the outbox: each mail once, however many workers there are.

A worker claims a batch in a short transaction of its own and notes each mail's fate in another.
A mail can leave twice only where nobody knows whether the server took it: the worker was killed
before it noted so (claims older than `FORGOTTEN` are taken up again), or the connection broke.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload

from registry.core.db import own_transaction
from registry.core.mail import delivery, rendering, suppression
from registry.core.mail.delivery import Deliver, Undelivered, Unreachable
from registry.core.mail.models import Mail, State

log = logging.getLogger("registry.mail")
BATCH = 20
FORGOTTEN = timedelta(minutes=15)
PATIENCE = timedelta(minutes=5)  # longer than this a batch is not worked on
PAUSE = timedelta(minutes=5)  # after the mail server could not be reached
BACK_OFF = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360))
LINK_ENDED = "link ended"  # the error of a mail that was cancelled for it
LISTENERS, GUARDS = "mail_listeners", "mail_guards"  # in app.extensions


@dataclass(frozen=True)
class Claim:
    """A mail that this worker alone works on; the time of the claim tells it from a later one."""

    key: int
    at: datetime
    tries: int  # this one included


@dataclass(frozen=True)
class Fate:
    """What became of a mail: the columns to set, and why its address gets no more, if so."""

    values: dict[str, Any] = field(default_factory=dict)
    suppress: str = ""


def when_sent(app: Flask, listener: Callable[[Session, Mail, datetime], None]) -> None:
    """Call this in the transaction that notes a mail as sent."""
    app.extensions.setdefault(LISTENERS, []).append(listener)


def held_back_by(app: Flask, kind: str, guard: Callable[[Mail], State | None]) -> None:
    """Ask this before a mail of a kind is handed over; a state keeps it from leaving."""
    app.extensions.setdefault(GUARDS, {})[kind] = guard


def send_due(at: Callable[[], datetime]) -> Counter[str]:
    """Send one batch; return how many mails came into which state, nothing if none was due.

    Raises Unreachable where the server cannot be reached: the mails then wait as before.
    """
    claims = claim(at())
    tally: Counter[str] = Counter()
    if not claims:
        return tally
    try:
        with delivery.connection() as deliver:
            _work(claims, deliver, at, tally)
    except Unreachable as error:
        _give_back(claims, at() + PAUSE, str(error))
        raise
    return tally


def claim(at: datetime, limit: int = BATCH) -> list[Claim]:
    """Take mails that are due; no other worker gets the same ones."""
    # A table expression of its own: PostgreSQL must lock the rows before it counts the limit.
    due = _due(at, limit).cte("due")
    taking = (
        update(Mail)
        .where(Mail.id.in_(select(due.c.id)))
        .values(state=State.SENDING, claimed_at=at, tries=Mail.tries + 1)
        .returning(Mail.id, Mail.tries)
        .execution_options(synchronize_session=False)
    )
    with own_transaction() as session:
        return [Claim(key, at, tries) for key, tries in sorted(map(tuple, session.execute(taking)))]


def _due(at: datetime, limit: int) -> Select[int]:
    waiting = and_(Mail.state == State.WAITING, Mail.due_at <= at)
    forgotten = and_(Mail.state == State.SENDING, Mail.claimed_at <= at - FORGOTTEN)
    return (
        select(Mail.id)
        .where(or_(waiting, forgotten))
        .order_by(Mail.due_at, Mail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _work(
    claims: list[Claim], deliver: Deliver, at: Callable[[], datetime], tally: Counter[str]
) -> None:
    """Send the claimed mails one after the other; each leaves `claims` when its fate is noted."""
    while claims:
        first = claims[0]
        if at() - first.at > PATIENCE:
            _give_back(claims, at())
            return
        lost = None
        try:
            fate = _send(first, deliver, at())
        except Unreachable as error:  # perhaps because of this very mail: its try counts
            fate, lost = _failed(first, str(error), at()), error
        tally[_note(first, fate, at())] += 1
        claims.pop(0)
        if lost:
            raise lost


def _send(mine: Claim, deliver: Deliver, at: datetime) -> Fate:
    mail, suppressed = _loaded(mine)
    if suppressed:
        return Fate({"state": State.HELD})
    if mail.link and (mail.link.ended_at is not None or mail.link.expires_at <= at):
        return Fate({"state": State.CANCELLED, "error": LINK_ENDED})
    if stopped := _guarded(mail):
        return Fate({"state": stopped})
    try:
        message = rendering.render(mail, at)
    except SQLAlchemyError:
        raise
    except Exception as error:  # whatever a template or an address does: the others go on
        return _dead(f"cannot be written: {type(error).__name__}: {error}")
    try:
        deliver(rendering.envelope_sender(mail), message)
    except Undelivered as error:
        return _undelivered(mine, error, at)
    return Fate({"state": State.SENT, "sent_at": at, "error": None})


def _loaded(mine: Claim) -> tuple[Mail, bool]:
    """Return the mail, apart from any session, and whether its address gets no more mail."""
    with own_transaction() as session:
        mail = session.get_one(Mail, mine.key, options=[joinedload(Mail.link)])
        suppressed = suppression.of(session, mail.recipient) is not None
        session.expunge_all()
    return mail, suppressed


def _guarded(mail: Mail) -> State | None:
    guard = current_app.extensions.get(GUARDS, {}).get(mail.kind)
    return guard(mail) if guard else None


def _undelivered(mine: Claim, error: Undelivered, at: datetime) -> Fate:
    if error.nobody:
        return Fate({"state": State.BOUNCED, "error": str(error)[:300]}, suppression.BOUNCED)
    return _dead(str(error)) if error.permanent else _failed(mine, str(error), at)


def _dead(reason: str) -> Fate:
    return Fate({"state": State.DEAD, "error": rendering.one_line(reason)[:300]})


def _failed(mine: Claim, reason: str, at: datetime) -> Fate:
    """Return when to try again, or that it is given up."""
    if mine.tries > len(BACK_OFF):
        return _dead(reason)
    due = at + BACK_OFF[mine.tries - 1]
    return Fate({"state": State.WAITING, "due_at": due, "error": reason[:300]})


def _note(mine: Claim, fate: Fate, at: datetime) -> str:
    """Write down what became of a mail, unless another worker has taken it up meanwhile."""
    # Written first, read afterwards: in SQLite a reader could find the writer's place taken.
    noting = update(Mail).where(*_still([mine])).values(**fate.values).returning(Mail.id)
    with own_transaction() as session:
        if session.scalar(noting.execution_options(synchronize_session=False)):
            mail = session.get_one(Mail, mine.key)
            if fate.suppress:
                suppression.add(session, mail.recipient, fate.suppress, at)
            if mail.state == State.SENT:
                _tell(session, mail, at)
    return str(fate.values["state"])


def _still(claims: list[Claim]) -> tuple[ColumnElement[bool], ...]:
    keys = [each.key for each in claims]
    return Mail.id.in_(keys), Mail.state == State.SENDING, Mail.claimed_at == claims[0].at


def _tell(session: Session, mail: Mail, at: datetime) -> None:
    for listener in current_app.extensions.get(LISTENERS, ()):
        listener(session, mail, at)


def _give_back(claims: list[Claim], due: datetime, reason: str | None = None) -> None:
    """Let mails wait that were not tried; this counts as no try."""
    if not claims:
        return
    values = {"state": State.WAITING, "due_at": due, "tries": Mail.tries - 1, "error": reason}
    returning = update(Mail).where(*_still(claims)).values(**values)
    with own_transaction() as session:
        session.execute(returning.execution_options(synchronize_session=False))
