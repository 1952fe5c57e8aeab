"""The path as every page of a conference shows it: names, words, and the pages of each step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.conferences.minutes.models import MinutesState
from registry.conferences.models import Conference
from registry.conferences.pages import gaps_of, today
from registry.conferences.path import queries
from registry.conferences.path.steps import Known, Mark, Step, marks
from registry.core import i18n

NAMES = {
    Step.PLAN: _l("Plan"),
    Step.INVITE: _l("Invite"),
    Step.ANSWERS: _l("Answers"),
    Step.GROUPS: _l("Groups"),
    Step.DAY: _l("Day"),
    Step.MINUTES: _l("Minutes"),
    Step.MEASURES: _l("Measures"),
}
# The first page of a step is where the path leads; None is shown by the step's own pages.
PAGES: dict[Step, dict[str, Any]] = {
    Step.PLAN: {
        "conferences.plan": _l("Plan"),
        "conference_topics.overview": _l("Topics"),
        "conference_programme.overview": _l("Programme"),
    },
    Step.INVITE: {
        "conference_invitations.listing": _l("Invitations"),
        "conference_letters.choose": _l("Letters"),
        "conference_mailing.overview": _l("E-mail"),
    },
    Step.ANSWERS: {"conference_replies.overview": _l("Answers")},
    Step.GROUPS: {
        "conference_groups.overview": _l("Working groups"),
        "conference_cafe.listing": _l("World Café"),
    },
    Step.DAY: {
        "conference_attendance.overview": _l("At the door"),
        "conference_wall.board": _l("Wall"),
    },
    Step.MINUTES: {
        "conference_minutes.overview": _l("Minutes"),
        "conference_documentation.overview": _l("Documentation"),
    },
    Step.MEASURES: {
        "conference_tasks.overview": _l("Decisions and tasks"),
        "conference_afterwards.overview": _l("Afterwards"),
    },
}
MINUTES = {
    "": _l("not begun"),
    MinutesState.DRAFT: _l("draft"),
    MinutesState.CIRCULATED: _l("open to objections"),
    MinutesState.APPROVED: _l("approved"),
}


@dataclass(frozen=True)
class Page:
    """A page of a step; `here` is whether it, or one below it, is being read."""

    endpoint: str
    name: Any

    @property
    def here(self) -> bool:
        return request.blueprint == self.endpoint.partition(".")[0]


@dataclass(frozen=True)
class Shown:
    """A step as the path draws it."""

    name: Any
    mark: Mark
    said: str
    pages: tuple[Page, ...]

    @property
    def here(self) -> bool:
        return any(page.here for page in self.pages)


@dataclass(frozen=True)
class Path:
    state: str
    steps: list[Shown]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages beside this one in its step, none where it has but one."""
        found = next((step.pages for step in self.steps if step.here), ())
        return found if len(found) > 1 else ()


def path_of(conference: Conference) -> Path:
    day = today()
    state = conference.state(day)
    gaps = len(gaps_of(conference)) if state in {"planned", "inviting"} else 0
    known = queries.known(conference, gaps, day)
    steps = [
        Shown(
            NAMES[step],
            mark,
            SAID[step](known, conference),
            tuple(Page(endpoint, name) for endpoint, name in PAGES[step].items()),
        )
        for step, mark in marks(known, conference.first_day, conference.last_day, day)
    ]
    return Path(state, steps)


def _plan(known: Known, _conference: Conference) -> str:
    if not known.gaps:
        return _("complete")
    return ngettext("%(num)s point open", "%(num)s points open", known.gaps)


def _invite(known: Known, _conference: Conference) -> str:
    if not known.invited:
        return _("nobody yet")
    if known.sent == known.invited:
        return ngettext("%(num)s invited", "%(num)s are invited", known.sent)
    return _("%(number)s of %(total)s sent", number=known.sent, total=known.invited)


def _answers(known: Known, _conference: Conference) -> str:
    if not known.sent:
        return _("not asked yet")
    return _("%(number)s of %(total)s", number=known.answered, total=known.sent)


def _groups(known: Known, _conference: Conference) -> str:
    if not known.groups:
        return _("none so far")
    if not known.seated:
        return ngettext("%(num)s group", "%(num)s groups", known.groups)
    return _("%(number)s of %(total)s placed", number=known.placed, total=known.seated)


def _day(known: Known, conference: Conference) -> str:
    if known.came:
        return ngettext("%(num)s was there", "%(num)s were there", known.came)
    return i18n.short_date(conference.first_day) if conference.first_day else _("no day yet")


def _minutes(known: Known, _conference: Conference) -> str:
    return str(MINUTES[known.minutes])


def _measures(known: Known, _conference: Conference) -> str:
    if known.late:
        return ngettext("%(num)s overdue", "%(num)s are overdue", known.late)
    if known.tasks:
        return ngettext("%(num)s task", "%(num)s tasks", known.tasks)
    return _("none so far")


SAID: dict[Step, Callable[[Known, Conference], str]] = {
    Step.PLAN: _plan,
    Step.INVITE: _invite,
    Step.ANSWERS: _answers,
    Step.GROUPS: _groups,
    Step.DAY: _day,
    Step.MINUTES: _minutes,
    Step.MEASURES: _measures,
}


def init_app(app: Flask) -> None:
    app.add_template_global(path_of, "conference_path")
