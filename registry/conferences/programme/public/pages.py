"""Everyone sees the conferences that the office shows, and the programme of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template

from registry.actors.schemas import ANSWERS
from registry.conferences import german
from registry.conferences.calendars.pages import as_calendar
from registry.conferences.decisions import carried
from registry.conferences.documentation.queries import is_published
from registry.conferences.models import Conference
from registry.conferences.programme import calendars, timetable
from registry.conferences.programme.public import queries
from registry.conferences.programme.schemas import FORMATS
from registry.core import i18n
from registry.core.web import public

pages = Blueprint("programmes", __name__)


@dataclass(frozen=True)
class Told:
    """What everyone may know of a conference."""

    uuid: UUID
    title: str
    motto: str | None
    days: list[date]
    venue: str
    directions: str | None
    stop: str | None
    step_free: str
    point: tuple[float, float] | None
    cancelled: bool
    over: bool
    example: bool


@pages.get("/<lang>/conferences")
@public
def listing(lang: str) -> Any:
    today = i18n.local_now().date()
    return render_template(
        "conferences/programme/public_list.html",
        coming=[_told(each) for each in queries.coming(today)],
        past=[_told(each) for each in queries.past(today)],
    )


@pages.get("/<lang>/conferences/<uuid:uuid>")
@public
def detail(lang: str, uuid: UUID) -> Any:
    found = queries.load_public(uuid)
    return render_template(
        "conferences/programme/public.html",
        left=carried.lines(found, whose=False),
        looks_back=carried.looks_back(found),
        conference=_told(found),
        documented=is_published(uuid),
        sheets=[each for each in timetable.of(found) if each.slots],
        formats=dict(FORMATS),
        answers=dict(ANSWERS),
        is_timed=calendars.is_timed,
    )


@pages.get("/<lang>/conferences/<uuid:uuid>/programme.ics")
@public
def calendar(lang: str, uuid: UUID) -> Any:
    return as_calendar(calendars.of_programme(queries.load_public(uuid), i18n.local_now()))


@pages.get("/<lang>/conferences/<uuid:uuid>/items/<uuid:item>.ics")
@public
def calendar_of_item(lang: str, uuid: UUID, item: UUID) -> Any:
    return as_calendar(calendars.of_item(queries.load_public(uuid), item, i18n.local_now()))


def _told(found: Conference) -> Told:
    venue = found.venue
    located = venue is not None and venue.lat is not None and venue.lon is not None
    return Told(
        uuid=found.uuid,
        title=found.title,
        motto=found.motto,
        days=[each.day for each in found.days],
        venue=german.place(venue),
        directions=venue.directions if venue else None,
        stop=venue.stop if venue else None,
        step_free=venue.step_free if venue else "unknown",
        point=(venue.lat, venue.lon) if venue and located else None,  # type: ignore[arg-type]
        cancelled=found.cancelled_on is not None,
        over=found.last_day is not None and found.last_day < i18n.local_now().date(),
        example=found.example,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
