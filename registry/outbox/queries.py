"""Reading the outbox: never what a link opens, which stands nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail import counting, suppression
from registry.core.mail.models import Mail, State, Suppression


@dataclass(frozen=True)
class MailRow:
    """A mail as a list shows it; `suppressed`: its address gets no more mail."""

    uuid: UUID
    kind: str
    recipient: str
    state: str
    made_at: datetime
    due_at: datetime
    sent_at: datetime | None
    tries: int
    error: str | None
    suppressed: bool


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for mail of the regions whose mail `who` looks after."""
    regions = regions_of(who, Permission.MAIL_MANAGE)
    return or_(false(), *(Mail.region.startswith(each, autoescape=True) for each in regions))


def count(who: Who) -> dict[str, int]:
    """Return the number of mails in each state."""
    return counting.by_state([looked_after(who)])


def mails(
    who: Who, *, state: str = "", page: int = 1, per_page: int = 50
) -> tuple[list[MailRow], int]:
    """Return one page of the mails, newest first, and their number."""
    conditions = [looked_after(who), *([Mail.state == state] if state else [])]
    total = db.session.scalar(select(func.count(Mail.id)).where(*conditions)) or 0
    found = db.session.scalars(
        select(Mail)
        .where(*conditions)
        .order_by(Mail.made_at.desc(), Mail.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    return _rows(found), total


def _rows(found: Sequence[Mail]) -> list[MailRow]:
    digests = {mail.id: suppression.digest(mail.recipient) for mail in found}
    query = select(Suppression.digest).where(Suppression.digest.in_(digests.values()))
    suppressed = set(db.session.scalars(query)) if digests else set()
    names = [name for name in MailRow.__dataclass_fields__ if name != "suppressed"]
    return [
        MailRow(
            **{name: getattr(mail, name) for name in names},
            suppressed=digests[mail.id] in suppressed,
        )
        for mail in found
    ]


def load_mail(who: Who, uuid: UUID) -> Mail:
    """Return a mail to be changed; raises NotFound for one that `who` does not look after."""
    found = db.session.scalar(
        select(Mail)
        .where(Mail.uuid == uuid, looked_after(who))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def row(who: Who, uuid: UUID) -> MailRow:
    """Return one mail; raises NotFound for one that `who` does not look after."""
    found = db.session.scalars(select(Mail).where(Mail.uuid == uuid, looked_after(who))).all()
    if not found:
        raise NotFound
    return _rows(found)[0]


def load_held(who: Who, address: str) -> Sequence[Mail]:
    """Return the mails that wait because their address was suppressed."""
    same = func.lower(Mail.recipient) == address.lower()
    query = select(Mail).where(looked_after(who), Mail.state == State.HELD, same)
    return db.session.scalars(query).all()
