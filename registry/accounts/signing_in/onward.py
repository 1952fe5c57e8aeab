"""Where somebody goes after signing in."""

from urllib.parse import urlsplit

from flask import url_for

from registry.accounts.models import User


def onward(lang: str, target: str, user: User) -> str:
    """Return the page that was asked for, else the work desk, else the overview."""
    first = "desk.desk" if user.grants else "search.overview"
    return _own_address(target) or url_for(first, lang=lang)


def _own_address(target: str) -> str:
    """Return the path to go on to, never another site's."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and not parts.netloc and "\\" not in target else ""
