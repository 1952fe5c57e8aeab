"""The office's pages about rounds: plan, start, remind, close, the call list, who is missing."""

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
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network.queries import region_of
from registry.network.rounds import queries, services
from registry.network.rounds.answers.queries import missing as missing_in
from registry.network.rounds.models import Asked, Round
from registry.network.rounds.schemas import SECTIONS, USUAL, RoundSchema
from registry.network.wording import KINDS
from registry.upkeep.campaigns import asking
from registry.upkeep.campaigns.planning.choosing import BY_TELEPHONE

pages = Blueprint("network_rounds", __name__)
PER_PAGE = 50
USUAL_WEEKS = 4
USUAL_REMINDERS = "7, 14"
STATES = {
    "planned": _l("planned"),
    "running": _l("under way"),
    "closed": _l("finished"),
}
ASKED_STATES = {
    "open": _l("not answered"),
    "begun": _l("begun"),
    "bounced": _l("mail came back"),
    "answered": _l("answered"),
}


@pages.get("/<lang>/office/network/rounds")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    page = page_number()
    rows, total = queries.rounds(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "network/rounds/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        states=STATES,
        unanswered=queries.count_open(who()),
        missing=len(missing_in(who())),
    )


@pages.get("/<lang>/office/network/rounds/unanswered")
def unanswered(lang: str) -> Any:
    require(who(), Permission.NETWORK_EDIT, None)
    page = page_number()
    rows, total = queries.asked_rows(who(), "open", page=page, per_page=PER_PAGE)
    return render_template(
        "network/rounds/unanswered.html",
        listing=Listing(".unanswered", rows, total, page, PER_PAGE),
    )


@pages.get("/<lang>/office/network/rounds/missing")
def missing(lang: str) -> Any:
    require(who(), Permission.NETWORK_EDIT, None)
    page, found = page_number(), missing_in(who())
    rows = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "network/rounds/missing.html",
        listing=Listing(".missing", rows, len(found), page, PER_PAGE),
    )


@pages.post("/<lang>/office/network/rounds/asked/<uuid:uuid>/seen-to")
@writes
def see_to(lang: str, uuid: UUID) -> Any:
    services.see_to(who(), uuid, request.form.get("name", ""))
    return redirect(url_for(".missing", lang=lang))


@pages.get("/<lang>/office/network/rounds/new")
def new(lang: str) -> Any:
    require(who(), Permission.NETWORK_EDIT, None)
    deadline = _today() + timedelta(weeks=USUAL_WEEKS)
    usual = {"deadline": deadline.isoformat(), "reminder_days": USUAL_REMINDERS, "kinds": USUAL}
    return _form(None, usual)


@pages.post("/<lang>/office/network/rounds/new")
@writes
def new_submitted(lang: str) -> Any:
    require(who(), Permission.NETWORK_EDIT, None)
    region = region_of(who())
    outcome = attempt(lambda: services.plan(who(), region, given(_schema()), _today()))
    if outcome.saved:
        return redirect(url_for(".detail", lang=lang, uuid=outcome.saved.uuid))
    return _form(None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/network/rounds/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    return _detail(queries.load_round(who(), uuid, permission=Permission.NETWORK_READ))


@pages.get("/<lang>/office/network/rounds/<uuid:uuid>/edit")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_round(who(), uuid)
    if found.state != "planned":
        return redirect(url_for(".detail", lang=lang, uuid=uuid))
    return _form(found, _schema().dump(found))


@pages.post("/<lang>/office/network/rounds/<uuid:uuid>/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema()), _today()))
    if outcome.saved:
        return redirect(url_for(".detail", lang=lang, uuid=uuid))
    found = queries.load_round(who(), uuid)
    return _form(found, typed(_schema()), outcome), outcome.status


@pages.post("/<lang>/office/network/rounds/<uuid:uuid>/start")
@writes
def start(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.start(who(), uuid, version(), _today()))
    if not outcome.saved:
        return _detail(queries.load_round(who(), uuid), outcome), outcome.status
    flash(_("The survey has begun. The mails leave within minutes."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/network/rounds/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    services.discard(who(), uuid, version())
    flash(_("The plan has been deleted. Nobody was asked."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.post("/<lang>/office/network/rounds/<uuid:uuid>/remind")
@writes
def remind(lang: str, uuid: UUID) -> Any:
    sent = services.remind(who(), uuid, _today())
    told = ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", sent)
    nobody = _("Nobody can be reminded today: all were asked today, have answered or get no mail.")
    flash(*((told, "success") if sent else (nobody, "info")))
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/network/rounds/<uuid:uuid>/close")
@writes
def close(lang: str, uuid: UUID) -> Any:
    services.close(who(), uuid, _today())
    flash(_("The survey is closed. Its links no longer open."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.get("/<lang>/office/network/rounds/<uuid:uuid>/call-list")
def call_list(lang: str, uuid: UUID) -> Any:
    found = queries.load_round(who(), uuid)
    rows = [_call(row) for row in queries.load_call_list(found)]
    return render_template(
        "network/rounds/call_list.html", round=found, rows=rows, kinds=_words(found), today=_today()
    )


def _call(row: Asked) -> dict[str, Any]:
    return {
        "uuid": row.uuid,
        "name": row.actor.name,
        "actor": row.actor.uuid,
        "bounced": asking.came_back(row),
        "mailed": row.mail is not None,
        "phones": asking.telephones(row.actor),
    }


def _detail(found: Round, outcome: Outcome | None = None) -> str:
    page = page_number()
    common: dict[str, Any] = {"round": found, "states": STATES, "kinds": _words(found)}
    if found.state == "planned":
        shown = {"outcome": outcome, **_preview(found, page)}
        return render_template("network/rounds/preview.html", **common, **shown)
    state = one_of("state", ASKED_STATES)
    rows, total = queries.asked_rows(who(), state, of=found, page=page, per_page=PER_PAGE)
    return render_template(
        "network/rounds/detail.html",
        listing=Listing(".detail", rows, total, page, PER_PAGE),
        state=state,
        asked_states=ASKED_STATES,
        today=_today(),
        progress=queries.progress([found.id]).get(found.id, queries.Progress()),
        missing=missing_in(who(), of=found),
        **common,
    )


def _preview(found: Round, page: int) -> dict[str, Any]:
    everybody = queries.candidates(found.region, _today())
    groups = {
        "mail": [each for each in everybody if each.choice.contact],
        "phone": [each for each in everybody if each.choice.obstacle in BY_TELEPHONE],
        "nobody": [each for each in everybody if not each.choice.asked],
    }
    group = one_of("group", groups) or "mail"
    rows = groups[group][(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "listing": Listing(".detail", rows, len(groups[group]), page, PER_PAGE),
        "group": group,
        "counts": {name: len(each) for name, each in groups.items()},
        "reasons": asking.REASONS,
        "may_edit": may(Permission.NETWORK_EDIT.value, found),
    }


def _words(found: Round) -> list[Any]:
    return [word for kind, word in KINDS.items() if kind in found.kinds]


def _schema() -> RoundSchema:
    return RoundSchema(audience="office")


def _form(found: Round | None, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    made = sheet(_schema(), SECTIONS, data, lambda _kind: (), outcome)
    if found:
        made = beside(made, _schema(), found, lambda _kind: (), outcome)
    return render_template("network/rounds/edit.html", sheet=made, round=found)


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
