"""The office's pages about inviting by mail: text, preview, sending, where each mail is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.invitations.wording import CHANNELS, HINDRANCES, REPLIES
from registry.conferences.mailing import leaving, previews, queries, services, texts
from registry.conferences.mailing.choosing import Otherwise
from registry.conferences.mailing.queries import LOST, Way
from registry.conferences.mailing.schemas import SECTIONS, MailSchema
from registry.conferences.models import CalendarMethod, Conference
from registry.conferences.queries import load_conference
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes

pages = Blueprint("conference_mailing", __name__)
PER_PAGE = 50
WAYS = {
    Way.UNWRITTEN: _l("not written to"),
    Way.QUEUED: _l("waits to be sent"),
    Way.SENT: _l("sent"),
    Way.FAILED: _l("given up"),
    Way.BOUNCED: _l("came back"),
    Way.HELD: _l("held back"),
    Way.CANCELLED: _l("cancelled"),
    LOST: _l("did not arrive"),
}
OTHERS = {
    **HINDRANCES,
    Otherwise.POST: _l("gets a letter"),
    Otherwise.TELEPHONE: _l("neither e-mail nor letter: by telephone"),
    Otherwise.WRITTEN: _l("has it already"),
    Otherwise.ANSWERED: _l("answered"),
    Otherwise.TODAY: _l("was written to today"),
    Otherwise.LOST: _l("the last mail did not arrive"),
    Otherwise.NOT_INVITED: _l("not invited yet"),
}
MEANINGS = {
    "anrede": _l("how the letter begins"),
    "organisation": _l("Organisation"),
    "konferenz": _l("Title"),
    "motto": _l("Motto"),
    "termin": _l("days with their hours"),
    "tag": _l("days"),
    "uhrzeit": _l("hours"),
    "ort": _l("Venue"),
    "tagesordnung": _l("Agenda"),
    "frist": _l("last day for answers"),
    "link": _l("the personal link to answer by; it has to stand in the text"),
    "plaetze": _l("number of seats"),
    "nummer": _l("number of the invitation"),
    "absender": _l("who invites"),
}


@pages.get("/<lang>/office/conferences/<uuid:uuid>/mail")
def overview(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return _overview(found)


@pages.get("/<lang>/office/conferences/<uuid:uuid>/mail/text")
def text(lang: str, uuid: UUID) -> Any:
    found = _inviting(uuid)
    usual = {"mail_subject": texts.USUAL_SUBJECT, "mail_text": texts.USUAL_TEXT}
    stands = {name: value for name, value in _schema().dump(found).items() if value}
    return _form(found, {**usual, **stands})


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/text")
@writes
def text_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.write(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        return redirect(url_for(".preview", lang=lang, uuid=uuid))
    return _form(_inviting(uuid), typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/conferences/<uuid:uuid>/mail/preview")
def preview(lang: str, uuid: UUID) -> Any:
    return _preview(_inviting(uuid))


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/send")
@writes
def send(lang: str, uuid: UUID) -> Any:
    """Invite; whoever sends has to say that text and recipients were looked at."""
    if not request.form.get("confirmed"):
        message = _("Please confirm that you have looked at text and recipients.")
        return _preview(_inviting(uuid), Outcome(errors={"confirmed": [message]})), 422
    expected = version("expected")
    outcome = attempt(lambda: services.send(who(), uuid, version(), expected, _today()))
    if not outcome.saved:
        return _preview(_inviting(uuid), outcome), outcome.status
    return _done(lang, uuid, outcome.saved)


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/remind")
@writes
def remind(lang: str, uuid: UUID) -> Any:
    """Remind those who were ticked, or everybody who has not answered."""
    picked = None if request.form.get("all") else _picked()
    outcome = attempt(lambda: services.remind(who(), uuid, picked, _today()) or True)
    if not outcome.saved:
        return _overview(_inviting(uuid), outcome), outcome.status
    if outcome.saved is True:
        nobody = _(
            "Nobody can be reminded: all were written to today, have answered or get no mail."
        )
        flash(nobody, "info")
        return redirect(url_for(".overview", lang=lang, uuid=uuid))
    return _done(lang, uuid, outcome.saved)


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/tell")
@writes
def tell(lang: str, uuid: UUID) -> Any:
    """Tell everybody who was invited what has changed, or that it is called off."""
    outcome = attempt(lambda: services.tell(who(), uuid, version(), _today()))
    if outcome.errors or outcome.theirs is not None:
        return _overview(_inviting(uuid), outcome), outcome.status
    return _done(lang, uuid, outcome.saved)


@pages.post("/<lang>/office/conferences/<uuid:uuid>/mail/by-post")
@writes
def by_post(lang: str, uuid: UUID) -> Any:
    """Let those whose mail did not arrive get a letter."""
    number = services.by_post(who(), uuid, _picked())
    told = ngettext("%(num)s invitation goes by post.", "%(num)s invitations go by post.", number)
    nobody = _("None of them can get a letter: there is no postal address.")
    flash(*((told, "success") if number else (nobody, "info")))
    return redirect(url_for(".overview", lang=lang, uuid=uuid, way=LOST))


def _overview(found: Conference, outcome: Outcome | None = None) -> str:
    page, way = page_number(), one_of("way", WAYS)
    rows, total = queries.mailed(who(), found, way, page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/mailing/overview.html",
        conference=found,
        outcome=outcome,
        listing=Listing(".overview", rows, total, page, PER_PAGE),
        way=way,
        ways=WAYS,
        counts=queries.count(found),
        standing=previews.standing(found, _today()),
        others=OTHERS,
        channels=CHANNELS,
        replies=REPLIES,
        plan=_plan(found),
        today=_today(),
        editable=may(Permission.CONFERENCE_INVITE.value, found),
        answers_arrive=found.calendar == CalendarMethod.REQUEST,
    )


def _plan(found: Conference) -> list[date]:
    """Return the days on which reminders leave by themselves."""
    if found.deadline is None:
        return []
    return sorted(found.deadline - timedelta(days=number) for number in found.reminder_days)


def _preview(found: Conference, outcome: Outcome | None = None) -> str:
    page = page_number()
    seen = previews.seen(who(), found, request.args.get("to", ""), _today())
    group = one_of("group", ("mail", "others")) or "mail"
    rows = seen.mails if group == "mail" else seen.others
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "conferences/mailing/preview.html",
        conference=found,
        outcome=outcome,
        seen=seen,
        group=group,
        listing=Listing(".preview", shown, len(rows), page, PER_PAGE),
        others=OTHERS,
        channels=CHANNELS,
    )


def _form(found: Conference, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    made = sheet(_schema(), SECTIONS, data, lambda _kind: (), outcome)
    made = beside(made, _schema(), found, lambda _kind: (), outcome)
    return render_template(
        "conferences/mailing/text.html", sheet=made, conference=found, meanings=MEANINGS
    )


def _schema() -> MailSchema:
    return MailSchema(audience="office")


def _inviting(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def _picked() -> set[UUID]:
    picked = set()
    for value in request.form.getlist("pick"):
        try:
            picked.add(UUID(value))
        except ValueError:
            continue
    return picked


def _done(lang: str, uuid: UUID, number: int) -> Any:
    told = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", number)
    flash(told, "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    leaving.init_app(app)
