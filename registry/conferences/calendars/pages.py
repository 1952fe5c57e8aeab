"""The date of a conference for the office's own calendar, and reading in what calendars answer."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.calendars import files, importing, reading
from registry.conferences.calendars.importing import Line, Verdict
from registry.conferences.calendars.reading import Trouble
from registry.conferences.invitations.wording import REPLIES
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import services as answers
from registry.core import i18n
from registry.core.errors import NotFound
from registry.core.web import by_link, link_key, writes

pages = Blueprint("conference_calendars", __name__)
MOST_FILES = 200
VERDICTS = {
    Verdict.TAKEN: _l("taken"),
    Verdict.SAME: _l("stands already"),
    Verdict.TENTATIVE: _l("tentative: neither yes nor no, the answer is still open"),
    Verdict.UNKNOWN: _l("belongs to no invitation of this conference"),
    Verdict.NOT_ASKED: _l("calendars were not asked for answers"),
    Verdict.SOMEBODY_ELSE: _l("comes from somebody who was not invited at this address"),
    Verdict.EARLIER_DATE: _l("is about an earlier date; please ask"),
    Verdict.OUTDATED: _l("a later answer stands"),
    Verdict.ONE_DAY: _l("declines some of the days only; please ask"),
    Verdict.UNCLEAR: _l("cannot be understood; please ask"),
    Verdict.REFUSED: _l("cannot be taken"),
    Trouble.TOO_LARGE: _l("the file is too large"),
    Trouble.TOO_DEEP: _l("the file is nested too deeply"),
    Trouble.NO_CALENDAR: _l("there is no calendar part in the file"),
    Trouble.NO_REPLY: _l("the file is no answer of a calendar"),
}


@pages.get("/<lang>/office/conferences/<uuid:uuid>/calendar.ics")
def file(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return as_calendar(files.of_conference(found, i18n.local_now()))


@pages.get("/<lang>/conference/calendar.ics")
@by_link
def own(lang: str) -> Any:
    """Return the date for whoever holds the link of an invitation; it cannot be answered by it."""
    key = link_key()
    invitation = answers.opened(key, request.remote_addr or "")
    conference = invitation.conference
    if not conference.days or conference.cancelled_on is not None:
        raise NotFound
    return as_calendar(files.of_invitation(invitation, i18n.local_now()))


@pages.get("/<lang>/office/conferences/<uuid:uuid>/mail/answers")
def replies(lang: str, uuid: UUID) -> Any:
    return _page(_inviting(uuid))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/answers")
@writes
def replies_submitted(lang: str, uuid: UUID) -> Any:
    """Take the answers in the files that were uploaded; each is named with what became of it."""
    found = _inviting(uuid)
    given = [each for each in request.files.getlist("files") if each.filename][:MOST_FILES]
    if not given:
        return _page(found, error=_("Please choose a file.")), 422
    read = [(str(each.filename), each.read(reading.MOST_BYTES + 1)) for each in given]
    return _page(found, importing.take_all(who(), read, date.today(), found))


def as_calendar(made: str) -> Response:
    """Return a calendar file to be downloaded, of a type that programs know."""
    response = Response(made, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = f'attachment; filename="{files.NAME}"'
    return response


def _page(found: Conference, lines: list[Line] | None = None, error: str = "") -> str:
    return render_template(
        "conferences/mailing/answers.html",
        conference=found,
        lines=lines,
        error=error,
        verdicts=VERDICTS,
        replies=REPLIES,
    )


def _inviting(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
