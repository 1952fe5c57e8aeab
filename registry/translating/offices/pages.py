"""The office's pages for files of translation offices: out, back, looked at, taken in."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
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
from registry.access.policy import require
from registry.actors.editing.choices import home_region
from registry.core import i18n
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid, NotFound
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import large_body, writes
from registry.exchange.sheets import uploads, waiting
from registry.translating import queries
from registry.translating.offices import services
from registry.translating.offices.judging import VERDICTS, counted, takes
from registry.translating.offices.writing import FORMS
from registry.translating.pages import STATE_NAMES
from registry.translating.queries import STATES, Wanted

pages = Blueprint("translating_offices", __name__)
PER_PAGE = 50
WHAT = "texts"  # kind of file that waits
MIMETYPES = {
    "xliff": "application/xliff+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {"xliff": "xlf", "xlsx": "xlsx"}
# What somebody has to look at stands above what does nothing.
TOLD_FIRST = ("rejected", "outdated", "changed", "new", "fits", "absent", "empty", "unchanged")
VERDICT_NAMES = {
    "new": _l("new"),
    "changed": _l("changed"),
    "fits": _l("Fits the German text"),
    "outdated": STATE_NAMES["outdated"],
    "unchanged": _l("unchanged"),
    "empty": _l("not translated"),
    "absent": _l("not in the file"),
    "rejected": _l("rejected"),
}


@pages.get("/<lang>/office/translation-files")
def start(lang: str) -> Any:
    require(who(), Permission.DATA_IMPORT, None)
    return _start()


@pages.post("/<lang>/office/translation-files/export")
@writes
def export(lang: str) -> Any:
    """Hand out the texts of a work list in one language."""
    to, state = request.form.get("to", ""), request.form.get("state", "")
    form = request.form.get("form", "")
    if to not in queries.others() or form not in FORMS:
        raise NotFound
    wanted = Wanted((to,), (state,) if state in STATES else STATES)
    with TemporaryDirectory(dir=uploads.folder()) as folder:
        path = Path(folder) / "texts"
        services.hand_out(who(), wanted, path, form, home_region(who()))
        file = BytesIO(path.read_bytes())
    name = f"texts-{to}.{ENDINGS[form]}"
    return send_file(file, mimetype=MIMETYPES[form], as_attachment=True, download_name=name)


@pages.post("/<lang>/office/translation-files")
@writes
@large_body
def upload(lang: str) -> Any:
    require(who(), Permission.DATA_IMPORT, None)
    outcome = attempt(_kept)
    if outcome.saved:
        return redirect(url_for(".show", lang=lang, uuid=outcome.saved))
    return _start(outcome), outcome.status


@pages.get("/<lang>/office/translation-files/<uuid:uuid>")
def show(lang: str, uuid: UUID) -> Any:
    """Say of each text of a file what it would do, as the register stands now."""
    require(who(), Permission.DATA_IMPORT, None)
    job, about = _found(uuid)
    language, verdicts = services.try_file(who(), job)
    kind, page = one_of("kind", VERDICTS), page_number()
    chosen = [each for each in verdicts if kind in ("", each.kind)]
    chosen.sort(key=lambda each: TOLD_FIRST.index(each.kind))
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    counts = counted(verdicts)
    return render_template(
        "translating/file.html",
        listing=Listing(".show", shown, len(chosen), page, PER_PAGE),
        about=about,
        uuid=uuid,
        to=i18n.Language.of(language),
        counts=counts,
        takes=takes(counts),
        kind=kind,
        kinds=VERDICT_NAMES,
    )


@pages.post("/<lang>/office/translation-files/<uuid:uuid>/apply")
@writes
def apply(lang: str, uuid: UUID) -> Any:
    job, _about = _found(uuid)
    number = takes(services.take_back(who(), job))
    _forget_after(uuid)
    flash(ngettext("%(num)s text saved.", "%(num)s texts saved.", number), "success")
    return redirect(url_for("translating.listing", lang=lang))


@pages.post("/<lang>/office/translation-files/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    require(who(), Permission.DATA_IMPORT, None)
    _found(uuid)
    waiting.remove(WHAT, uuid)
    flash(_("The file has been removed."), "success")
    return redirect(url_for(".start", lang=lang))


def _found(uuid: UUID) -> tuple[services.Job, dict[str, Any]]:
    """Return a file that this person brought, and what they said about it."""
    path, about = waiting.find(who(), WHAT, uuid)
    return services.Job(path, about["machine"]), about


def _forget_after(uuid: UUID) -> None:
    @after_this_request
    def remove(response: Any) -> Any:
        if response.status_code < 400:
            waiting.remove(WHAT, uuid)
        return response


def _kept() -> UUID:
    """Keep the file of this request if it can be read at all."""
    file, made = request.files.get("file"), request.form.get("made", "")
    if not file or not file.filename:
        raise Invalid({"file": [_("Please choose a file.")]})
    if made not in ("people", "machine"):
        raise Invalid({"made": [_("Please say who translated.")]})
    asking = who()
    found = waiting.keep(asking, WHAT, file.stream, file.filename, machine=made == "machine")
    try:
        services.try_file(asking, _found(found)[0])
    except Invalid:
        waiting.remove(WHAT, found)
        raise
    return found


def _start(outcome: Outcome | None = None) -> str:
    return render_template(
        "translating/files.html",
        others=[i18n.Language.of(tag) for tag in queries.others()],
        states=STATE_NAMES,
        to=one_of("to", queries.others()),
        state=one_of("state", STATES),
        errors=outcome.errors if outcome else {},
        made=request.form.get("made", ""),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
