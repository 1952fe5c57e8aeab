"""The list of invitations on screen: looked through, corrected in place, handed out."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import may, require
from registry.actors.editing.choices import Offered
from registry.conferences.invitations import columns, files, queries, services
from registry.conferences.invitations.models import Invitation
from registry.conferences.invitations.queries import ListRow, Sendable
from registry.conferences.invitations.schemas import SECTIONS, EntrySchema
from registry.conferences.invitations.wording import (
    CHANNELS,
    HINDRANCES,
    REPLIES,
    category_name,
    category_options,
    of_example,
)
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.listing import Listing, as_uuid, one_of, page_number, with_filters
from registry.core.text import fold
from registry.core.web import writes

pages = Blueprint("conference_invitations", __name__)
ROOM = "/<lang>/office/conferences/<uuid:uuid>/invitations"
PER_PAGE = 100
SORTS = ("number", "category", "organisation", "city", "channel", "reply", "invited_on")
STATES: dict[str, Any] = {
    "late": _l("added later"),
    "withdrawn": _l("withdrawn"),
    "edited": _l("edited by hand"),
    "hindered": _l("cannot be sent as planned"),
}


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for; "" for all of it."""

    category: str = ""
    reply: str = ""
    channel: str = ""
    state: str = ""
    text: str = ""


def today() -> date:
    return i18n.local_now().date()


@pages.get(ROOM)
def listing(lang: str, uuid: UUID) -> Any:
    conference = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, conference)
    return _list(conference, as_uuid(request.args.get("edit")), None)


@pages.post(f"{ROOM}/<uuid:row>")
@writes
def change(lang: str, uuid: UUID, row: UUID) -> Any:
    found = _row(uuid, row)
    schema = _schema(found)
    outcome = attempt(lambda: services.change(who(), row, version(), given(schema)))
    if outcome.saved:
        flash(_("Saved."), "success")
        return _back(uuid, row)
    return _list(_row(uuid, row).conference, row, outcome), outcome.status


@pages.post(f"{ROOM}/<uuid:row>/follow")
@writes
def follow(lang: str, uuid: UUID, row: UUID) -> Any:
    _row(uuid, row)
    services.follow(who(), row, version())
    flash(_("Saved."), "success")
    return _back(uuid, row)


@pages.post(f"{ROOM}/<uuid:row>/withdraw")
@writes
def withdraw(lang: str, uuid: UUID, row: UUID) -> Any:
    _row(uuid, row)
    services.withdraw(who(), row, version(), request.form.get("reason", "").strip(), today())
    flash(_("The invitation was withdrawn."), "success")
    return _back(uuid, row)


@pages.post(f"{ROOM}/<uuid:row>/reinstate")
@writes
def reinstate(lang: str, uuid: UUID, row: UUID) -> Any:
    _row(uuid, row)
    services.reinstate(who(), row, version(), today())
    flash(_("The invitation holds again."), "success")
    return _back(uuid, row)


@pages.post(f"{ROOM}/file")
@writes
def file(lang: str, uuid: UUID) -> Any:
    form = request.form.get("form", "")
    if form not in files.WRITERS:
        raise NotFound
    made = services.hand_out(who(), uuid, form)
    name = of_example(_("Invitations"), example=load_conference(who(), uuid).example)
    name = f"{name}-{today().isoformat()}.{form}"
    return send_file(
        io.BytesIO(made), mimetype=files.TYPES[form], as_attachment=True, download_name=name
    )


def _row(conference: UUID, uuid: UUID) -> Invitation:
    found = queries.load_invitation(who(), uuid)
    if found.conference.uuid != conference:
        raise NotFound
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def _schema(row: Invitation) -> EntrySchema:
    """Return the form of a row; outside the office only the remark, where nothing is released."""
    if row.released or in_the_office(who(), row.conference):
        return EntrySchema(audience="office")
    return EntrySchema(audience="office", only=("remark",))


def _back(uuid: UUID, row: UUID) -> Any:
    path = with_filters(".listing", lang=i18n.current().tag, uuid=uuid, edit=None)
    return redirect(f"{path}#i-{row}")


def _list(conference: Conference, editing: UUID | None, outcome: Outcome | None) -> str:
    sort = one_of("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
    inside = in_the_office(who(), conference)
    wanted, sendable = _wanted(), queries.sendable(conference)
    rows = queries.table(conference, withdrawn=wanted.state == "withdrawn")
    whole = [queries.as_seen(row, inside=inside) for row in rows]
    found = _sorted([row for row in whole if _fits(row, wanted, sendable)], sort)
    page = page_number()
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    edits = may(who(), Permission.CONFERENCE_INVITE, conference)
    return render_template(
        "conferences/invitations/list.html",
        conference=conference,
        listing=Listing(".listing", shown, len(found), page, PER_PAGE, sort),
        whole=whole,
        wanted=wanted,
        sets=columns.SETS,
        chosen=one_of("columns", columns.SETS) or "short",
        columns=columns.COLUMNS,
        sorts=SORTS,
        told=queries.told(conference),
        sendable=sendable,
        hindrances=HINDRANCES,
        categories=category_options(),
        category_name=category_name,
        replies=REPLIES,
        channels=CHANNELS,
        states=STATES,
        editable=edits,
        form_of_row=_form(editing, outcome) if edits and editing else None,
        applied=request.args.get("applied", ""),
    )


def _form(editing: UUID, outcome: Outcome | None) -> Mapping[str, Any]:
    """Return what draws the form of one row in its place."""
    row = queries.load_invitation(who(), editing)
    schema = _schema(row)
    data = typed(schema) if outcome else schema.dump(row)
    choices = Offered(who(), row.region, data)
    made = sheet(schema, SECTIONS, data, choices, outcome)
    return {"row": row, "sheet": beside(made, schema, row, choices, outcome)}


def _wanted() -> Wanted:
    return Wanted(
        one_of("category", (key for key, _name in category_options())),
        one_of("reply", REPLIES),
        one_of("channel", CHANNELS),
        one_of("state", STATES),
        fold(request.args.get("q", "")),
    )


def _fits(row: ListRow, wanted: Wanted, sendable: Mapping[int, Sendable]) -> bool:
    asked = (
        (wanted.category, row.category),
        (wanted.reply, row.reply),
        (wanted.channel, row.channel),
    )
    if any(value and value != own for value, own in asked):
        return False
    named = (row.organisation, row.family_name, row.given_name, row.city, row.function)
    if wanted.text and wanted.text not in fold(" ".join(filter(None, named))):
        return False
    states = {
        "": True,
        "late": row.late,
        "withdrawn": row.withdrawn_on is not None,
        "edited": bool(row.edited),
        "hindered": row.withdrawn_on is None and hindered(row, sendable[row.id]),
    }
    return states[wanted.state]


def hindered(row: ListRow, now: Sendable) -> bool:
    """Return whether an invitation cannot go out by the channel that was chosen for it."""
    by_mail, by_post = row.channel in ("mail", "both"), row.channel in ("post", "both")
    return (by_mail and not now.mail) or (by_post and not now.post)


def _sorted(rows: list[ListRow], sort: str) -> Sequence[ListRow]:
    """Sort as asked; what is equal stays in the order of the list."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return rows
    if name in ("number", "category"):
        return rows[::-1] if sort.startswith("-") else rows

    def key(row: ListRow) -> Any:
        value = getattr(row, name)
        return (value is None, fold(value) if isinstance(value, str) else str(value))

    return sorted(rows, key=key, reverse=sort.startswith("-"))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_test(lambda row, now: hindered(row, now[row.id]), "hindered")
