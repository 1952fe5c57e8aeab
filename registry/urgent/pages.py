"""Urgent notices: the banner of every public page, their own pages and feed, and the office's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
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
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered, home_region
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import Listing, page_number
from registry.core.web import public, writes
from registry.regions import queries as regions
from registry.texts.pages import shown
from registry.urgent import queries, services
from registry.urgent.feed import Feed, Item, atom
from registry.urgent.models import Severity, UrgentNotice
from registry.urgent.queries import Notice
from registry.urgent.schemas import SECTIONS, NoticeSchema

pages = Blueprint("urgent", __name__)
PER_PAGE = 50
ABOVE = 3  # notices that stand above a page; the others are a link away
SEVERITIES = {
    Severity.DANGER: _l("Danger"),
    Severity.WARNING: _l("Warning"),
    Severity.INFO: _l("Good to know"),
}


@dataclass(frozen=True)
class Choices(Offered):
    """What the form of a notice offers: the areas of its register, and how urgent it is."""

    def _severity(self) -> Iterable[Option]:
        return [(key.value, str(name)) for key, name in SEVERITIES.items()]

    def _area(self) -> Iterable[Option]:
        options = [*regions.names([self.region]).items(), *self._own_municipalities()]
        return self._with(options, set(self.data.get("areas") or ()))


@pages.get("/<lang>/notices")
@public
def current(lang: str) -> str:
    notices = queries.valid(_today(), _areas())
    return render_template("urgent/current.html", notices=notices, severities=SEVERITIES)


@pages.get("/<lang>/notices.atom")
@public
def feed(lang: str) -> Any:
    """Give the notices that hold now in one language, of the areas in the address if any."""
    named = regions.names(_areas()).values()
    home = regions.register()
    title = ", ".join([_("Urgent notices"), *(named or ([home.name] if home else []))])
    made = Feed(
        title=title,
        author=home.name if home else _("Network register"),
        language=lang,
        own_address=_whole(url_for(".feed", lang=lang, region=_areas())),
        address=_whole(url_for(".current", lang=lang, region=_areas())),
    )
    items = [_item(notice, lang) for notice in queries.valid(_today(), _areas())]
    return Response(atom(made, items), mimetype="application/atom+xml")


@pages.get("/<lang>/notices/<uuid:uuid>")
@public
def detail(lang: str, uuid: UUID) -> str:
    notice = queries.published(uuid, _today())
    return render_template("urgent/detail.html", notice=notice, severities=SEVERITIES)


@pages.get("/<lang>/notices/<uuid:uuid>/sheet")
@public
def print_sheet(lang: str, uuid: UUID) -> str:
    """Show a notice on a sheet of A4, in the reader's language and in German."""
    notice = queries.published(uuid, _today())
    address = _whole(url_for(".detail", lang=lang, uuid=uuid))
    return render_template(
        "urgent/sheet.html", notice=notice, severities=SEVERITIES, address=address
    )


@pages.get("/<lang>/office/notices")
def listing(lang: str) -> Any:
    require(who(), Permission.DESK_READ, None)
    page = page_number()
    rows, total = queries.office_list(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "urgent/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        names=regions.names({area.ags for row in rows for area in row.areas}),
        severities=SEVERITIES,
        today=_today(),
    )


@pages.get("/<lang>/office/notices/new")
def new(lang: str) -> Any:
    region = home_region(who())
    require(who(), Permission.ENTRY_REVIEW, In(region))
    data = {"severity": Severity.WARNING, "areas": [region], "starts_on": _today().isoformat()}
    return _form(region, None, data)


@pages.post("/<lang>/office/notices/new")
@writes
def new_submitted(lang: str) -> Any:
    region = home_region(who())
    if request.form.get("then") == "preview":
        return _previewed(region, None)
    outcome = attempt(lambda: services.write(who(), region, given(_schema())))
    if outcome.saved:
        flash(_("Saved as a draft. Nobody else sees it yet."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=outcome.saved.uuid))
    return _form(region, None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/notices/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_notice(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/notices/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    found = queries.load_notice(who(), uuid)
    if request.form.get("then") == "preview":
        return _previewed(found.region, found)
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        seen = outcome.saved.published
        flash(_("Saved; everyone sees it.") if seen else _("Saved."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    return _refused(uuid, typed(_schema()), outcome)


@pages.post("/<lang>/office/notices/<uuid:uuid>/publish")
@writes
def publish(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.publish(who(), uuid, version(), _today()))
    if outcome.saved:
        flash(_("Published. Everyone sees it from its first to its last day."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    return _refused(uuid, None, outcome)


@pages.post("/<lang>/office/notices/<uuid:uuid>/withdraw")
@writes
def withdraw(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.withdraw(who(), uuid, version()))
    if outcome.saved:
        flash(_("Taken back. Nobody else sees it any more."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    return _refused(uuid, None, outcome)


def above(areas: Iterable[str] = ()) -> list[Notice]:
    """Return what stands above a page about these areas (AGS), else above the page asked for."""
    return queries.valid(_today(), areas or _areas())


def _areas() -> list[str]:
    """Return the regions that the address narrows the page to."""
    return [ags for ags in request.args.getlist("region") if ags.isdecimal() and len(ags) <= 8]


def _item(notice: Notice, lang: str) -> Item:
    title, text = shown(notice.title), shown(notice.text)
    return Item(
        uuid=notice.uuid,
        title=title.body,
        text=text.body,
        language=title.language,
        updated=notice.updated_at,
        address=_whole(url_for(".detail", lang=lang, uuid=notice.uuid)),
        category=notice.severity,
    )


def _whole(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _schema() -> NoticeSchema:
    return NoticeSchema(audience="office")


def _previewed(region: str, row: UrgentNotice | None) -> Any:
    """Show the notice as it would be, in every language that was filled in; nothing is saved."""
    outcome = attempt(lambda: services.proposal(who(), region, given(_schema())))
    if not outcome.saved:
        return _form(region, row, typed(_schema()), outcome), outcome.status
    made = outcome.saved
    names = regions.names([area.ags for area in made.areas])
    return _form(region, row, typed(_schema()), Outcome(), preview=made, names=names)


def _refused(uuid: UUID, data: Mapping[str, Any] | None, outcome: Outcome) -> Any:
    found = queries.load_notice(who(), uuid)
    page = _form(found.region, found, _schema().dump(found) if data is None else data, outcome)
    return page, outcome.status


def _form(
    region: str,
    row: UrgentNotice | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
    **more: Any,
) -> str:
    choices = Choices(who(), region, data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "urgent/edit.html",
        sheet=made,
        row=row,
        editable=may("entry.review", row or In(region)),
        severities=SEVERITIES,
        today=_today(),
        **more,
    )


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals.update(urgent_above=above, urgent_shown=ABOVE)
