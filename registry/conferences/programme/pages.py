"""The office makes the programme: a timetable in which items are added, changed and moved."""

from collections import Counter
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.calendars.pages import as_calendar
from registry.conferences.decisions import carried
from registry.conferences.invitations.wording import of_example
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.programme import calendars, patterns, printing, services, timetable
from registry.conferences.programme.forms import Versioned, as_sent, choices, stood
from registry.conferences.programme.schemas import FORMATS, SECTIONS, TimedItemSchema
from registry.conferences.queries import load_conference
from registry.conferences.topics import queries as topics
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.listing import as_uuid
from registry.core.web import writes
from registry.network.needs import queries as needs

pages = Blueprint("conference_programme", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/timetable"
PATTERNS = {
    "half_day": _l("An afternoon: introduction, working groups side by side, closing"),
    "two_days": _l("Two days: talks, forums with another content each day, World Café"),
}


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return page(found)


@pages.post(f"{ADDRESS}/pattern")
@writes
def pattern(lang: str, uuid: UUID) -> Any:
    """Set one of the programmes to start from; the page after it can put back what stood there."""
    chosen, replace = request.form.get("pattern", ""), "replace" in request.form
    kept = stood(load_conference(who(), uuid))

    def save() -> Conference:
        return services.begin_with(who(), uuid, version(), chosen, replace=replace)

    outcome = attempt(save)
    if not outcome.saved:
        return page(load_conference(who(), uuid), outcome), outcome.status
    if kept:
        return render_template(
            "conferences/programme/replaced.html", conference=outcome.saved, kept=kept
        )
    flash(_("Saved."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.post(f"{ADDRESS}/public")
@writes
def publish(lang: str, uuid: UUID) -> Any:
    public = request.form.get("public") == "yes"
    said = _("Everyone sees the programme now.") if public else _("Nobody sees it on the web now.")
    save = lambda: services.publish(who(), uuid, version(), public=public)  # noqa: E731
    return _done(lang, uuid, save, said)


@pages.get(f"{ADDRESS}/items/new")
def new(lang: str, uuid: UUID) -> Any:
    found = _mine(uuid)
    after = as_uuid(request.args.get("after"))
    before = next((each for each in found.agenda if each.uuid == after), None)
    day = before.day.uuid if before and before.day else as_uuid(request.args.get("day"))
    block = before.block if before else None
    return _form(found, None, {"day": str(day) if day else "", "block": block}, after=after)


@pages.post(f"{ADDRESS}/items/new")
@writes
def new_submitted(lang: str, uuid: UUID) -> Any:
    after = as_uuid(request.form.get("after"))
    outcome = attempt(lambda: services.add(who(), uuid, version(), given(_schema()), after))
    if not outcome.saved:
        found = load_conference(who(), uuid)
        return _form(found, None, typed(_schema()), outcome, after=after), outcome.status
    flash(_("Saved."), "success")
    return redirect(_at(lang, uuid, outcome.saved.uuid))


@pages.get(f"{ADDRESS}/items/<uuid:item>")
def edit(lang: str, uuid: UUID, item: UUID) -> Any:
    found = _mine(uuid)
    row = _row(found, item)
    return _form(found, row, _schema().dump(row))


@pages.post(f"{ADDRESS}/items/<uuid:item>")
@writes
def edit_submitted(lang: str, uuid: UUID, item: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), item, given(_schema())))
    if not outcome.saved:
        found = load_conference(who(), uuid)
        return _form(found, _row(found, item), typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(_at(lang, uuid, item))


@pages.post(f"{ADDRESS}/items/<uuid:item>/step")
@writes
def step(lang: str, uuid: UUID, item: UUID) -> Any:
    """Move an item up or down; the button that was pressed has the focus again afterwards."""
    by = -1 if request.form.get("by") == "up" else 1

    def save() -> bool:
        services.step(who(), uuid, version(), item, by)
        return True

    return _moved(lang, uuid, item, save, by="up" if by < 0 else "down")


@pages.post(f"{ADDRESS}/place")
@writes
def place(lang: str, uuid: UUID) -> Any:
    """Put an item where it was dragged."""
    item = as_uuid(request.form.get("dragged"))
    if item is None:
        raise NotFound
    day, before = (as_uuid(request.form.get(name)) for name in ("day", "before"))

    def save() -> bool:
        services.place(who(), uuid, version(), item, day, before)
        return True

    return _moved(lang, uuid, item, save)


@pages.post(f"{ADDRESS}/items/<uuid:item>/delete")
@writes
def delete(lang: str, uuid: UUID, item: UUID) -> Any:
    """Delete an item; the page that says so holds it, so that it can be put back."""
    found = _mine(uuid)
    row = _row(found, item)
    place, title = found.agenda.index(row), row.title
    before = found.agenda[place - 1].uuid if place else None
    kept = as_sent(row)
    outcome = attempt(lambda: services.delete(who(), uuid, version(), item))
    if not outcome.saved:
        return page(load_conference(who(), uuid), outcome), outcome.status
    return render_template(
        "conferences/programme/deleted.html",
        conference=outcome.saved,
        title=title,
        kept=[*kept, ("after", before)] if before else kept,
    )


@pages.get(f"{ADDRESS}/programme.pdf")
def pdf(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    made = printing.pdf(found, i18n.local_now())
    return _file(made, "application/pdf", _name(found, "pdf"))


@pages.get(f"{ADDRESS}/programme.xlsx")
def xlsx(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return _file(printing.xlsx(found), printing.XLSX, _name(found, "xlsx"))


@pages.get(f"{ADDRESS}/programme.ics")
def calendar(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return as_calendar(calendars.of_programme(found, i18n.local_now()))


def page(found: Conference, outcome: Outcome | None = None) -> str:
    """Draw the timetable; `outcome` is what was refused."""
    sheets = timetable.of(found)
    return render_template(
        "conferences/programme/overview.html",
        conference=found,
        left=carried.lines(found),
        figures=_figures(found),
        topics=topics.by_item(found),
        looks_back=carried.looks_back(found),
        sheets=sheets,
        count=timetable.count(sheets),
        formats=dict(FORMATS),
        patterns={
            key: name for key, name in PATTERNS.items() if len(found.days) >= patterns.DAYS[key]
        },
        editable=may("conference.lead", found) and not found.archived_on,
        refused=[text for texts in outcome.errors.values() for text in texts] if outcome else [],
        overtaken=outcome is not None and outcome.theirs is not None,
        moved=as_uuid(request.args.get("moved")),
        by=request.args.get("by", ""),
    )


def _figures(found: Conference) -> dict[str, int]:
    """Return how many needs are noted in each field of action, for those who may read them."""
    if not may("network.read"):
        return {}
    return Counter(each.field for each in needs.needed(found.region))


def _done(lang: str, uuid: UUID, save: Callable[[], Any], said: str) -> Any:
    outcome = attempt(save)
    if not outcome.saved:
        return page(load_conference(who(), uuid), outcome), outcome.status
    flash(said, "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


def _moved(lang: str, uuid: UUID, item: UUID, save: Callable[[], Any], by: str = "") -> Any:
    """Move an item and say when it begins now."""
    outcome = attempt(save)
    found = load_conference(who(), uuid)
    if not outcome.saved:
        return page(found, outcome), outcome.status
    lines = [line for each in timetable.of(found) for line in each.lines]
    line = next(each for each in lines if each.item.uuid == item)
    if line.starts:
        begins = i18n.clock(line.starts)
        flash(_("%(title)s begins at %(time)s now.", title=line.item.title, time=begins), "success")
    if by:  # what has the focus is scrolled to; an anchor would keep it from getting it
        return redirect(url_for(".overview", lang=lang, uuid=uuid, moved=item, by=by))
    return redirect(_at(lang, uuid, item))


def _form(
    found: Conference,
    row: AgendaItem | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
    after: UUID | None = None,
) -> str:
    schema, offered = _schema(), choices(who(), found, row, data)
    made = sheet(schema, SECTIONS, data, offered, outcome)
    if row is not None:
        made = beside(made, schema, Versioned(row, found.version), offered, outcome)
    refused = outcome is not None and outcome.theirs is None
    return render_template(
        "conferences/programme/item.html",
        sheet=made,
        conference=found,
        row=row,
        version=version() if refused else found.version,
        overtaken=outcome is not None and outcome.theirs is not None,
        after=after,
    )


def _row(found: Conference, item: UUID) -> AgendaItem:
    for each in found.agenda:
        if each.uuid == item:
            return each
    raise NotFound


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    return found


def _schema() -> TimedItemSchema:
    return TimedItemSchema(audience="office")


def _at(lang: str, uuid: UUID, item: UUID) -> str:
    return url_for(".overview", lang=lang, uuid=uuid, _anchor=f"item-{item}")


def _name(found: Conference, form: str) -> str:
    return of_example(f"programm.{form}", example=found.example)


def _file(content: bytes, kind: str, name: str) -> Any:
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
