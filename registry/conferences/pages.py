"""The office looks at its conferences, and at one of them: what is ready and what is missing."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.schemas import ANSWERS
from registry.conferences import queries, readiness
from registry.conferences.agenda import points
from registry.conferences.decisions import queries as decisions
from registry.conferences.fate import queries as fate
from registry.conferences.mailing import previews
from registry.conferences.models import Conference
from registry.conferences.plans.schemas import NEEDS
from registry.conferences.readiness import Gap, Plan
from registry.conferences.series import queries as series
from registry.conferences.series.schemas import DUTIES
from registry.core import i18n
from registry.core.editing import Outcome
from registry.core.listing import Listing, one_of, page_number

pages = Blueprint("conferences", __name__)
PER_PAGE = 50
STATES = {
    "planned": _l("planned"),
    "inviting": _l("invitations sent"),
    "held": _l("took place"),
    "cancelled": _l("called off"),
    "archived": _l("archived"),
}
WORDS = {
    Gap.DAYS: _l("No day has been chosen."),
    Gap.OVER: _l("The first day is over, and nobody was invited."),
    Gap.VENUE: _l("No venue has been chosen."),
    Gap.DEADLINE: _l("There is no deadline for answers."),
    Gap.DUTIES: _l("Not every duty has been given."),
    Gap.AGENDA: _l("The agenda is empty."),
    Gap.NO_SEATS: _l("The conference has no seats: whoever accepts will wait."),
    Gap.VENUE_NO_SEATS: _l("The venue has no seats."),
    Gap.VENUE_SMALL: _l("The conference has more seats than the venue."),
    Gap.STEPS: _l("The venue is not known to be free of steps."),
    Gap.GROUPS_SMALL: _l("The working groups hold fewer people than have a seat."),
    Gap.SHORT: _l("Less than three weeks are left until the deadline."),
}


@pages.get("/<lang>/office/conferences")
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    wanted = queries.ConferenceFilter(
        state=one_of("state", STATES), due=one_of("due", queries.DUE), sort=one_of("sort", sorts)
    )
    page = page_number()
    rows, total = queries.office_list(who(), wanted, today(), page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort or "-day"),
        states=STATES,
        wanted=wanted,
        waiting=[each for each in series.listed(who(), today()) if each.rhythm.is_waiting],
    )


@pages.get("/<lang>/office/conferences/<uuid:uuid>")
def plan(lang: str, uuid: UUID) -> Any:
    return shown_plan(uuid)


def shown_plan(uuid: UUID, outcome: Outcome | None = None) -> str:
    """Return the page of a conference; `outcome` is what was refused there."""
    found = queries.load_conference(who(), uuid)
    told = _plan(found)
    years = sorted({day.year + near for day in told.days for near in (0, 1)})
    return render_template(
        "conferences/plan.html",
        conference=found,
        state=found.state(today()),
        gaps=[(gap, WORDS[gap]) for gap in gaps_of(found)],
        obstacles=readiness.obstacles(told, series.almanac(found.region, *years)),
        duties=[(kind, name, _duty(found, kind)) for kind, name in DUTIES],
        left=decisions.open_before(found),
        needs=dict(NEEDS),
        answers=dict(ANSWERS),
        invited=fate.somebody_invited(found),
        told=fate.told_of_cancelling(found),
        telling=_telling(found),
        refused=[text for texts in outcome.errors.values() for text in texts] if outcome else [],
        overtaken=outcome is not None and outcome.theirs is not None,
    )


def gaps_of(found: Conference) -> list[Gap]:
    """Return what the plan of a conference lacks today."""
    return readiness.gaps(_plan(found), today())


def _telling(found: Conference) -> previews.Standing | None:
    """Return who still has to be told that a conference is moved or called off."""
    changed = found.moved_on is not None or found.cancelled_on is not None
    return previews.standing(found, today()) if changed and found.frozen_at else None


def _plan(found: Conference) -> Plan:
    venue = found.venue
    return Plan(
        days=[each.day for each in found.days],
        deadline=found.deadline,
        seats=found.seats,
        duties=sum(each.actor_id is not None for each in found.duties),
        items=len(found.agenda),
        groups=[(each.minimum, each.maximum) for each in found.groups],
        venue=venue is not None,
        venue_seats=venue.seats if venue else None,
        step_free=venue.step_free if venue else "unknown",
        invited=found.frozen_at is not None,
    )


def _duty(found: Conference, kind: str) -> Any:
    return next((each for each in found.duties if each.kind == kind), None)


def today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_filter(points, "points")
