"""Inviting 5,000 by mail: writing the outbox beside the bare insert of its rows; then each mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from benchmarks.registers import REGION, Sizes, asked
from benchmarks.table import Row, Wanted
from benchmarks.timing import medians
from registry.access.policy import CONSOLE
from registry.conferences.invitations.models import Individual, Invitation
from registry.conferences.mailing import services
from registry.conferences.models import Conference, Day
from registry.core.db import db, now
from registry.core.mail import rendering
from registry.core.mail.models import Mail
from registry.core.tokens import Link

INVITED = 5_000
RENDERED = 200
ROUNDS = 3
TODAY = date.today()


def measure(sizes: Sizes) -> list[Row]:
    with asked(sizes.smallest), _conference() as (conference, version):
        written, bare = medians(ROUNDS, lambda: _send(conference, version), _insert)
        _write(conference, version)
        mails = list(db.session.scalars(select(Mail).limit(RENDERED)))
        made, plain = medians(ROUNDS, lambda: _render(mails), lambda: _plainly(mails))
    what = "Inviting by mail: the outbox is written"
    beside = "bare insert of its rows"
    return [
        Row(what, written, bare, beside, Wanted("cost"), goal=0, offers=INVITED),
        Row("Mails with link and calendar", made, plain, "plain messages", goal=0, offers=RENDERED),
    ]


@contextmanager
def _conference() -> Iterator[tuple[Conference, int]]:
    """Yield a conference with 5,000 individuals to be invited, and its version; nothing stays."""
    start = TODAY + timedelta(weeks=8)
    conference = Conference(
        region=REGION,
        title="Konferenz",
        deadline=TODAY + timedelta(weeks=4),
        days=[Day(day=start, starts=time(9), ends=time(16))],
    )
    db.session.add(conference)
    db.session.flush()
    people = [
        {"region": REGION, "category": "guest", "consent_on": TODAY, "consent_source": "x",
         "family_name": f"Muster{n}", "form": "neutral", "email": f"a{n}@example.org"}
        for n in range(INVITED)
    ]  # fmt: skip
    keys = list(db.session.scalars(insert(Individual).returning(Individual.id), people))
    db.session.execute(
        insert(Invitation),
        [
            {"conference_id": conference.id, "individual_id": key, "email": person["email"],
             "organisation": f"Stelle {key}", "form": "neutral"}
            for key, person in zip(keys, people, strict=True)
        ],
    )  # fmt: skip
    yield conference, conference.version
    db.session.rollback()


def _send(conference: Conference, version: int) -> None:
    with db.session.begin_nested() as inner:
        _write(conference, version)
        inner.rollback()
    db.session.expire_all()


def _write(conference: Conference, version: int) -> None:
    services.send(CONSOLE, conference.uuid, version, INVITED, TODAY)


def _insert() -> None:
    """Insert as many links and mails, with the same facts, and nothing else."""
    facts = {"parts": ["x" * 600, "x" * 300], "subject": "x" * 40, "days": ["x" * 60]}
    records = [uuid4() for _ in range(INVITED)]
    mails: list[dict[str, Any]] = [
        {"kind": "x", "recipient": "a@example.org", "region": REGION, "language": "de",
         "facts": facts, "about": record}
        for record in records
    ]  # fmt: skip
    links = [
        {"purpose": "x", "record": each, "generation": 1, "expires_at": now()} for each in records
    ]
    with db.session.begin_nested() as inner:
        db.session.execute(insert(Link), links)
        db.session.execute(insert(Mail), mails)
        inner.rollback()


def _render(mails: list[Mail]) -> None:
    for mail in mails:
        rendering.render(mail, now()).as_bytes()


def _plainly(mails: list[Mail]) -> None:
    for mail in mails:
        message = EmailMessage(policy=SMTP)
        message["To"] = mail.recipient
        message["Subject"] = mail.facts["subject"]
        message.set_content("".join(mail.facts["parts"]), cte="quoted-printable")
        message.as_bytes()
