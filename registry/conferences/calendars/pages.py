"""The date of a conference for the office's own calendar, and reading in what calendars answer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.calendars import files
from registry.conferences.queries import load_conference
from registry.core import i18n

pages = Blueprint("conference_calendars", __name__)


@pages.get("/<lang>/office/conferences/<uuid:uuid>/calendar.ics")
def file(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return as_calendar(files.of_conference(found, i18n.local_now()))


def as_calendar(made: str) -> Response:
    """Return a calendar file to be downloaded, of a type that programs know."""
    response = Response(made, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = f'attachment; filename="{files.NAME}"'
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
