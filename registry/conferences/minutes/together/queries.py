"""Who saved a part last: the log knows."""

from sqlalchemy import select

from registry.audit.models import AuditEntry
from registry.conferences.minutes.models import Part
from registry.core.db import db

RECENT = 100  # entries of the log that are looked at


def last_writer(part: Part) -> str:
    """Return the name of the account that saved a part last, "" where the log does not say."""
    query = select(AuditEntry.who_label, AuditEntry.changes).where(
        AuditEntry.subject_id == part.minutes.uuid, AuditEntry.action == "minutes.written"
    )
    rows = db.session.execute(query.order_by(AuditEntry.id.desc()).limit(RECENT))
    return next((who for who, told in rows if told.get("part") == [None, part.title]), "")
