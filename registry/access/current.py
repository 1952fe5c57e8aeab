"""Who is asking, in a request."""

from flask import Flask
from flask_login import current_user

from registry.access.permissions import Permission
from registry.access.policy import PUBLIC, Who
from registry.access.policy import may as policy_may


class _Somewhere:
    def __init__(self, region: str) -> None:
        self.region = region


def who() -> Who:
    if current_user and current_user.is_authenticated:
        asking: Who = current_user.as_who()
        return asking
    return PUBLIC


def may(permission: str, region: str | None = None) -> bool:
    """Return whether the one who asks holds a right, somewhere or in a region; for templates."""
    subject = None if region is None else _Somewhere(region)
    return policy_may(who(), Permission(permission), subject)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(may=may)

    @app.context_processor
    def asking() -> dict[str, Who]:
        return {"who": who()}
