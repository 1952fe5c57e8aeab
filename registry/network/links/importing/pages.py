"""The office's pages for links from files: brought, looked at row by row, taken in."""

from collections import Counter
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import large_body, writes
from registry.network.links.importing import keeping, services
from registry.network.links.importing.columns import TITLES
from registry.network.links.importing.judging import VERDICTS
from registry.network.links.importing.template import explained, template
from registry.network.queries import region_of
from registry.network.wording import KINDS

pages = Blueprint("network_links_import", __name__)
PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERDICT_NAMES = {
    "new": _l("new"),
    "changed": _l("changed"),
    "unchanged": _l("unchanged"),
    "rejected": _l("rejected"),
}


@pages.get("/<lang>/office/network/links/import")
def start(lang: str) -> Any:
    _region()
    return _start()


@pages.post("/<lang>/office/network/links/import")
@writes
@large_body
def upload(lang: str) -> Any:
    region = _region()
    outcome = attempt(lambda: _kept(region))
    if outcome.saved:
        return redirect(url_for(".show", lang=lang, uuid=outcome.saved))
    return _start(outcome), outcome.status


@pages.get("/<lang>/office/network/links/import/template")
def blank(lang: str) -> Any:
    """Hand out an empty table with an example and what its columns mean."""
    _region()
    name = _("template") + "-links.xlsx"
    return send_file(BytesIO(template()), mimetype=XLSX, as_attachment=True, download_name=name)


@pages.get("/<lang>/office/network/links/import/<uuid:uuid>")
def show(lang: str, uuid: UUID) -> Any:
    """Say of each row of a file what it would do, as the register stands now."""
    region = _region()
    path, name = keeping.find(who(), uuid)
    plans = services.try_file(who(), region, path)
    verdict, page = one_of("verdict", VERDICTS), page_number()
    chosen = [each for each in plans if verdict in ("", each.verdict)]
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "network/links/importing/file.html",
        listing=Listing(".show", shown, len(chosen), page, PER_PAGE),
        name=name,
        uuid=uuid,
        counts=Counter(each.verdict for each in plans),
        verdict=verdict,
        verdicts=VERDICT_NAMES,
        kinds=KINDS,
    )


@pages.post("/<lang>/office/network/links/import/<uuid:uuid>/apply")
@writes
def apply(lang: str, uuid: UUID) -> Any:
    region = _region()
    path, _name = keeping.find(who(), uuid)
    counts = services.take_in(who(), region, path)
    _forget_after(uuid)
    rows = counts["new"] + counts["changed"]
    flash(ngettext("%(num)s row imported.", "%(num)s rows imported.", rows), "success")
    return redirect(url_for("network_links.listing", lang=lang))


@pages.post("/<lang>/office/network/links/import/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    _region()
    keeping.find(who(), uuid)
    keeping.remove(uuid)
    flash(_("The file has been removed."), "success")
    return redirect(url_for(".start", lang=lang))


def _region() -> str:
    region = region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region) if region else None)
    return region


def _kept(region: str) -> UUID:
    """Keep the file of this request if it can be read at all."""
    file, text, asking = request.files.get("file"), request.form.get("text", "").strip(), who()
    if file and file.filename:
        found = keeping.keep(asking, file.stream, file.filename)  # type: ignore[arg-type]
    elif text:
        pasted = BytesIO(text.encode("utf-8", "replace"))
        found = keeping.keep(asking, pasted, _("pasted table"))
    else:
        raise Invalid({"file": [_("Please choose a file or paste a table.")]})
    try:
        services.try_file(asking, region, keeping.find(asking, found)[0])
    except Invalid:
        keeping.remove(found)
        raise
    return found


def _forget_after(uuid: UUID) -> None:
    @after_this_request
    def remove(response: Any) -> Any:
        if response.status_code < 400:
            keeping.remove(uuid)
        return response


def _start(outcome: Outcome | None = None) -> str:
    return render_template(
        "network/links/importing/start.html",
        errors=outcome.errors if outcome else {},
        text=request.form.get("text", ""),
        titles=TITLES,
        explained=explained(),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
