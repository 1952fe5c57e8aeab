"""The office brings a document of its own to merge letters with; same blueprint as `letters`."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.letters.merging import example, queries, services, templates
from registry.conferences.letters.pages import ADDRESS, DOCX, pages, shown
from registry.conferences.queries import load_conference
from registry.core import i18n
from registry.core.documents.handing import Made, handed_out
from registry.core.editing import attempt
from registry.core.errors import NotFound
from registry.core.web import large_body, writes


@pages.post(f"{ADDRESS}/template")
@writes
@large_body
def bring(lang: str, uuid: UUID) -> Any:
    """Keep a document of the office's own to merge letters with."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_EDIT, found)
    upload = request.files.get("template")
    file = upload.stream.read(templates.MAX_BYTES + 1) if upload else b""
    name = (upload.filename if upload else None) or ""
    today = i18n.local_now().date()
    outcome = attempt(lambda: services.keep(who(), found.region, name, file, today))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for("conference_letters.choose", lang=lang, uuid=uuid))
    return shown(load_conference(who(), uuid), printing_errors=outcome.errors), outcome.status


@pages.post(f"{ADDRESS}/template/remove")
@writes
def remove(lang: str, uuid: UUID) -> Any:
    services.remove(who(), load_conference(who(), uuid).region)
    flash(_("Letters are merged with the example again."), "success")
    return redirect(url_for("conference_letters.choose", lang=lang, uuid=uuid))


@pages.get(f"{ADDRESS}/template.docx")
def template(lang: str, uuid: UUID) -> Response:
    """Hand out the region's own template, or the example to begin with."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    if "example" in request.args:
        return handed_out(Made(example.docx(), DOCX, _("Example") + ".docx"))
    own = queries.load_template(found.region, whole=True)
    if own is None:
        raise NotFound
    return handed_out(Made(own.content, DOCX, own.name))
