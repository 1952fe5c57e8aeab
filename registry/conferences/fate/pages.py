"""The office moves a conference, calls it off, archives it; same blueprint as `conferences`."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.fate import services
from registry.conferences.fate.schemas import CancelSchema, MoveSchema
from registry.conferences.models import Conference
from registry.conferences.pages import pages, shown_plan, today
from registry.conferences.queries import load_conference
from registry.conferences.series import queries as series
from registry.core.editing import Outcome, attempt, given, sheet, typed, version
from registry.core.forms import RecordSchema
from registry.core.web import writes


@pages.get("/<lang>/office/conferences/<uuid:uuid>/move")
def move(lang: str, uuid: UUID) -> Any:
    return _move(_mine(uuid), {})


@pages.post("/<lang>/office/conferences/<uuid:uuid>/move")
@writes
def move_submitted(lang: str, uuid: UUID) -> Any:
    schema = MoveSchema(audience="office")

    def save() -> Conference:
        told = given(schema)
        return services.move(who(), uuid, version(), told["first_day"], told["deadline"], today())

    outcome = attempt(save)
    if not outcome.saved:
        return _move(load_conference(who(), uuid), typed(schema), outcome), outcome.status
    flash(_("Moved."), "success")
    return redirect(url_for("conferences.plan", lang=lang, uuid=uuid))


@pages.get("/<lang>/office/conferences/<uuid:uuid>/cancel")
def cancel(lang: str, uuid: UUID) -> Any:
    return _asked("conferences/plans/cancel.html", CancelSchema, _mine(uuid), {})


@pages.post("/<lang>/office/conferences/<uuid:uuid>/cancel")
@writes
def cancel_submitted(lang: str, uuid: UUID) -> Any:
    schema = CancelSchema(audience="office")
    outcome = attempt(
        lambda: services.cancel(who(), uuid, version(), given(schema)["reason"], today())
    )
    if outcome.saved:
        return redirect(url_for("conferences.plan", lang=lang, uuid=uuid))
    found, said = load_conference(who(), uuid), typed(schema)
    page = _asked("conferences/plans/cancel.html", CancelSchema, found, said, outcome)
    return page, outcome.status


@pages.post("/<lang>/office/conferences/<uuid:uuid>/reinstate")
@writes
def reinstate(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.reinstate(who(), uuid))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/archive")
@writes
def archive(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.archive(who(), uuid, version(), today()))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/restore")
@writes
def restore(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.restore(who(), uuid))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    def gone() -> bool:
        services.delete(who(), uuid, version())
        return True

    outcome = attempt(gone)
    if not outcome.saved:
        return shown_plan(uuid, outcome), outcome.status
    flash(_("Deleted."), "success")
    return redirect(url_for("conferences.listing", lang=lang))


def _done(lang: str, uuid: UUID, act: Callable[[], Conference]) -> Any:
    """Do what takes one click; where that is refused, the plan says why."""
    outcome = attempt(act)
    if not outcome.saved:
        return shown_plan(uuid, outcome), outcome.status
    return redirect(url_for("conferences.plan", lang=lang, uuid=uuid))


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_EDIT, found)
    return found


def _move(found: Conference, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    days = series.good_days(found.region, found, found.first_day or today(), today())
    shown = {"days": days, "known": series.knows_school(found.region, days)}
    return _asked("conferences/plans/move.html", MoveSchema, found, data, outcome, **shown)


def _asked(
    template: str,
    kind: type[RecordSchema],
    found: Conference,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
    **shown: Any,
) -> str:
    choices = Choices(who(), found.region, data)
    return render_template(
        template,
        sheet=sheet(kind(audience="office"), {"": ""}, data, choices, outcome),
        overtaken=outcome is not None and outcome.theirs is not None,
        conference=found,
        **shown,
    )
