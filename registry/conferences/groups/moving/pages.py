"""The page of one person: move them by hand, or say where they must not be; same blueprint."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.groups import queries
from registry.conferences.groups.moving import services
from registry.conferences.groups.pages import HERE, chosen_round, pages
from registry.conferences.groups.schemas import PLACE, ExclusionSchema, MoveSchema
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core.editing import Outcome, Sheet, attempt, given, sheet, typed
from registry.core.errors import NotFound
from registry.core.forms import RecordSchema
from registry.core.listing import as_uuid
from registry.core.web import writes

PERSON = f"{HERE}/people/<uuid:person>"


@pages.get(PERSON)
def person(lang: str, uuid: UUID, person: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    return _page(found, person)


@pages.post(PERSON)
@writes
def move(lang: str, uuid: UUID, person: UUID) -> Any:
    seen = request.form.get("seen", "")
    outcome = attempt(lambda: services.move(who(), uuid, person, given(_schema(MoveSchema)), seen))
    if not outcome.saved:
        return _page(load_conference(who(), uuid), person, moved=outcome), outcome.status
    return _saved(lang, uuid, person)


@pages.post(f"{PERSON}/exclude")
@writes
def exclude(lang: str, uuid: UUID, person: UUID) -> Any:
    outcome = attempt(
        lambda: services.exclude(who(), uuid, person, given(_schema(ExclusionSchema)))
    )
    if not outcome.saved:
        return _page(load_conference(who(), uuid), person, excluded=outcome), outcome.status
    return _saved(lang, uuid, person)


@pages.post(f"{PERSON}/take-back")
@writes
def take_back(lang: str, uuid: UUID, person: UUID) -> Any:
    services.take_back(who(), uuid, person, request.args.get("day", ""))
    flash(_("The next arrangement decides about this person again."), "success")
    return _back(lang, uuid, person)


@pages.post(f"{PERSON}/allow")
@writes
def allow(lang: str, uuid: UUID, person: UUID) -> Any:
    services.allow(who(), uuid, person, as_uuid(request.form.get("group")) or UUID(int=0))
    return _saved(lang, uuid, person)


def _saved(lang: str, uuid: UUID, person: UUID) -> Any:
    flash(_("Saved."), "success")
    return _back(lang, uuid, person)


def _back(lang: str, uuid: UUID, person: UUID) -> Any:
    day = request.args.get("day")
    return redirect(url_for(".person", lang=lang, uuid=uuid, person=person, day=day))


def _page(
    found: Conference,
    uuid: UUID,
    moved: Outcome | None = None,
    excluded: Outcome | None = None,
) -> str:
    wanted = chosen_round(queries.rounds(found), request.args.get("day", ""))
    rows = queries.people(found, wanted) if wanted else []
    row = next((each for each in rows if each.uuid == uuid), None)
    if wanted is None or row is None:
        raise NotFound
    titles = {str(each.uuid): each.title for each in wanted.groups}
    return render_template(
        "conferences/groups/person.html",
        conference=found,
        round=wanted,
        row=row,
        titles=titles,
        letters=queries.letters(found),
        moving=_form(MoveSchema, found, titles, moved),
        excluding=_form(ExclusionSchema, found, titles, excluded),
        overtaken=moved is not None and moved.theirs is not None,
    )


def _form(
    kind: type[RecordSchema], found: Conference, titles: Mapping[str, str], outcome: Outcome | None
) -> Sheet:
    data = typed(_schema(kind)) if outcome else {}
    choices = Choices(who(), found.region, data, others=(("group", tuple(titles.items())),))
    return sheet(_schema(kind), PLACE, data, choices, outcome)


def _schema(kind: type[RecordSchema]) -> RecordSchema:
    return kind(audience="office")
