"""When mail about minutes leaves: a draft only as long as it can be objected to."""

from flask import Flask

from registry.conferences.invitations.queries import sendable
from registry.conferences.minutes import queries
from registry.conferences.minutes.approving.services import DRAFT, KINDS
from registry.conferences.minutes.models import MinutesState
from registry.core.mail import sending
from registry.core.mail.models import Mail, State


def guard(mail: Mail) -> State | None:
    row = queries.load_invitation(mail.about) if mail.about else None
    if row is None:
        return State.CANCELLED
    states = {each.state for each in queries.of_conference(row.conference)}
    if mail.kind == DRAFT and MinutesState.CIRCULATED not in states:
        return State.CANCELLED
    return None if sendable(row.conference, only=row.id)[row.id].mail else State.HELD


def init_app(app: Flask) -> None:
    for kind in KINDS:
        sending.held_back_by(app, kind, guard)
