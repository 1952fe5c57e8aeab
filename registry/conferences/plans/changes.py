"""Putting loaded data into a conference; ids of others are checked like the conference itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.conferences.holders import chosen, known
from registry.conferences.models import AgendaItem, Conference, Day, Duty, DutyKind, ItemKind
from registry.conferences.plans.queries import invited, told_of_present
from registry.conferences.replies import closing
from registry.conferences.rows import in_order
from registry.conferences.series.queries import load_series
from registry.conferences.venues.queries import load_venue
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Invalid, NotFound

# The framework's agenda (Tagungsordnung); letters and minutes are German.
AGENDA = (
    (ItemKind.LOOK_BACK, "Rückblick: Was seit der letzten Konferenz geschehen ist"),
    (ItemKind.SITUATION, "Situationsanalyse"),
    (ItemKind.COORDINATION, "Koordination"),
    (ItemKind.OFFERS, "Angebotsübersicht"),
    (ItemKind.INFORMATION, "Informationsaustausch"),
    (ItemKind.NEXT_DATE, "Nächster Termin"),
)


def default_agenda() -> list[AgendaItem]:
    return [
        AgendaItem(kind=kind.value, title=title, position=number)
        for number, (kind, title) in enumerate(AGENDA)
    ]


def fill(who: Who, row: Conference, data: Mapping[str, Any]) -> None:
    """Set what `data` names of a plan."""
    for name, value in data.items():
        setter = _SETTERS.get(name)
        if setter:
            setter(who, row, value)
        else:
            setattr(row, name, value)
    check_deadline(row)


def check_deadline(row: Conference) -> None:
    if row.deadline and row.first_day and row.deadline >= row.first_day:
        raise Invalid({"deadline": [_("The deadline lies after the first day.")]})


def _set_series(who: Who, row: Conference, value: Any) -> None:
    row.series = _chosen(who, row, row.series, value, load_series, "series")


def _set_venue(who: Who, row: Conference, value: Any) -> None:
    row.venue = _chosen(who, row, row.venue, value, load_venue, "venue")


def _chosen(
    who: Who,
    row: Conference,
    present: Any,
    value: Any,
    load: Callable[[Who, UUID], Any],
    name: str,
) -> Any:
    """Return what a form chose; something of another register does not exist."""
    uuid = chosen(value)
    if not uuid.int:
        return None
    if present and present.uuid == uuid:
        return present
    try:
        found = load(who, uuid)
    except NotFound:
        found = None
    if found is None or found.region != row.region:
        raise Invalid({name: [_("This entry does not exist.")]})
    return found


def _set_days(_who: Who, row: Conference, rows: Sequence[Mapping[str, Any]]) -> None:
    for number, each in enumerate(rows):
        if each["starts"] >= each["ends"]:
            raise Invalid({"days": {number: {"ends": [_("The end lies before the start.")]}}})
        if any(other["day"] == each["day"] for other in rows[:number]):
            raise Invalid({"days": {number: {"day": [_("This day is in the list already.")]}}})
    set_days(row, sorted((each["day"], each["starts"], each["ends"]) for each in rows))


def set_days(row: Conference, wanted: Sequence[tuple[date, time, time]]) -> None:
    """Set the days; where their number stays, each keeps its row, which calendars and items know.

    Days are unique: old ones leave and moved ones make room before any gets its new place.
    """
    present = sorted(row.days, key=lambda each: each.day)
    if [(each.day, each.starts, each.ends) for each in present] == list(wanted):
        return
    by_day = {each.day: each for each in present}
    kept = [by_day.get(day) for day, _starts, _ends in wanted]
    if len(present) == len(wanted):
        kept = list(present)
    row.days = [each for each in present if each in kept]
    for number, (each, (day, _starts, _ends)) in enumerate(zip(kept, wanted, strict=True)):
        if each is not None and each.day != day:
            each.day = date.min + timedelta(days=number)
    db.session.flush()
    made = [each or Day() for each in kept]
    for each, (day, starts, ends) in zip(made, wanted, strict=True):
        each.day, each.starts, each.ends = day, starts, ends
    row.days = made


def _set_needs(_who: Who, row: Conference, value: Sequence[str]) -> None:
    row.needs_asked = list(dict.fromkeys(value))


_SETTERS: dict[str, Callable[[Who, Conference, Any], None]] = {
    "series": _set_series,
    "venue": _set_venue,
    "days": _set_days,
    "needs_asked": _set_needs,
}


def set_duties(row: Conference, data: Mapping[str, Mapping[str, Any]]) -> None:
    """Set who has which duty, {kind: {"actor": …, "function": …, "phone": …, "email": …}}."""
    present = {each.kind: each for each in row.duties}
    actors = known(row.region, (each.get("actor") for each in data.values()))
    actors |= {each.actor.uuid: each.actor for each in row.duties if each.actor}
    kept = []
    for kind in DutyKind:
        told = dict(data.get(kind.value) or {})
        uuid = chosen(told.pop("actor", None))
        if uuid.int and uuid not in actors:
            raise Invalid({kind.value: {"actor": [_("This organisation does not exist.")]}})
        if uuid.int or any(told.values()):
            duty = present.get(kind.value) or Duty(kind=kind.value)
            duty.actor = actors.get(uuid)
            for name, value in told.items():
                setattr(duty, name, value)
            kept.append(duty)
    row.duties = kept


def set_programme(row: Conference, data: Mapping[str, Any]) -> None:
    """Set the agenda."""
    if "agenda" in data:
        row.agenda = in_order(row.agenda, data["agenda"], AgendaItem)


@dataclass(frozen=True)
class Announced:
    """What invitations and calendars say of a conference: when and where it is."""

    days: tuple[tuple[date, time, time], ...]
    venue: str

    @classmethod
    def of(cls, row: Conference) -> "Announced":
        days = sorted((each.day, each.starts, each.ends) for each in row.days)
        return cls(tuple(days), str(row.venue.uuid) if row.venue else "")


def note_change(row: Conference, was: Announced, today: date) -> None:
    """Once invitations are out, count what calendars must be told, and note a new first day.

    Links that went out before, on paper too, open as long as the conference is still to come.
    """
    told = Announced.of(row)
    if row.frozen_at is None or told == was:
        return
    row.moved_from = _named_before(row, was, told)
    row.sequence += 1
    row.moved_on = today
    tokens.prolong(closing.PURPOSE, invited(row), closing.lasting(row))


def _named_before(row: Conference, was: Announced, told: Announced) -> date | None:
    """Return the first day that those invited know of, None where it is still the same."""
    known = None if told_of_present(row) else row.moved_from
    if known is None and was.days:
        known = was.days[0][0]
    return known if told.days and known != told.days[0][0] else None
