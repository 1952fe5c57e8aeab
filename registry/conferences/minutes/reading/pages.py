"""The page a link to minutes opens: what they say, and an objection of those who were present."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask import send_file as sent
from flask_babel import gettext as _

from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes import making, queries
from registry.conferences.minutes.approving import documents
from registry.conferences.minutes.approving.services import PURPOSE
from registry.conferences.minutes.models import Minutes, MinutesState, Objection
from registry.conferences.minutes.reading import queries as reading
from registry.conferences.minutes.reading import services
from registry.conferences.minutes.reading.schemas import ObjectionSchema
from registry.conferences.minutes.schemas import OUTCOMES
from registry.core import i18n, tokens
from registry.core.documents import papers
from registry.core.documents.papers import Paper
from registry.core.editing import Outcome, Sheet, attempt, given, sheet, typed
from registry.core.errors import NotFound
from registry.core.forms import Option
from registry.core.listing import as_uuid
from registry.core.web import by_link, link_key, opens_nothing, writes

pages = Blueprint("conference_minutes_reading", __name__)


@dataclass(frozen=True)
class Shown:
    """Minutes as their reader sees them; `sheet` where objecting is possible, `late` where it was.

    `own` are the objections of those whom the link was given to.
    """

    minutes: Minutes
    paper: Paper
    blocks: list[dict[str, Any]]
    sheet: Sheet | None
    late: bool
    own: list[Objection]


@pages.get("/<lang>/minutes")
@by_link
def open_(lang: str) -> Any:
    """Show the minutes. Nothing is written here: mail scanners follow links, too."""
    try:
        invitation = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    return _page(invitation)


@pages.get("/<lang>/minutes.pdf")
@by_link
def pdf(lang: str) -> Any:
    try:
        invitation = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    file = documents.told(queries.told(invitation.conference), i18n.local_now())
    name = _("Minutes") + ".pdf"
    return sent(BytesIO(file), mimetype="application/pdf", as_attachment=True, download_name=name)


@pages.post("/<lang>/minutes")
@by_link
@writes
def objected(lang: str) -> Any:
    try:
        invitation = services.opened(link_key(), request.remote_addr or "", answering=True)
        return _objected(lang, invitation)
    except NotFound:
        return opens_nothing()


def _objected(lang: str, invitation: Invitation) -> Any:
    uuid, schema = as_uuid(request.form.get("minutes")), ObjectionSchema(audience="office")
    holder = services.holder(invitation)
    outcome = attempt(lambda: services.object_to(holder, invitation, uuid, given(schema), _today()))
    if outcome.saved:
        flash(_("Thank you. Your objection has arrived."), "success")
        return redirect(url_for(".open_", lang=lang, key=link_key(), _anchor=f"minutes-{uuid}"))
    again = services.opened(link_key(), request.remote_addr or "")
    return _page(again, uuid, outcome), outcome.status


def _page(invitation: Invitation, uuid: UUID | None = None, outcome: Outcome | None = None) -> str:
    came = reading.who_may_object(invitation)
    people = [(str(each.uuid), each.name or each.organisation) for each in came]
    return render_template(
        "conferences/minutes/reading.html",
        key=link_key(),
        conference=invitation.conference,
        outcomes=OUTCOMES,
        shown=[
            _shown(each, invitation, people, outcome if each.uuid == uuid else None)
            for each in queries.told(invitation.conference)
        ],
    )


def _shown(
    minutes: Minutes,
    invitation: Invitation,
    people: list[Option],
    outcome: Outcome | None,
) -> Shown:
    paper = making.paper_of(minutes)
    until = minutes.object_until
    waits = minutes.state == MinutesState.CIRCULATED and until is not None
    late = waits and until is not None and _today() > until
    open_now = waits and people and not late
    return Shown(
        minutes,
        paper,
        papers.told(paper.blocks),
        _sheet(minutes, people, outcome) if open_now or outcome else None,
        bool(late),
        reading.own_objections(minutes, invitation),
    )


def _sheet(minutes: Minutes, people: list[Option], outcome: Outcome | None) -> Sheet:
    parts = [(str(each.uuid), each.title) for each in minutes.parts]
    offered: Mapping[str, list[Option]] = {"participant": people, "part": parts}
    schema = ObjectionSchema(audience="office")
    if len(people) == 1:
        schema.load_fields.pop("participant")
    data = typed(schema) if outcome else {}
    return sheet(schema, {"": ""}, data, lambda kind: offered[kind], outcome)


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, PURPOSE, "conference_minutes_reading.open_")
