"""The door: who is expected, who is there; by list, name, badge, from several devices."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.attendance import queries, services
from registry.conferences.attendance.queries import Person
from registry.conferences.attendance.schemas import WalkInSchema
from registry.conferences.attendance.services import Arrival
from registry.conferences.marks import marks
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.conferences.replies.models import Place
from registry.conferences.replies.pages import today
from registry.conferences.replies.schemas import PersonSchema
from registry.conferences.replies.told import Person as Named
from registry.core.editing import Outcome, attempt, submitted
from registry.core.forms import Control, Option, RecordSchema, controls, load_form, read_form
from registry.core.listing import Listing, one_of, page_number
from registry.core.text import fold
from registry.core.web import writes

pages = Blueprint("conference_attendance", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/day"
PER_PAGE = 200
MOST = 100  # characters of what is looked for
SHOW = {"missing": _l("not here yet"), "here": _l("already here")}
SORTS = ("name", "organisation")


@dataclass(frozen=True)
class Counts:
    """How many are there on a day, of how many expected, and on how many seats."""

    here: int
    expected: int
    walk_ins: int
    deputies: int
    seats: int | None

    @property
    def too_many(self) -> int:
        """Return how many chairs are short."""
        return max(0, self.here - self.seats) if self.seats is not None else 0


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    return _page(load_conference(who(), uuid))


@pages.post(f"{ADDRESS}/find")
@writes
def find(lang: str, uuid: UUID) -> Any:
    """Look for somebody by name; a POST, because a name does not belong into an address."""
    return _page(load_conference(who(), uuid), looked_for=request.form.get("q", "")[:MOST])


@pages.get(f"{ADDRESS}/now")
def now(lang: str, uuid: UUID) -> Any:
    """Return the list alone, for pages that keep themselves up to date."""
    found = load_conference(who(), uuid)
    return render_template("conferences/attendance/_list.html", **_shown(found))


@pages.post(f"{ADDRESS}/arrive")
@writes
def arrive(lang: str, uuid: UUID) -> Any:
    """Note that somebody of the list is there."""
    day = day_of(load_conference(who(), uuid))
    return _back(uuid, services.arrive(who(), uuid, _participant(), day))


@pages.post(f"{ADDRESS}/leave")
@writes
def leave(lang: str, uuid: UUID) -> Any:
    services.leave(who(), uuid, _participant(), day_of(load_conference(who(), uuid)))
    flash(_("Taken back."), "success")
    return _back(uuid)


@pages.post(f"{ADDRESS}/scan")
@writes
def scan(lang: str, uuid: UUID) -> Any:
    """Take what a reader of badges types."""
    day, code = day_of(load_conference(who(), uuid)), request.form.get("code", "")[: MOST * 5]
    outcome = attempt(lambda: services.arrive_by_badge(who(), uuid, code, day))
    if outcome.saved:
        return _back(uuid, outcome.saved)
    return _page(load_conference(who(), uuid), outcome=outcome), outcome.status


@pages.get(f"{ADDRESS}/new")
def new(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return _form(found, WalkInSchema())


@pages.post(f"{ADDRESS}/new")
@writes
def entered(lang: str, uuid: UUID) -> Any:
    """Enter somebody who came without having said so."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    day = day_of(found)

    def save() -> Arrival:
        data = load_form(WalkInSchema(), submitted())
        return services.walk_in(who(), uuid, data.pop("organisation", "") or "", _named(data), day)

    outcome = attempt(save)
    if outcome.saved:
        return _back(uuid, outcome.saved)
    return _form(load_conference(who(), uuid), WalkInSchema(), outcome), outcome.status


@pages.get(f"{ADDRESS}/instead/<uuid:participant>")
def instead(lang: str, uuid: UUID, participant: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return _form(found, PersonSchema(), absent=participant)


@pages.post(f"{ADDRESS}/instead/<uuid:participant>")
@writes
def came_instead(lang: str, uuid: UUID, participant: UUID) -> Any:
    """Enter who comes instead of somebody."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    day = day_of(found)

    def save() -> Arrival:
        person = _named(load_form(PersonSchema(), submitted()))
        return services.stand_in(who(), uuid, participant, person, day)

    outcome = attempt(save)
    if outcome.saved:
        return _back(uuid, outcome.saved)
    again = load_conference(who(), uuid)
    return _form(again, PersonSchema(), outcome, absent=participant), outcome.status


@pages.get("/<lang>/badge/<uuid:badge>")
def badge(lang: str, badge: UUID) -> Any:
    """Show whose badge was read, with a button for each day; reading alone notes nothing."""
    row = queries.load_by_badge(badge)
    found = load_conference(who(), row.conference.uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    person = next((each for each in _roll(found) if each.uuid == badge), None)
    return render_template(
        "conferences/attendance/badge.html",
        conference=found,
        person=person,
        uuid=badge,
        today=today(),
        marks=marks(found.groups),
        groups={each.uuid: each for each in found.groups},
    )


def _page(found: Conference, *, looked_for: str = "", outcome: Outcome | None = None) -> str:
    errors = outcome.errors if outcome else {}
    return render_template(
        "conferences/attendance/overview.html",
        **_shown(found, looked_for),
        looked_for=looked_for,
        code_errors=errors.get("code", ()),
        scanning=one_of("reads", ("1",)),
        today=today(),
    )


def _shown(found: Conference, looked_for: str = "") -> dict[str, Any]:
    """Return what the list of a day shows."""
    day, people = day_of(found), _roll(found)
    show, sort = one_of("show", SHOW), one_of("sort", SORTS) or "name"
    rows = [each for each in people if _is_wanted(each, day, show, fold(looked_for))]
    if sort == "organisation":
        rows.sort(key=lambda each: (fold(each.organisation), each.order))
    page = page_number()
    some = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "conference": found,
        "day": day,
        "show": show,
        "shows": SHOW,
        "listing": Listing(".overview", some, len(rows), page, PER_PAGE, sort),
        "counts": _counts(found, people, day),
        "marks": marks(found.groups),
        "groups": {each.uuid: each for each in found.groups},
        "mine": may(Permission.CONFERENCE_INVITE.value, found),
    }


def _counts(found: Conference, people: list[Person], day: date) -> Counts:
    here = [each for each in people if day in each.days]
    return Counts(
        here=len(here),
        expected=sum(each.place == Place.SEAT and not each.walk_in for each in people),
        walk_ins=sum(each.walk_in for each in here),
        deputies=sum(each.deputy for each in here),
        seats=found.seats,
    )


def _is_wanted(person: Person, day: date, show: str, words: str) -> bool:
    if show and (show == "here") != (day in person.days):
        return False
    said = fold(f"{person.name} {person.organisation} {person.function} {person.stands_for}")
    return all(word in said for word in words.split())


def _roll(found: Conference) -> list[Person]:
    return queries.roll(found, inside=in_the_office(who(), found))


def day_of(found: Conference) -> date:
    """Return the day that is asked for; else today, or the one that is next or was last."""
    days = [each.day for each in found.days]
    asked = request.values.get("day", "")
    known = {each.isoformat(): each for each in days}
    if asked in known:
        return known[asked]
    to_come = [each for each in days if each >= today()]
    return min(to_come, default=max(days, default=today()))


def _participant() -> UUID:
    try:
        return UUID(request.form.get("participant", ""))
    except ValueError:
        return UUID(int=0)


def _named(data: dict[str, Any]) -> Named:
    return Named(**{name: (value or "").strip() for name, value in data.items()})


def _back(uuid: UUID, arrival: Arrival | None = None) -> Any:
    if arrival:
        name = str(arrival.participant) or arrival.participant.invitation.organisation
        words = _("Already here: %(name)s") if arrival.again else _("Here: %(name)s")
        flash(words % {"name": name}, "info" if arrival.again else "success")
    lang = (request.view_args or {})["lang"]
    show, sort = one_of("show", SHOW) or None, one_of("sort", SORTS) or None
    page = page_number() if "page" in request.args else None
    day, reads = request.values.get("day"), request.form.get("reads") and "1"
    return redirect(
        url_for(
            ".overview", lang=lang, uuid=uuid, day=day, show=show, sort=sort, page=page, reads=reads
        )
    )


def _form(
    found: Conference,
    schema: RecordSchema,
    outcome: Outcome | None = None,
    *,
    absent: UUID | None = None,
) -> str:
    row = queries.load_participant(found, absent) if absent else None
    data = read_form(schema, submitted()) if outcome else {}
    return render_template(
        "conferences/attendance/person.html",
        conference=found,
        day=day_of(found),
        absent=row,
        controls=_inputs(found, schema, data, outcome),
    )


def _inputs(
    found: Conference, schema: RecordSchema, data: dict[str, Any], outcome: Outcome | None
) -> list[Control]:
    def organisations(_kind: str) -> list[Option]:
        return [(name, name) for name in queries.names(found)]

    return controls(schema, data, outcome.errors if outcome else {}, organisations)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
