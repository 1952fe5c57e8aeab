"""Where somebody goes after signing in."""

from urllib.parse import urlsplit

from flask import current_app, url_for

from registry.access.permissions import Permission
from registry.access.policy import may
from registry.accounts.models import User

DESK = "desk.desk"


def onward(lang: str, target: str, user: User) -> str:
    """Return the page that was asked for, else the work desk, else the overview."""
    return _own_address(target) or url_for(_first_page(user), lang=lang)


def _own_address(target: str) -> str:
    """Return the path to go on to, never another site's."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and not parts.netloc and "\\" not in target else ""


def _first_page(user: User) -> str:
    has_desk = DESK in current_app.view_functions
    return (
        DESK if has_desk and may(user.as_who(), Permission.DESK_READ, None) else "search.overview"
    )
