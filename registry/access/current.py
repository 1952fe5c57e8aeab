"""Who is asking, in a request."""

from flask import Flask
from flask_login import current_user

from registry.access.permissions import Permission
from registry.access.policy import PUBLIC, Subject, Who
from registry.access.policy import may as policy_may


def who() -> Who:
    if current_user and current_user.is_authenticated:
        asking: Who = current_user.as_who()
        return asking
    return PUBLIC


def may(permission: str, subject: Subject | None = None) -> bool:
    """Return whether the one who asks holds a right, somewhere or over a subject; for templates."""
    return policy_may(who(), Permission(permission), subject)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(may=may)

    @app.context_processor
    def asking() -> dict[str, Who]:
        return {"who": who()}
