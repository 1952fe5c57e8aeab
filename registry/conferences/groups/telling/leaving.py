"""When mail about places leaves: not if a later one tells the same people anew."""

from flask import Flask

from registry.conferences.groups.telling import queries
from registry.conferences.groups.telling.saying import PLACES
from registry.conferences.mailing import leaving
from registry.core.mail import sending
from registry.core.mail.models import Mail, State


def guard(mail: Mail) -> State | None:
    return State.CANCELLED if queries.is_overtaken(mail) else leaving.guard(mail)


def init_app(app: Flask) -> None:
    sending.held_back_by(app, PLACES, guard)
