"""Putting mail into the outbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from registry.core.db import db
from registry.core.mail.models import Mail
from registry.core.tokens import Link


@dataclass(frozen=True)
class Letter:
    """What is to be sent: `kind` is a template in templates/emails, `facts` its plain values.

    `region` (AGS) is whose sender it gets; `about` is the public id of what it is about.
    """

    kind: str
    to: str
    region: str
    facts: Mapping[str, Any]
    about: UUID | None = None
    language: str = "de"


def post(letter: Letter, link: Link | None = None) -> Mail:
    """Add a mail to the outbox of this transaction; it leaves after the commit.

    The address that `link` opens is made when the mail is sent.
    """
    (mail,) = post_all([(letter, link)])
    return mail


def post_all(letters: Iterable[tuple[Letter, Link | None]]) -> list[Mail]:
    """Add many mails at once, each to one address."""
    mails = [
        Mail(
            kind=letter.kind,
            recipient=letter.to.strip(),
            region=letter.region,
            facts=dict(letter.facts),
            about=letter.about,
            language=letter.language,
            link_id=link.id if link else None,
        )
        for letter, link in letters
    ]
    db.session.add_all(mails)
    db.session.flush()
    return mails
