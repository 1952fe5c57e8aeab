"""How many mails are in which state."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from registry.core.db import db
from registry.core.mail.models import Mail, State


def by_state(conditions: Sequence[ColumnElement[bool]] = ()) -> dict[str, int]:
    """Return the number of mails in each state, zero included, in the order of their way."""
    query = select(Mail.state, func.count(Mail.id)).where(*conditions).group_by(Mail.state)
    found = dict(iter(db.session.execute(query)))
    return {state.value: found.get(state.value, 0) for state in State}
