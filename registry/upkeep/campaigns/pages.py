"""The office's pages about campaigns: what is due, plan, start, remind, close, the call list."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.editing.choices import home_region
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.regions import queries as regions
from registry.upkeep.campaigns import asking, queries, services
from registry.upkeep.campaigns.answers.queries import answers_to_work_on
from registry.upkeep.campaigns.models import Campaign, Request
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.campaigns.planning.choosing import BY_TELEPHONE
from registry.upkeep.campaigns.schemas import SECTIONS, CampaignSchema

pages = Blueprint("campaigns", __name__)
PER_PAGE = 50
USUAL_WEEKS = 4
USUAL_REMINDERS = "7, 14"
STATES = {
    "planned": _l("planned"),
    "running": _l("under way"),
    "closed": _l("finished"),
}
REQUEST_STATES = {
    "unanswered": _l("not answered"),
    "bounced": _l("mail came back"),
    "answered": _l("answered"),
}


@pages.get("/<lang>/office/confirmations")
def listing(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    page, today = page_number(), _today()
    rows, total = queries.campaigns(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "campaigns/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        states=STATES,
        due=planning.due_now(who(), today),
        unanswered=queries.unanswered(who()),
        answers=answers_to_work_on(who()),
    )


@pages.get("/<lang>/office/confirmations/due")
def due(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    page = page_number()
    rows, total = planning.due_list(who(), _today(), page=page, per_page=PER_PAGE)
    return render_template(
        "campaigns/due.html", listing=Listing(".due", rows, total, page, PER_PAGE)
    )


@pages.get("/<lang>/office/confirmations/unanswered")
def unanswered(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    page = page_number()
    rows, total = queries.requests(who(), "unanswered", page=page, per_page=PER_PAGE)
    return render_template(
        "campaigns/unanswered.html", listing=Listing(".unanswered", rows, total, page, PER_PAGE)
    )


@pages.get("/<lang>/office/confirmations/new")
def new(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    deadline = _today() + timedelta(weeks=USUAL_WEEKS)
    return _form(None, {"deadline": deadline.isoformat(), "reminder_days": USUAL_REMINDERS})


@pages.post("/<lang>/office/confirmations/new")
@writes
def new_submitted(lang: str) -> Any:
    require(who(), Permission.CAMPAIGN_MANAGE, None)
    region = home_region(who())
    outcome = attempt(lambda: services.plan(who(), region, given(_schema()), _today()))
    if outcome.saved:
        return redirect(url_for(".detail", lang=lang, uuid=outcome.saved.uuid))
    return _form(None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/confirmations/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    return _detail(queries.load_campaign(who(), uuid))


@pages.get("/<lang>/office/confirmations/<uuid:uuid>/edit")
def edit(lang: str, uuid: UUID) -> Any:
    campaign = queries.load_campaign(who(), uuid)
    if campaign.state != "planned":
        return redirect(url_for(".detail", lang=lang, uuid=uuid))
    return _form(campaign, _schema().dump(campaign))


@pages.post("/<lang>/office/confirmations/<uuid:uuid>/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema()), _today()))
    if outcome.saved:
        return redirect(url_for(".detail", lang=lang, uuid=uuid))
    campaign = queries.load_campaign(who(), uuid)
    return _form(campaign, typed(_schema()), outcome), outcome.status


@pages.post("/<lang>/office/confirmations/<uuid:uuid>/start")
@writes
def start(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.start(who(), uuid, version(), _today()))
    if not outcome.saved:
        return _detail(queries.load_campaign(who(), uuid), outcome), outcome.status
    flash(_("The campaign has begun. The mails leave within minutes."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/confirmations/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    services.discard(who(), uuid, version())
    flash(_("The plan has been deleted. Nobody was asked."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.post("/<lang>/office/confirmations/<uuid:uuid>/remind")
@writes
def remind(lang: str, uuid: UUID) -> Any:
    sent = services.remind(who(), uuid, _today())
    told = ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", sent)
    nobody = _("Nobody can be reminded today: all were asked today, have answered or get no mail.")
    flash(*((told, "success") if sent else (nobody, "info")))
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/confirmations/<uuid:uuid>/close")
@writes
def close(lang: str, uuid: UUID) -> Any:
    services.close(who(), uuid, _today())
    flash(_("The campaign is closed. Its links no longer open."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.get("/<lang>/office/confirmations/<uuid:uuid>/call-list")
def call_list(lang: str, uuid: UUID) -> Any:
    campaign = queries.load_campaign(who(), uuid)
    rows = queries.load_call_list(who(), campaign)
    return render_template(
        "campaigns/call_list.html",
        campaign=campaign,
        requests=[_call(row) for row in rows],
        today=_today(),
    )


def _call(row: Request) -> dict[str, Any]:
    """Return an actor as one block of the call list: for staff, whatever is public."""
    actor = row.actor
    return {
        "uuid": row.uuid,
        "name": actor.name,
        "actor": actor.uuid,
        "bounced": asking.came_back(row),
        "mailed": row.mail is not None,
        "phones": asking.telephones(actor),
        "entries": [(str(e.subject), e.answer) for e in row.open_entries],
    }


def _detail(campaign: Campaign, outcome: Outcome | None = None) -> str:
    made = queries.progress([campaign.id]).get(campaign.id, queries.Progress())
    page, state = page_number(), one_of("state", REQUEST_STATES)
    common: dict[str, Any] = {"campaign": campaign, "states": STATES}
    if campaign.state == "planned":
        shown = {"reasons": asking.REASONS, "outcome": outcome, **_preview(campaign, page)}
        return render_template("campaigns/preview.html", **common, **shown)
    rows, total = queries.requests(who(), state, campaign=campaign.id, page=page, per_page=PER_PAGE)
    return render_template(
        "campaigns/detail.html",
        listing=Listing(".detail", rows, total, page, PER_PAGE),
        state=state,
        request_states=REQUEST_STATES,
        today=_today(),
        progress=made,
        **common,
    )


def _preview(campaign: Campaign, page: int) -> dict[str, Any]:
    found = planning.candidates(campaign.region, _today(), everybody=campaign.everybody)
    groups = {
        "mail": [each for each in found if each.choice.contact],
        "phone": [each for each in found if each.choice.obstacle in BY_TELEPHONE],
        "nobody": [each for each in found if not each.choice.asked],
    }
    group = one_of("group", groups) or "mail"
    rows = groups[group][(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "listing": Listing(".detail", rows, len(groups[group]), page, PER_PAGE),
        "group": group,
        "counts": {name: len(each) for name, each in groups.items()},
        "rules": regions.rules(campaign.region),
    }


def _schema() -> CampaignSchema:
    return CampaignSchema(audience="office")


def _form(
    campaign: Campaign | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    made = sheet(_schema(), SECTIONS, data, lambda _kind: (), outcome)
    if campaign:
        made = beside(made, _schema(), campaign, lambda _kind: (), outcome)
    return render_template("campaigns/edit.html", sheet=made, campaign=campaign)


def _today() -> Any:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
