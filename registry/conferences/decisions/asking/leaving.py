"""When mail about tasks leaves: not if all that it asks has been answered meanwhile."""

from flask import Flask

from registry.conferences.decisions.asking import queries, services
from registry.core.mail import sending
from registry.core.mail.models import Mail, State


def guard(mail: Mail) -> State | None:
    return None if queries.is_waited_for(mail) else State.CANCELLED


def init_app(app: Flask) -> None:
    for kind in services.KINDS:
        sending.held_back_by(app, kind, guard)
