"""The organiser's list of personal needs: shown when asked for, never by itself."""

import io
from typing import Any
from uuid import UUID

from flask import render_template, request, send_file
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.invitations import files
from registry.conferences.invitations.needs import services
from registry.conferences.invitations.needs.queries import NeedRow
from registry.conferences.invitations.pages import ROOM, pages, today
from registry.conferences.queries import load_conference
from registry.core.web import writes


@pages.get(f"{ROOM}/needs")
def needs(lang: str, uuid: UUID) -> Any:
    conference = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, conference)
    page = "conferences/invitations/needs.html"
    return render_template(page, conference=conference, head=_head(), rows=None)


@pages.post(f"{ROOM}/needs")
@writes
def needs_shown(lang: str, uuid: UUID) -> Any:
    """Show the needs, or hand them out as a file: asked for by POST, because the log notes it."""
    as_file = request.form.get("form") == "xlsx"
    rows = [cells(row) for row in services.look(who(), uuid, file=as_file)]
    if as_file:
        name = f"{_('Personal needs')}-{today().isoformat()}.xlsx"
        made = io.BytesIO(files.as_xlsx(_head(), rows))
        kind = files.TYPES["xlsx"]
        return send_file(made, mimetype=kind, as_attachment=True, download_name=name)
    conference = load_conference(who(), uuid)
    page = "conferences/invitations/needs.html"
    return render_template(page, conference=conference, head=_head(), rows=rows)


def _head() -> list[str]:
    return [
        _("No."),
        _("Organisation"),
        _("Person"),
        _("Interpreting"),
        _("Step-free"),
        _("Children to be looked after"),
        _("Food"),
        _("Other needs"),
    ]


def cells(row: NeedRow) -> list[Any]:
    name = f"{row.name} ({_('waits for a seat')})" if row.waiting else row.name
    yes = _("yes") if row.step_free else ""
    told = (row.interpreting or "", yes, row.children or "", row.food or "", row.other or "")
    return [row.number or "", row.organisation, name.strip(), *told]
