"""The office prints what it needs on the day; same blueprint as the day itself."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import render_template, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.attendance.pages import ADDRESS, day_of, pages
from registry.conferences.attendance.papers import services
from registry.conferences.attendance.papers.services import Wish
from registry.conferences.letters import stationery
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n
from registry.core.documents import making
from registry.core.editing import Outcome, attempt
from registry.core.errors import NotFound
from registry.core.web import settle, writes

NAMES = {
    "attendance": _l("Attendance list"),
    "doors": _l("Door signs"),
    "tables": _l("Table signs"),
    "moderation": _l("Sheets for moderators"),
    "walls": _l("Empty walls"),
}
BY = {
    "group": _l("by working group"),
    "category": _l("by category"),
    "name": _l("all in one, by name"),
}


@pages.get(f"{ADDRESS}/papers")
def papers(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return _papers_page(found)


@pages.post(f"{ADDRESS}/papers/<kind>.pdf")
@writes
def print_(lang: str, uuid: UUID, kind: str) -> Any:
    """Hand out one kind of paper."""
    if kind not in NAMES:
        raise NotFound
    found = load_conference(who(), uuid)
    blanks, by = request.form.get("blanks", ""), request.form.get("by", "")
    wish = Wish(
        kind,
        day_of(found),
        by if by in BY else "group",
        int(blanks) if blanks.isdecimal() and len(blanks) < 4 else 10,
    )
    outcome = attempt(lambda: services.paper(who(), uuid, wish))
    if not outcome.saved:
        return _papers_page(load_conference(who(), uuid), outcome), outcome.status
    settle()
    made = making.pdf("day", outcome.saved, i18n.local_now())
    name = f"{NAMES[kind]}.pdf"
    answer = send_file(
        BytesIO(made), mimetype="application/pdf", as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _papers_page(found: Conference, outcome: Outcome | None = None) -> str:
    return render_template(
        "conferences/attendance/papers.html",
        conference=found,
        day=day_of(found),
        names=NAMES,
        ways=BY,
        help=_help(),
        badges=stationery.BADGES,
        errors=[text for some in (outcome.errors if outcome else {}).values() for text in some],
    )


def _help() -> dict[str, str]:
    return {
        "attendance": _("With a column to sign and empty lines, without any contact data."),
        "doors": _("One sheet for each group: letter, room, who is in it."),
        "tables": _("To be folded in the middle: names, and tables of a World Café."),
        "moderation": _("The four questions, who is in the group, what is known about the topic."),
        "walls": _("Four empty columns on A3, to be filled in by hand."),
    }
