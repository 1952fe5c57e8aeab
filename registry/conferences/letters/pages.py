"""The office prints invitations: what letters say, whose are printed, as what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.letters import filling, printing, queries, services, stationery
from registry.conferences.letters.merging import documents
from registry.conferences.letters.merging import queries as merging_queries
from registry.conferences.letters.queries import Letters, Which
from registry.conferences.letters.schemas import SECTIONS, WordsSchema
from registry.conferences.letters.services import Post, Wish
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n, qr
from registry.core.documents.handing import Made, Making, answered, handed_out
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.web import settle, writes

pages = Blueprint("conference_letters", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/letters"
PDF, ZIP = "application/pdf", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = {
    Which.POST: _l("Everyone who is invited by post"),
    Which.UNDELIVERABLE: _l("E-mail did not arrive or cannot be sent"),
    Which.LATE: _l("Late additions that have no letter yet"),
    Which.UNANSWERED: _l("Reminder: everyone who has not answered yet"),
    Which.CHANGED: _l("What has changed: everyone whom no e-mail tells it"),
    Which.ALL: _l("Everyone with a postal address"),
    Which.CHOSEN: _l("Only those ticked below"),
}
OFF = _l("That it is called off: everyone whom no e-mail tells it")
SHOWN = 20  # addresses that were shortened, and invitations without any


@pages.get(ADDRESS)
def choose(lang: str, uuid: UUID) -> Any:
    """Show what letters would say, to whom they would go, and what can be printed."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return shown(found)


@pages.post(ADDRESS)
@writes
def write(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.write(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".choose", lang=lang, uuid=uuid))
    found = load_conference(who(), uuid)
    return shown(found, words=outcome), outcome.status


@pages.post(f"{ADDRESS}/proof.pdf")
@writes
def proof(lang: str, uuid: UUID) -> Any:
    """Hand out letters to be signed off: marked as a draft, nothing is sent and nothing frozen."""

    def make() -> Making:
        post, at = services.proof(who(), uuid, _wish()), i18n.local_now()
        steps = printing.one_file(post, at)
        return Making(len(post.letters), steps, PDF, _("Letters (draft)") + ".pdf")

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
    def make() -> Making:
        made_of = documents.template(load_conference(who(), uuid).region)

        def merged(post: Post, at: Any) -> Iterator[bytes]:
            yield documents.docx(post, made_of, at.date())

        return _printed(uuid, merged, DOCX, ".docx", lambda post: documents.fitting(post, made_of))

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


def _printed(
    uuid: UUID,
    make: Callable[[Post, Any], Iterator[int | bytes]],
    kind: str,
    ending: str,
    fitting: Callable[[Post], Post] = lambda post: post,
) -> Making:
    """Begin letters that may leave the house; once they are made it is noted."""
    asks, at = who(), i18n.local_now()
    post = fitting(services.issue(asks, uuid, _wish()))
    settle()

    def done() -> None:
        services.printed(asks, uuid, post, at.date())

    return Making(len(post.letters), make(post, at), kind, _("Letters") + ending, done)


def _answer(uuid: UUID, make: Callable[[], Made | Making]) -> Any:
    outcome = attempt(make)
    if isinstance(outcome.saved, Making):
        return answered(outcome.saved)
    if outcome.saved:
        return handed_out(outcome.saved)
    found = load_conference(who(), uuid)
    return shown(found, printing_errors=outcome.errors), outcome.status


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
    told = request.values.get(name, "")
    return told if told in known else next(iter(known))


def _first() -> int:
    told = request.form.get("first", "")
    return int(told) if told.isdecimal() and 0 < int(told[:3]) < 100 else 1


def shown(
    found: Conference,
    words: Outcome | None = None,
    printing_errors: Mapping[Any, Any] | None = None,
) -> str:
    """Return the page: what letters say, to whom they would go, what can be printed."""
    letters = queries.load_letters(who(), found)
    data = typed(_schema()) if words else _schema().dump(found)
    choices = _choices(found, letters)
    made = sheet(_schema(), SECTIONS, data, _no_choices, words)
    return render_template(
        "conferences/letters/choose.html",
        conference=found,
        sheet=beside(made, _schema(), found, _no_choices, words),
        letters=letters,
        choices=choices,
        which=_one_of("which", choices),
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


def _choices(found: Conference, letters: Letters) -> dict[str, tuple[Any, int]]:
    """Return what can be printed, and how many letters that are; what is due stands first."""
    told = {which.value: (label, len(letters.chosen(which))) for which, label in CHOICES.items()}
    changed = told.pop(Which.CHANGED)
    if found.cancelled_on is not None:
        return {Which.CHANGED.value: (OFF, changed[1])}
    return {Which.CHANGED.value: changed, **told} if changed[1] else told


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
