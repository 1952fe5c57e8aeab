"""The office prints invitations: what letters say, whose are printed, as what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import send_file as sent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.letters import filling, printing, queries, services, stationery
from registry.conferences.letters.merging import documents, example, templates
from registry.conferences.letters.merging import queries as merging_queries
from registry.conferences.letters.merging import services as merging
from registry.conferences.letters.queries import Letters, Which
from registry.conferences.letters.schemas import SECTIONS, WordsSchema
from registry.conferences.letters.services import Post, Wish
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n, qr
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.web import large_body, settle, writes

pages = Blueprint("conference_letters", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/letters"
PDF, ZIP = "application/pdf", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = {
    Which.POST: _l("Everyone who is invited by post"),
    Which.UNDELIVERABLE: _l("E-mail did not arrive or cannot be sent"),
    Which.LATE: _l("Late additions that have no letter yet"),
    Which.UNANSWERED: _l("Reminder: everyone who has not answered yet"),
    Which.ALL: _l("Everyone with a postal address"),
    Which.CHOSEN: _l("Only those ticked below"),
}
SHOWN = 20  # addresses that were shortened, and invitations without any


@dataclass(frozen=True)
class Made:
    """A file for the office to take."""

    content: bytes
    kind: str
    name: str


@pages.get(ADDRESS)
def choose(lang: str, uuid: UUID) -> Any:
    """Show what letters would say, to whom they would go, and what can be printed."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return _page(found)


@pages.post(ADDRESS)
@writes
def write(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.write(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".choose", lang=lang, uuid=uuid))
    found = load_conference(who(), uuid)
    return _page(found, words=outcome), outcome.status


@pages.post(f"{ADDRESS}/proof.pdf")
@writes
def proof(lang: str, uuid: UUID) -> Any:
    """Hand out letters to be signed off: marked as a draft, nothing is sent and nothing frozen."""

    def make() -> Made:
        post, at = services.proof(who(), uuid, _wish()), i18n.local_now()
        return Made(printing.one_file(post, at), PDF, _("Letters (draft)") + ".pdf")

    return _answer(uuid, make)


@pages.post(f"{ADDRESS}/letters.pdf")
@writes
def one_file(lang: str, uuid: UUID) -> Any:
    return _answer(uuid, lambda: _printed(uuid, printing.one_file, PDF, ".pdf"))


@pages.post(f"{ADDRESS}/letters.zip")
@writes
def one_each(lang: str, uuid: UUID) -> Any:
    return _answer(uuid, lambda: _printed(uuid, printing.one_each, ZIP, ".zip"))


@pages.post(f"{ADDRESS}/letters.docx")
@writes
def document(lang: str, uuid: UUID) -> Any:
    def make() -> Made:
        made_of = documents.template(load_conference(who(), uuid).region)
        return _printed(
            uuid, lambda post, at: documents.docx(post, made_of, at.date()), DOCX, ".docx"
        )

    return _answer(uuid, make)


@pages.post(f"{ADDRESS}/labels.pdf")
@writes
def labels(lang: str, uuid: UUID) -> Any:
    def make() -> Made:
        form, first = _one_of("labels", stationery.LABELS), _first()
        rows = services.labels(who(), uuid, _wish())
        return Made(
            printing.labels(rows, form, first, i18n.local_now()), PDF, _("Address labels") + ".pdf"
        )

    return _answer(uuid, make)


@pages.post(f"{ADDRESS}/badges.pdf")
@writes
def badges(lang: str, uuid: UUID) -> Any:
    def make() -> Made:
        form = _one_of("badges", stationery.BADGES)
        title, found = services.badges(who(), uuid)
        rows = [replace(each, qr=_code(lang, each.uuid)) for each in found]
        return Made(
            printing.badges(rows, title, form, i18n.local_now()), PDF, _("Name badges") + ".pdf"
        )

    return _answer(uuid, make)


def _code(lang: str, badge: UUID) -> str:
    """Return the code of a badge, which opens a page for those at the door."""
    path = url_for("conference_attendance.badge", lang=lang, badge=badge)
    return qr.svg(f"{current_app.config['PUBLIC_URL']}{path}", quick=True)


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
    outcome = attempt(lambda: merging.keep(who(), found.region, name, file, today))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".choose", lang=lang, uuid=uuid))
    return _page(load_conference(who(), uuid), printing_errors=outcome.errors), outcome.status


@pages.post(f"{ADDRESS}/template/remove")
@writes
def remove(lang: str, uuid: UUID) -> Any:
    merging.remove(who(), load_conference(who(), uuid).region)
    flash(_("Letters are merged with the example again."), "success")
    return redirect(url_for(".choose", lang=lang, uuid=uuid))


@pages.get(f"{ADDRESS}/template.docx")
def template(lang: str, uuid: UUID) -> Response:
    """Hand out the region's own template, or the example to begin with."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    if "example" in request.args:
        return _file(Made(example.docx(), DOCX, _("Example") + ".docx"))
    own = merging_queries.load_template(found.region, whole=True)
    if own is None:
        raise NotFound
    return _file(Made(own.content, DOCX, own.name))


def _printed(uuid: UUID, make: Callable[[Post, Any], bytes], kind: str, ending: str) -> Made:
    """Make letters that may leave the house, and note that they were printed."""
    post, at = services.issue(who(), uuid, _wish()), i18n.local_now()
    settle()
    made = make(post, at)
    services.printed(who(), uuid, post, at.date())
    return Made(made, kind, _("Letters") + ending)


def _answer(uuid: UUID, make: Callable[[], Made]) -> Any:
    outcome = attempt(make)
    if outcome.saved:
        return _file(outcome.saved)
    found = load_conference(who(), uuid)
    return _page(found, printing_errors=outcome.errors), outcome.status


def _wish() -> Wish:
    picked = {UUID(text) for text in request.form.getlist("picked") if _is_uuid(text)}
    return Wish(_one_of("which", {each.value: each for each in Which}), picked)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _one_of(name: str, known: Mapping[str, Any]) -> str:
    """Return what was chosen, the first where that is no choice."""
    told = request.form.get(name, "")
    return told if told in known else next(iter(known))


def _first() -> int:
    told = request.form.get("first", "")
    return int(told) if told.isdecimal() and 0 < int(told[:3]) < 100 else 1


def _file(made: Made) -> Response:
    answer = sent(
        BytesIO(made.content), mimetype=made.kind, as_attachment=True, download_name=made.name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(
    found: Conference,
    words: Outcome | None = None,
    printing_errors: Mapping[Any, Any] | None = None,
) -> str:
    letters = queries.load_letters(who(), found)
    data = typed(_schema()) if words else _schema().dump(found)
    made = sheet(_schema(), SECTIONS, data, _no_choices, words)
    return render_template(
        "conferences/letters/choose.html",
        conference=found,
        sheet=beside(made, _schema(), found, _no_choices, words),
        letters=letters,
        choices={
            which.value: (label, len(letters.chosen(which))) for which, label in CHOICES.items()
        },
        which=_one_of("which", {each.value: each for each in Which}),
        picked=request.form.getlist("picked"),
        shortened=_shortened(letters),
        unsendable=[row for row in letters.rows if not letters.sendable[row.id].post],
        shown=SHOWN,
        placeholders=[f"{{{{ {name} }}}}" for name in filling.OF_TEXT],
        of_template=[f"{{{{ {name} }}}}" for name in filling.OF_TEMPLATE],
        template=merging_queries.load_template(found.region),
        sender=queries.sender(found),
        labels=stationery.LABELS,
        badges=stationery.BADGES,
        may_bring=may("conference.edit", found),
        errors=[text for several in (printing_errors or {}).values() for text in several],
    )


def _shortened(letters: Letters) -> list[Any]:
    """Return the letters whose address has more lines than the window."""
    made = queries.recipients(letters.numbers, letters.chosen(Which.ALL), {})
    return [each for each in made if each.fitted.left_out]


def _schema() -> WordsSchema:
    return WordsSchema(audience="office")


def _no_choices(_kind: str) -> tuple[()]:
    return ()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
