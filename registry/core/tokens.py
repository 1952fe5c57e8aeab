"""Links that open one thing without an account.

The secret is worked out from the server's key, the purpose, the record and a generation, at the
moment a mail is sent or a page shown; the database holds only that such a link was given out,
until when it holds, and whether it has been ended. Several generations may live at once.
"""

import base64
import binascii
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import String, UniqueConstraint, Uuid, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model, db, now

PARAMETER = "key"  # in the query string, which is never logged
PAGES = "link_pages"  # in app.extensions: the endpoint that opens a purpose
MAC = 24  # bytes of the code, 192 bit
GENERATION = 4  # bytes
AT_ONCE = 500  # records in one statement


class Link(Model):
    """A link that was given out. `record` is the public id of whatever it opens."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("purpose", "record", "generation"),)
    versioned = False

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    record: Mapped[UUID] = mapped_column(Uuid)
    generation: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]

    @property
    def alive(self) -> bool:
        return self.ended_at is None and self.expires_at > now()


def issue(purpose: str, record: UUID, lasting: timedelta) -> Link:
    """Note a further link to a record; those given out before go on living."""
    return issue_all(purpose, [record], lasting)[record]


def issue_all(purpose: str, records: Sequence[UUID], lasting: timedelta) -> dict[UUID, Link]:
    """Note a further link to each of many records, each by its record."""
    newest = _newest(purpose, records)
    ends = now() + lasting
    links = {
        each: Link(
            purpose=purpose, record=each, generation=newest.get(each, 0) + 1, expires_at=ends
        )
        for each in records
    }
    db.session.add_all(links.values())
    db.session.flush()
    return links


def _newest(purpose: str, records: Sequence[UUID]) -> dict[UUID, int]:
    """Return the newest generation of each record that has one."""
    found: dict[UUID, int] = {}
    query = select(Link.record, func.max(Link.generation)).group_by(Link.record)
    for start in range(0, len(records), AT_ONCE):
        some = Link.record.in_(records[start : start + AT_ONCE])
        found |= dict(iter(db.session.execute(query.where(Link.purpose == purpose, some))))
    return found


def living(purpose: str, records: Sequence[UUID]) -> dict[UUID, Link]:
    """Return the newest link to each of these records that still lives, by its record."""
    query = select(Link).where(
        Link.purpose == purpose,
        Link.record.in_(records),
        Link.ended_at.is_(None),
        Link.expires_at > now(),
    )
    return {each.record: each for each in db.session.scalars(query.order_by(Link.generation))}


def prolong(purpose: str, records: Sequence[UUID], lasting: timedelta) -> None:
    """Let the links to many records open for that long from now, where they would end before."""
    ends = now() + lasting
    for start in range(0, len(records), AT_ONCE):
        some = Link.record.in_(records[start : start + AT_ONCE])
        mine = (Link.purpose == purpose, Link.ended_at.is_(None), Link.expires_at < ends)
        db.session.execute(update(Link).where(*mine, some).values(expires_at=ends))


def end(purpose: str, record: UUID) -> None:
    """End every link to a record that still lives."""
    mine = (Link.purpose == purpose, Link.record == record, Link.ended_at.is_(None))
    db.session.execute(update(Link).where(*mine).values(ended_at=now()))


def secret(link: Link) -> str:
    """Return what the address carries; it is nowhere kept."""
    body = link.record.bytes + link.generation.to_bytes(GENERATION, "big")
    return _spelt(body + _mac(link.purpose, body))


def _spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def opens(app: Flask, purpose: str, endpoint: str) -> None:
    """Declare which page (with `lang` in its path) opens the links of a purpose."""
    app.extensions.setdefault(PAGES, {})[purpose] = endpoint


def address(link: Link, lang: str) -> str:
    """Return the whole address of a link, always below PUBLIC_URL, whoever asks."""
    endpoint = current_app.extensions[PAGES][link.purpose]
    values = {"lang": lang, PARAMETER: secret(link)}
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def find(purpose: str, text: str, *, lock: bool = False) -> Link | None:
    """Return the living link of a secret; None where it is wrong, ended, expired, cut short."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    body, mac = raw[:-MAC], raw[-MAC:]
    if len(body) != 16 + GENERATION or not hmac.compare_digest(mac, _mac(purpose, body)):
        return None
    if _spelt(raw) != text:  # decoding forgives signs that do not belong there
        return None
    query = select(Link).where(
        Link.purpose == purpose,
        Link.record == UUID(bytes=body[:16]),
        Link.generation == int.from_bytes(body[16:], "big"),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    link = db.session.scalar(query)
    return link if link and link.alive else None


def derived(use: str, body: bytes) -> bytes:
    """Return 32 bytes that only this server's key makes of `body`, others for every use."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, use.encode() + b"\0" + body, "sha256")


def _mac(purpose: str, body: bytes) -> bytes:
    return derived("link", purpose.encode() + b"\0" + body)[:MAC]
