"""The page that a link opens, answers by telephone, and the answers to be worked on."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import EXCLUDE

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n, tokens
from registry.core.editing import attempt, submitted
from registry.core.errors import Invalid, NotFound
from registry.core.forms import controls, read_form
from registry.core.listing import Listing, as_uuid, page_number
from registry.core.web import by_link, link_key, opens_nothing, writes
from registry.offers.schemas import AVAILABILITIES
from registry.upkeep.campaigns import queries
from registry.upkeep.campaigns.answers import forms, services
from registry.upkeep.campaigns.answers.labels import Change, readable
from registry.upkeep.campaigns.answers.queries import load_answer, load_answers
from registry.upkeep.campaigns.answers.schemas import ANSWERS, CallSchema, SpokenSchema
from registry.upkeep.campaigns.answers.standing import view
from registry.upkeep.campaigns.models import Entry, Request, Via, Work
from registry.upkeep.campaigns.services import PURPOSE

pages = Blueprint("campaigns_answers", __name__)
PER_PAGE = 50


@pages.get("/<lang>/confirm")
@by_link
def confirm(lang: str) -> Any:
    """Show what the link is about. Nothing is written here: mail scanners follow links, too."""
    try:
        return _answer_page(services.opened(link_key(), request.remote_addr or ""), forms.Read())
    except NotFound:
        return opens_nothing()


@pages.post("/<lang>/confirm")
@by_link
@writes
def confirm_submitted(lang: str) -> Any:
    try:
        return _answered(lang)
    except NotFound:
        return opens_nothing()


def _answered(lang: str) -> Any:
    asked = services.opened(link_key(), request.remote_addr or "", answering=True)
    read = forms.read(submitted(), services.answerable(asked, _today()), _today())
    outcome = attempt(lambda: _taken(asked, read))
    if outcome.saved:
        flash(_("Thank you. Your answer has arrived."), "success")
        return redirect(url_for(".confirm", lang=lang, key=link_key()))
    again = services.opened(link_key(), request.remote_addr or "")
    read.errors = dict(outcome.errors)
    return _answer_page(again, read), outcome.status


def _taken(asked: Request, read: forms.Read) -> bool:
    if read.errors:
        raise Invalid(read.errors)
    if read.is_silent:
        first = next(entry for entry in asked.open_entries if entry.uuid in read.said)
        nothing = _("Please choose an answer for at least one entry.")
        raise Invalid({str(first.uuid): {"answer": [nothing]}})
    services.answer_by_link(services.holder(asked), asked, read.said, _today())
    return True


def _answer_page(asked: Request, read: forms.Read) -> str:
    today = _today()
    open_ones = services.answerable(asked, today)
    blocks = [
        _block(entry, read, today) if entry.uuid in open_ones else forms.Block(view(entry))
        for entry in asked.open_entries
    ]
    return render_template(
        "campaigns/answer.html",
        actor=asked.actor.name,
        campaign=asked.campaign,
        blocks=blocks,
        key=link_key(),
        answers=dict(ANSWERS),
        availabilities=dict(AVAILABILITIES),
        after_deadline=today > asked.campaign.deadline,
    )


def _block(entry: Entry, read: forms.Read, today: date) -> forms.Block:
    errors = read.errors.get(str(entry.uuid), {})
    return forms.block(entry, today, read.typed.get(entry.uuid), errors)


@pages.get("/<lang>/office/confirmations/requests/<uuid:uuid>")
def call(lang: str, uuid: UUID) -> Any:
    asked = queries.load_request(who(), uuid)
    return _call_page(asked, {"day": _today().isoformat()}, forms.Read(), {})


@pages.post("/<lang>/office/confirmations/requests/<uuid:uuid>")
@writes
def call_submitted(lang: str, uuid: UUID) -> Any:
    asked = queries.load_request(who(), uuid)
    read = forms.read_spoken(submitted(), {each.uuid: each for each in asked.open_entries})
    outcome = attempt(lambda: _recorded(asked, read))
    if outcome.saved:
        flash(_("The answer is recorded."), "success")
        return redirect(url_for("campaigns.detail", lang=lang, uuid=asked.campaign.uuid))
    asked = queries.load_request(who(), uuid)
    read.errors = {**read.errors, **outcome.errors}
    typed = read_form(CallSchema(), submitted())
    return _call_page(asked, typed, read, outcome.errors), outcome.status


def _recorded(asked: Request, read: forms.Read) -> Any:
    data = CallSchema().load(read_form(CallSchema(), submitted()), unknown=EXCLUDE)
    if read.errors:
        raise Invalid(read.errors)
    if not any(each.answer for each in read.said.values()):
        raise Invalid({"day": [_("Please choose an answer for at least one entry.")]})
    way = services.Way(Via.PHONE, data["day"], data.get("said_by"))
    return services.answer_by_telephone(who(), asked.uuid, read.said, way, _today())


def _call_page(
    asked: Request, typed: Mapping[str, Any], read: forms.Read, errors: Mapping[str, Any]
) -> str:
    return render_template(
        "campaigns/call.html",
        actor=asked.actor.name,
        campaign=asked.campaign,
        phones=[(each.function, each.phone) for each in asked.actor.contacts if each.phone],
        controls=controls(CallSchema(), typed, errors, lambda _kind: ()),
        spoken=[(view(entry), _spoken(entry, read)) for entry in asked.open_entries],
        answers=dict(ANSWERS),
    )


def _spoken(entry: Entry, read: forms.Read) -> list[Any]:
    typed = read.typed.get(entry.uuid, {"answer": None, "note": None})
    errors = read.errors.get(str(entry.uuid), {})
    return controls(SpokenSchema(), typed, errors, lambda _kind: (), forms.prefix(entry))


@pages.get("/<lang>/office/confirmations/answers")
def inbox(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    page = page_number()
    found, total = load_answers(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "campaigns/answers.html",
        listing=Listing(".inbox", [_to_decide(each) for each in found], total, page, PER_PAGE),
        answers=dict(ANSWERS),
        decided=_just_decided(),
    )


@pages.post("/<lang>/office/confirmations/answers/<uuid:uuid>/apply")
@writes
def apply(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.apply_answer(who(), uuid))
    if outcome.theirs is not None:
        flash(_("Somebody else has already decided on this answer."), "warning")
    for message in (text for texts in outcome.errors.values() for text in texts):
        flash(message, "warning")
    decided = uuid if outcome.saved else None
    return redirect(url_for(".inbox", lang=lang, decided=decided))


@pages.post("/<lang>/office/confirmations/answers/<uuid:uuid>/decline")
@writes
def decline(lang: str, uuid: UUID) -> Any:
    services.decline_answer(who(), uuid)
    return redirect(url_for(".inbox", lang=lang, decided=uuid))


@pages.post("/<lang>/office/confirmations/answers/<uuid:uuid>/undo")
@writes
def undo(lang: str, uuid: UUID) -> Any:
    services.undo_decision(who(), uuid)
    flash(_("The answer waits again; the entry is as it was."), "success")
    return redirect(url_for(".inbox", lang=lang))


def _to_decide(entry: Entry) -> dict[str, Any]:
    edit = "offers_editing.edit" if entry.offer else "actors_editing.edit"
    changes: list[Change] = readable(entry, _today())
    return {
        "entry": view(entry),
        "campaign": entry.request.campaign.name,
        "changes": changes,
        "edit": url_for(edit, lang=i18n.current().tag, uuid=entry.subject.uuid),
    }


def _just_decided() -> dict[str, Any] | None:
    """Return the answer that was just decided on, as long as it can be undone by this person."""
    uuid = as_uuid(request.args.get("decided"))
    try:
        entry = load_answer(who(), uuid) if uuid else None
    except NotFound:
        return None
    undoable = entry and entry.work in (Work.APPLIED, Work.DECLINED) and entry.decided_at
    if not entry or not undoable or not may("campaign.manage", entry):
        return None
    return {
        "uuid": entry.uuid,
        "work": entry.work,
        "answer": entry.answer,
        "name": str(view(entry)),
    }


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, PURPOSE, "campaigns_answers.confirm")
