"""The office writes minutes: begun from what is known, then part by part."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.attendance.queries import attended
from registry.conferences.invitations.wording import HINDRANCES
from registry.conferences.minutes import content, making, queries, sealing, services
from registry.conferences.minutes.approving import leaving
from registry.conferences.minutes.models import Minutes, MinutesState, Objection, Part
from registry.conferences.minutes.posting import queries as posting
from registry.conferences.minutes.schemas import (
    DECIDED,
    OUTCOMES,
    CirculateSchema,
    HeadSchema,
    OutcomeSchema,
    PartSchema,
)
from registry.conferences.minutes.together.queries import last_writer
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n
from registry.core.documents import papers
from registry.core.editing import Outcome, Sheet, attempt, beside, given, sheet, typed, version
from registry.core.forms import Control, RecordSchema
from registry.core.web import writes

pages = Blueprint("conference_minutes", __name__)
ROOM = "/<lang>/office/conferences"
ONE = f"{ROOM}/minutes/<uuid:uuid>"
USUAL = timedelta(days=14)  # for objections, until the office says otherwise
STATES = {
    MinutesState.DRAFT.value: _l("draft"),
    MinutesState.CIRCULATED.value: _l("sent, objections possible"),
    MinutesState.APPROVED.value: _l("approved"),
}


@pages.get(f"{ROOM}/<uuid:uuid>/minutes")
def overview(lang: str, uuid: UUID) -> Any:
    return of_conference(load_conference(who(), uuid))


@pages.get(ONE)
def one(lang: str, uuid: UUID) -> Any:
    return shown(queries.load_minutes(who(), uuid))


@pages.post(f"{ROOM}/<uuid:uuid>/minutes")
@writes
def begin(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.begin(who(), uuid))
    if not outcome.saved:
        return of_conference(load_conference(who(), uuid), outcome), outcome.status
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.post(f"{ONE}/head")
@writes
def head(lang: str, uuid: UUID) -> Any:
    schema = HeadSchema(audience="office")
    return done(
        lang, uuid, lambda: services.change_head(who(), uuid, version(), given(schema)), schema
    )


@pages.get(f"{ONE}/parts/new")
def add(lang: str, uuid: UUID) -> Any:
    found = queries.load_minutes(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return form(found, None, {})


@pages.post(f"{ONE}/parts/new")
@writes
def add_submitted(lang: str, uuid: UUID) -> Any:
    schema = PartSchema(audience="office")
    outcome = attempt(lambda: services.add_part(who(), uuid, given(schema)))
    if not outcome.saved:
        found = queries.load_minutes(who(), uuid)
        return form(found, None, typed(schema), outcome), outcome.status
    return redirect(url_for(".one", lang=lang, uuid=uuid))


@pages.get(f"{ROOM}/minutes/parts/<uuid:uuid>")
def part(lang: str, uuid: UUID) -> Any:
    found = queries.load_part(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found.minutes)
    return form(found.minutes, found, PartSchema(audience="office").dump(found))


@pages.post(f"{ROOM}/minutes/parts/<uuid:uuid>")
@writes
def part_submitted(lang: str, uuid: UUID) -> Any:
    schema = PartSchema(audience="office")
    both = "both" in request.form
    outcome = attempt(lambda: services.write_part(who(), uuid, version(), given(schema), both=both))
    if not outcome.saved:
        found = queries.load_part(who(), uuid)
        return form(found.minutes, found, typed(schema), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".one", lang=lang, uuid=outcome.saved.minutes.uuid))


@pages.post(f"{ROOM}/minutes/parts/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete_part(who(), uuid, version()))
    if not outcome.saved:
        return shown(queries.load_part(who(), uuid).minutes, outcome), outcome.status
    flash(_("Deleted."), "success")
    return redirect(url_for(".one", lang=lang, uuid=outcome.saved.uuid))


def done(
    lang: str,
    uuid: UUID,
    act: Callable[[], Any],
    schema: RecordSchema | None = None,
    said: Callable[[Any], str] | None = None,
) -> Any:
    """Do something with minutes; where it is refused, their page says why."""
    outcome = attempt(act)
    if not outcome.saved:
        return shown(queries.load_minutes(who(), uuid), outcome, schema), outcome.status
    flash(said(outcome.saved) if said else _("Saved."), "success")
    return redirect(url_for(".one", lang=lang, uuid=uuid))


def of_conference(found: Conference, outcome: Outcome | None = None) -> str:
    known = queries.of_conference(found)
    return _page(found, known[0] if known else None, outcome)


def shown(
    minutes: Minutes,
    outcome: Outcome | None = None,
    schema: RecordSchema | None = None,
    about: UUID | None = None,
) -> str:
    """Draw minutes; `schema` is the form that was refused, `about` the objection it was about."""
    return _page(minutes.conference, minutes, outcome, schema, about)


def _page(
    found: Conference,
    minutes: Minutes | None,
    outcome: Outcome | None = None,
    schema: RecordSchema | None = None,
    about: UUID | None = None,
) -> str:
    kind = type(schema) if schema else None
    elsewhere = outcome if kind is None or outcome is None or outcome.theirs is not None else None
    return render_template(
        "conferences/minutes/overview.html",
        conference=found,
        minutes=minutes,
        outcome=elsewhere,
        mine=may(Permission.CONFERENCE_MINUTES.value, found),
        states=STATES,
        outcomes=OUTCOMES,
        recorded=minutes is None or attended(found, inside=False).recorded,
        **(_drawn(minutes, outcome, kind, about) if minutes else {}),
    )


def _drawn(
    minutes: Minutes, outcome: Outcome | None, kind: type[RecordSchema] | None, about: UUID | None
) -> dict[str, Any]:
    paper, mine = making.paper_of(minutes), may(Permission.CONFERENCE_MINUTES.value, minutes)
    told = mine and minutes.state != MinutesState.DRAFT
    usual = {"object_until": (today() + USUAL).isoformat()}
    return {
        "paper": paper,
        "blocks": papers.told(paper.blocks),
        "intact": minutes.content is not None and sealing.digest(minutes.content) == minutes.digest,
        "head": _sheet(HeadSchema, kind, outcome, {"taken_by": minutes.taken_by}),
        "circulating": _sheet(CirculateSchema, kind, outcome, usual),
        "objections": [
            (each, _deciding(each, outcome if about == each.uuid else None))
            for each in queries.objections(minutes)
        ],
        "by_letter": posting.by_letter(who(), minutes) if told else None,
        "hindrances": HINDRANCES,
        "supplements": [
            each
            for each in queries.of_conference(minutes.conference)
            if each.supplements_id == minutes.id
        ],
    }


def _sheet(
    wanted: type[RecordSchema],
    refused: type[RecordSchema] | None,
    outcome: Outcome | None,
    data: Mapping[str, Any],
) -> Sheet:
    schema = wanted(audience="office")
    if refused is not wanted:
        return sheet(schema, {"": ""}, data, lambda _kind: ())
    return sheet(schema, {"": ""}, typed(schema), lambda _kind: (), outcome)


def _deciding(row: Objection, outcome: Outcome | None) -> list[Control]:
    schema = OutcomeSchema(audience="office")
    said = row.outcome if row.outcome in dict(DECIDED) else None
    data = typed(schema) if outcome else {"outcome": said, "answer": row.answer}
    return sheet(schema, {"": ""}, data, lambda _kind: (), outcome).controls


def form(
    minutes: Minutes,
    row: Part | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
    *,
    supplement: bool = False,
) -> str:
    """Draw the form of a part, with what stands on the wall of its group."""
    schema = PartSchema(audience="office")
    made = sheet(schema, {"": ""}, data, lambda _kind: (), outcome)
    if row:
        made = beside(made, schema, row, lambda _kind: (), outcome)
    groups = {each.id: each for each in minutes.conference.groups}
    group = groups.get(row.group_id) if row and row.group_id else None
    return render_template(
        "conferences/minutes/part.html",
        conference=minutes.conference,
        minutes=minutes,
        part=row,
        writer=last_writer(row) if row and made.overtaken else "",
        supplement=supplement,
        sheet=made,
        cards=content.cards(*queries.cards_of(group)) if group else {},
        questions=content.QUESTIONS,
    )


def today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    leaving.init_app(app)
