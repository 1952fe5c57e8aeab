"""How a task stands: what is missing, what was last said of it, whether it is late. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FRESH = timedelta(days=100)  # a report says nothing of how things are after more than a quarter


class State(StrEnum):
    """What a page may say of a task. What nobody answers is `SILENT`, whatever it was before."""

    DONE = "done"  # the office has closed it
    DROPPED = "dropped"
    DECLINED = "declined"
    NOT_AGREED = "not_agreed"
    SILENT = "silent"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    STUCK = "stuck"
    SAID_DONE = "said_done"  # its organisation says so


class Lack(StrEnum):
    """What a task needs to be agreed."""

    ACTOR = "actor"
    COMMITMENT = "commitment"
    DUE = "due"
    MEASURE = "measure"


@dataclass(frozen=True)
class Promise:
    """A task as far as it was promised; `ending` is "done", "dropped" or None."""

    responsible: bool
    commitment: str
    due: date | None
    measure: str | None
    ending: str | None = None


@dataclass(frozen=True)
class Said:
    """The last report on a task: the day, and one of the lights."""

    on: date
    light: str


def lacking(promise: Promise) -> list[Lack]:
    """Return what is missing for a task to be agreed."""
    there = {
        Lack.ACTOR: promise.responsible,
        Lack.COMMITMENT: promise.commitment == "yes",
        Lack.DUE: promise.due is not None,
        Lack.MEASURE: bool((promise.measure or "").strip()),
    }
    return [lack for lack, known in there.items() if not known]


def state(promise: Promise, said: Said | None, asked_on: date | None, today: date) -> State:
    """Return how a task stands; `asked_on` is when its organisation was last asked how far it is.

    What was said before that does not hold any more, and no report holds for more than FRESH.
    """
    if promise.ending:
        return State(promise.ending)
    if said is not None and said.light == "done":
        return State.SAID_DONE
    if promise.commitment == "no":
        return State.DECLINED
    if lacking(promise):
        return State.NOT_AGREED
    if said is None:
        return State.SILENT
    old = today - said.on > FRESH or (asked_on is not None and said.on < asked_on)
    return State.SILENT if old else State(said.light)


def is_late(promise: Promise, said: Said | None, today: date) -> bool:
    """Return whether the last day of a task has passed and nobody says that it is done."""
    closed = promise.ending or (said is not None and said.light == "done")
    return not closed and promise.due is not None and promise.due < today


def quarter(day: date) -> str:
    """Return the quarter of a day: "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def code(first_day: date | None, number: int, *, letter: str = "") -> str:
    """Return the number by which people name a task: month of its conference and number in it."""
    begins = f"{first_day:%Y-%m}/" if first_day else ""
    return f"{begins}{letter}{number:02}"
