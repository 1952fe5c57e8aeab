"""Mail that came back: delivery reports (RFC 3464) and which of our mails they are about.

A report counts only if it carries the id of the very mail, which nobody else can know; whose
address is at fault is read from our own mail, never from the report.
"""

import hashlib
import mailbox
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email import message_from_binary_file, message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.core.db import own_transaction
from registry.core.mail import suppression
from registry.core.mail.models import BounceReport, Mail, State
from registry.core.mail.rendering import one_line

Verdict = Literal["hard", "soft", "not a bounce", "unknown message", "seen before"]
SOFT_BOUNCES = 3  # that an address may have before it gets no more mail
_RETURNED_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_VERP = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """What a delivery report says: for good or for now, and the mails it might be about."""

    hard: bool
    reason: str
    mails: tuple[UUID, ...]
    digest: str


def messages(path: Path) -> Iterator[Message]:
    """Yield the messages of an mbox, a Maildir, a folder of .eml files or a single one."""
    if path.is_dir() and (path / "cur").is_dir():
        yield from mailbox.Maildir(path, create=False)
    elif path.is_dir():
        for each in sorted(path.glob("*.eml")):
            yield from messages(each)
    elif _is_mbox(path):
        with closing(mailbox.mbox(path, create=False)) as box:
            yield from box
    else:
        with path.open("rb") as file:
            yield message_from_binary_file(file, policy=policy.compat32)


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def understand(message: Message) -> Report | None:
    """Return what a delivery report says; None where it reports no failure."""
    found = [_failure(block) for block in _recipients(message)]
    failures = [each for each in found if each]
    if not failures:
        return None
    hard, reason = max(failures)
    return Report(hard, reason, tuple(dict.fromkeys(_ids(message))), _digest(message))


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the blocks of fields: one about the whole message, then one for each recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (each for each in blocks if isinstance(each, Message))


def _failure(block: Message) -> tuple[bool, str] | None:
    """Return whether one recipient's failure is for good, and why; None where none is told."""
    action = str(block.get("Action", "")).strip().lower()
    status = str(block.get("Status", "")).strip()
    if action != "failed" or status[:2] not in ("4.", "5."):
        return None
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2]
    return status.startswith("5."), one_line(f"{status[:9]} {said}")[:300]


def _ids(message: Message) -> Iterator[UUID]:
    for name in _RETURNED_TO:
        for value in message.get_all(name, ()):
            yield from (UUID(hex=found) for found in _VERP.findall(str(value)))
    for name in ("In-Reply-To", "References"):
        yield from _named(message.get(name))
    for part in list(message.walk())[1:]:
        yield from _named(part.get("Message-ID"))
        if part.get_content_type() == "text/rfc822-headers":
            headers = bytes(part.get_payload(decode=True) or b"")
            yield from _named(message_from_bytes(headers).get("Message-ID"))


def _named(value: object) -> Iterator[UUID]:
    yield from (UUID(found) for found in _MESSAGE_ID.findall(str(value or "")))


def _digest(message: Message) -> str:
    """Return what tells this report from others, wherever it is stored."""
    told = str(message.get("Message-ID") or message.as_bytes())
    return hashlib.sha256(told.encode()).hexdigest()


def take(message: Message, at: datetime) -> Verdict:
    """Note what a report says about one of our mails; reading it again changes nothing."""
    report = understand(message)
    if report is None:
        return "not a bounce"
    with own_transaction() as session:
        mail = _mail(session, report.mails)
        if mail is None:
            return "unknown message"
        if session.get(BounceReport, report.digest):
            return "seen before"
        session.add(BounceReport(digest=report.digest, at=at))
        _count(session, mail, report, at)
    return "hard" if report.hard else "soft"


def _mail(session: Session, candidates: tuple[UUID, ...]) -> Mail | None:
    found = session.scalars(select(Mail).where(Mail.uuid.in_(candidates))).all()
    return found[0] if len(found) == 1 else None


def _count(session: Session, mail: Mail, report: Report, at: datetime) -> None:
    mail.error = report.reason
    mail.soft_bounces += not report.hard
    session.flush()
    if report.hard or _soft_bounces(session, mail.recipient) >= SOFT_BOUNCES:
        mail.state = State.BOUNCED
        suppression.add(session, mail.recipient, suppression.BOUNCED, at)


def _soft_bounces(session: Session, address: str) -> int:
    total = func.sum(Mail.soft_bounces)
    return session.scalar(select(total).where(Mail.recipient == address)) or 0
