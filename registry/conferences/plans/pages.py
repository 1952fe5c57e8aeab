"""The office plans a conference; the views share the blueprint of `conferences`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.conferences.choices import Choices
from registry.conferences.models import Conference, Duty
from registry.conferences.pages import pages, today
from registry.conferences.plans import queries, services
from registry.conferences.plans.schemas import (
    PROGRAMME,
    SECTIONS,
    DutiesSchema,
    NewPlanSchema,
    PlanSchema,
    ProgrammeSchema,
)
from registry.conferences.queries import load_conference
from registry.conferences.series import queries as series
from registry.conferences.series.models import Series
from registry.conferences.series.schemas import DUTIES
from registry.conferences.venues import queries as venues
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import RecordSchema
from registry.core.listing import as_uuid
from registry.core.web import writes
from registry.network import queries as network

TO_ANSWER = timedelta(weeks=3)  # the usual deadline lies so far before the first day


@pages.get("/<lang>/office/conferences/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(NewPlanSchema, region, None, _proposed(region))


@pages.post("/<lang>/office/conferences/new")
@writes
def new_submitted(lang: str) -> Any:
    region, schema = network.region_of(who()), NewPlanSchema(audience="office")
    outcome = attempt(lambda: services.create(who(), region, _with_deadline(given(schema))))
    if not outcome.saved:
        return _form(NewPlanSchema, region, None, typed(schema), outcome), outcome.status
    return _saved(lang, outcome.saved.uuid)


def _with_deadline(data: dict[str, Any]) -> dict[str, Any]:
    """Return a new plan with the usual deadline where none was chosen and it is still to come."""
    first = min((each["day"] for each in data.get("days") or ()), default=None)
    if data.get("deadline") or first is None or first - TO_ANSWER <= today():
        return data
    return {**data, "deadline": first - TO_ANSWER}


def _proposed(region: str) -> dict[str, Any]:
    """Return what a new plan begins with: a good day, and what the last one of the series had."""
    plain = {"deputies": True, "asks_network": True, "overbooking": 0}
    chosen = as_uuid(request.args.get("series"))
    found = series.load_series(who(), chosen) if chosen else _only(region)
    if found is None:
        return plain
    last = series.load_last(found)
    held = PlanSchema(audience="office").dump(last) if last else plain
    first = _day() or next(iter(series.next_days(found, today())), None)
    return {
        **held,
        "title": found.name,
        "motto": None,
        "series": str(found.uuid),
        "days": _shifted(last, first) if first else [],
        "deadline": None,  # follows the day that is chosen
        "template": str(last.uuid) if last else None,
    }


def _only(region: str) -> Series | None:
    """Return the series of a region where there is just one to choose."""
    found = [each for each in series.listed(who(), today()) if each.region == region]
    return series.load_series(who(), found[0].uuid) if len(found) == 1 else None


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _shifted(last: Conference | None, first: date) -> list[dict[str, str]]:
    """Return the days and hours of the last conference from another first day on."""
    if last is None or last.first_day is None:
        return [{"day": first.isoformat(), "starts": "13:00", "ends": "17:00"}]
    return [
        {
            "day": (first + (each.day - last.first_day)).isoformat(),
            "starts": f"{each.starts:%H:%M}",
            "ends": f"{each.ends:%H:%M}",
        }
        for each in last.days
    ]


@pages.get("/<lang>/office/conferences/<uuid:uuid>/edit")
def edit(lang: str, uuid: UUID) -> Any:
    found = _mine(uuid, Permission.CONFERENCE_EDIT)
    return _form(PlanSchema, found.region, found, PlanSchema(audience="office").dump(found))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    schema = PlanSchema(audience="office")
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(schema), today()))
    if not outcome.saved:
        found = load_conference(who(), uuid)
        return _form(PlanSchema, found.region, found, typed(schema), outcome), outcome.status
    return _saved(lang, uuid)


@pages.get("/<lang>/office/conferences/<uuid:uuid>/duties")
def duties(lang: str, uuid: UUID) -> Any:
    found = _mine(uuid, Permission.CONFERENCE_EDIT)
    return _duties(found, DutiesSchema(audience="office").dump(Held.of(found)))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/duties")
@writes
def duties_submitted(lang: str, uuid: UUID) -> Any:
    schema = DutiesSchema(audience="office")
    outcome = attempt(lambda: services.give_duties(who(), uuid, version(), given(schema)))
    if not outcome.saved:
        return _duties(load_conference(who(), uuid), typed(schema), outcome), outcome.status
    return _saved(lang, uuid)


@pages.get("/<lang>/office/conferences/<uuid:uuid>/programme")
def programme(lang: str, uuid: UUID) -> Any:
    found = _mine(uuid, Permission.CONFERENCE_LEAD)
    return _programme(found, ProgrammeSchema(audience="office").dump(found))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/programme")
@writes
def programme_submitted(lang: str, uuid: UUID) -> Any:
    schema = ProgrammeSchema(audience="office")
    outcome = attempt(lambda: services.set_programme(who(), uuid, version(), given(schema)))
    if not outcome.saved:
        return _programme(load_conference(who(), uuid), typed(schema), outcome), outcome.status
    return _saved(lang, uuid)


@dataclass(frozen=True)
class Held:
    """The duties of a conference by their kind, as their form shows them."""

    version: int
    invitation: Duty | None = None
    chair: Duty | None = None
    minutes: Duty | None = None

    @classmethod
    def of(cls, conference: Conference) -> "Held":
        return cls(conference.version, **{each.kind: each for each in conference.duties})


def _mine(uuid: UUID, permission: Permission) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), permission, found)
    return found


def _saved(lang: str, uuid: UUID) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for("conferences.plan", lang=lang, uuid=uuid))


def _form(
    kind: type[RecordSchema],
    region: str,
    row: Conference | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
) -> str:
    schema, choices = kind(audience="office"), _choices(region, row, data)
    made = sheet(schema, SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, schema, row, choices, outcome)
    return render_template("conferences/plans/edit.html", sheet=made, conference=row)


def _choices(region: str, row: Conference | None, data: Mapping[str, Any]) -> Choices:
    """Return what a plan can choose from, and what it has, even if that was archived."""
    offered = {each.uuid: each.name for each in venues.eligible(region)}
    rows = series.listed(who(), today())
    named = {each.uuid: each.name for each in rows if each.region == region}
    if row and row.venue:
        offered[row.venue.uuid] = row.venue.name
    if row and row.series:
        named[row.series.uuid] = row.series.name
    templates = tuple((str(each.uuid), _named(each)) for each in queries.earlier(who(), region))
    others = (
        ("series", tuple((str(key), name) for key, name in named.items())),
        ("venue", tuple((str(key), name) for key, name in offered.items())),
        ("template", templates if row is None else ()),
    )
    return Choices(who(), region, data, others=others)


def _named(conference: Conference) -> str:
    first = conference.first_day
    return f"{conference.title}, {i18n.short_date(first)}" if first else conference.title


def _duties(found: Conference, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    schema = DutiesSchema(audience="office")
    held = tuple(each.actor for each in found.duties)
    choices = Choices(who(), found.region, data, held=held)
    made = sheet(schema, dict(DUTIES), data, choices, outcome)
    made = beside(made, schema, Held.of(found), choices, outcome)
    turns = series.next_turns(found.series, found.first_day) if found.series else {}
    return render_template(
        "conferences/plans/duties.html", sheet=made, conference=found, turns=turns
    )


def _programme(found: Conference, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    schema, choices = ProgrammeSchema(audience="office"), Choices(who(), found.region, data)
    made = sheet(schema, PROGRAMME, data, choices, outcome)
    made = beside(made, schema, found, choices, outcome)
    return render_template("conferences/plans/programme.html", sheet=made, conference=found)
