"""The office's pages about offers."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors import queries as actor_queries
from registry.actors.editing.choices import Offered, home_region
from registry.actors.editing.desk import Desk, looked_at, standing
from registry.actors.editing.undo import archived
from registry.actors.life import goes_live
from registry.actors.models import Actor, Status
from registry.actors.schemas import STATUSES
from registry.core import i18n
from registry.core.editing import (
    Outcome,
    Sheet,
    attempt,
    beside,
    given,
    sheet,
    typed,
    version,
)
from registry.core.errors import Invalid
from registry.core.listing import Listing, as_uuid, one_of, page_number
from registry.core.web import writes
from registry.offers import queries, services
from registry.offers.due.queries import FILTERS
from registry.offers.editing.entry import brought, entry_data, entry_sheet, save_entry
from registry.offers.models import Offer
from registry.offers.pages import page_for_everyone
from registry.offers.schemas import SECTIONS, OfferSchema
from registry.upkeep.duplicates.saving.queries import unlike
from registry.vocabulary import queries as vocabulary

pages = Blueprint("offers_editing", __name__)
SORTS = ("title", "actor", "status", "last_confirmed", "valid_to")
PER_PAGE = 50
DUES = [
    ("coordinates", _l("without coordinates")),
    ("hours", _l("without opening hours")),
    ("contact", _l("without a contact")),
    ("scheduled", _l("to be published later")),
    ("ending", _l("ending within 60 days")),
    ("expired", _l("ended")),
    ("runs", _l("without a coming run")),
    ("legal_basis", _l("legal basis ends")),
]
MAX_COPIES = 200
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,5}\Z")


def schema() -> OfferSchema:
    return OfferSchema(audience="office")


@pages.get("/<lang>/office/offers")
def office_list(lang: str) -> Any:
    require(who(), Permission.OFFER_READ, None)
    wanted, page, today = wanted_offers(), page_number(), date.today()
    rows, total = queries.office_list(who(), wanted, today, page=page, per_page=PER_PAGE)
    return render_template(
        "offers/editing/list.html",
        listing=Listing(".office_list", rows, total, page, PER_PAGE, wanted.sort),
        wanted=wanted,
        statuses=STATUSES,
        actor=actor_queries.load_actor(who(), wanted.actor) if wanted.actor else None,
        dues=DUES,
        chosen=request.args.getlist("chosen"),
        archived=archived(_load, Permission.OFFER_EDIT),
    )


@pages.get("/<lang>/office/entry")
def entry(lang: str) -> Any:
    require(who(), Permission.OFFER_EDIT, None)
    return _entry(entry_sheet({}))


@pages.post("/<lang>/office/entry")
@writes
def entry_submitted(lang: str) -> Any:
    require(who(), Permission.OFFER_EDIT, None)
    outcome = attempt(lambda: _unlike(save_entry()))
    if outcome.saved:
        return DESK.saved(lang, outcome.saved)
    return _entry(entry_sheet(entry_data(), outcome)), outcome.status


def _unlike(offer: Offer, *, alone: bool = False) -> Offer:
    """Return a new offer unless it, or what came along with it, looks like what is there."""
    unlike(who(), offer if alone else brought(offer), sure="anyway" in request.args)
    return offer


def _entry(made: Sheet) -> str:
    live = goes_live(who(), In(home_region(who())))
    return render_template("offers/editing/entry.html", sheet=made, live=live)


@pages.get("/<lang>/office/offers/new")
def new(lang: str) -> Any:
    uuid = as_uuid(request.args.get("actor"))
    if uuid is None:
        return redirect(url_for(".entry", lang=lang))
    return _form(_provider(uuid), None, {})


@pages.post("/<lang>/office/offers/new")
@writes
def new_submitted(lang: str) -> Any:
    provider = _provider(as_uuid(request.args.get("actor")) or UUID(int=0))
    uuid = provider.uuid
    outcome = attempt(
        lambda: DESK.then(_unlike(services.create_offer(who(), uuid, given(schema())), alone=True))
    )
    if outcome.saved:
        return DESK.saved(lang, outcome.saved)
    return _form(_provider(uuid), None, typed(schema()), outcome), outcome.status


@pages.get("/<lang>/office/offers/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    return DESK.form(_editable(uuid))


@pages.post("/<lang>/office/offers/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(
        lambda: DESK.then(services.update_offer(who(), uuid, version(), given(schema())))
    )
    if outcome.saved:
        return DESK.saved(lang, outcome.saved)
    offer = _editable(uuid)
    return _form(offer.actor, offer, typed(schema()), outcome), outcome.status


@pages.post("/<lang>/office/offers/<uuid:uuid>/preview")
@writes
def preview(lang: str, uuid: UUID) -> Any:
    """Show what is typed as everyone would see it, and save nothing."""
    return looked_at(
        lambda: services.preview_offer(who(), uuid, given(schema())), page_for_everyone, schema()
    )


@pages.post("/<lang>/office/offers/preview")
@writes
def preview_new(lang: str) -> Any:
    provider = as_uuid(request.args.get("actor")) or UUID(int=0)
    return looked_at(
        lambda: services.create_offer(who(), provider, given(schema())), page_for_everyone, schema()
    )


@pages.post("/<lang>/office/offers/copy")
@writes
def copy(lang: str) -> Any:
    """Copy the offers named by `ids`, dates moved by `shift` days or weeks; or one, by `one`."""
    single = as_uuid(request.form.get("one"))
    if single:
        made = services.copy_offers(who(), [single], timedelta())
        flash(_("This is a copy. It is a draft until you publish it."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=made[0].uuid))
    ids = request.form.getlist("ids")[:MAX_COPIES]
    outcome = attempt(lambda: _copies(ids))
    if not outcome.saved:
        problem = outcome.errors.get("shift") or [_("Please choose at least one offer.")]
        flash(" ".join(problem), "danger")
        return redirect(url_for(".office_list", lang=lang, chosen=ids))
    count = len(outcome.saved)
    flash(
        ngettext("%(num)s copy made, as a draft.", "%(num)s copies made, as drafts.", count),
        "success",
    )
    return redirect(url_for(".office_list", lang=lang, status=Status.DRAFT))


def _copies(ids: list[str]) -> list[Offer]:
    uuids = [uuid for uuid in map(as_uuid, ids) if uuid]
    return services.copy_offers(who(), uuids, _shift())


def _shift() -> timedelta:
    text = request.form.get("shift", "").strip() or "0"
    if not WHOLE_NUMBER.match(text):
        raise Invalid({"shift": [_("Please give a whole number of days or weeks.")]})
    weeks = request.form.get("unit") == "weeks"
    return timedelta(weeks=int(text)) if weeks else timedelta(days=int(text))


def wanted_offers() -> queries.OfficeFilter:
    """Return what the address of the list asks for."""
    return queries.OfficeFilter(
        q=request.args.get("q", ""),
        status=one_of("status", [key for key, _label in STATUSES]),
        field=next(
            iter(vocabulary.present_keys("field", [one_of("field", vocabulary.keys("field"))]))
        ),
        actor=as_uuid(request.args.get("actor")),
        due=one_of("due", FILTERS),
        sort=one_of("sort", [*SORTS, *(f"-{name}" for name in SORTS)]) or "title",
    )


def _load(asking: Who, uuid: UUID) -> Offer:
    return queries.load_offer(asking, uuid, date.today())


def _editable(uuid: UUID) -> Offer:
    offer = queries.load_whole_offer(who(), uuid, date.today())
    require(who(), Permission.OFFER_EDIT, offer)
    return offer


def _provider(uuid: UUID) -> Actor:
    actor = actor_queries.load_actor(who(), uuid)
    require(who(), Permission.OFFER_EDIT, actor)
    return actor


def _form(
    provider: Actor, offer: Offer | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Offered(who(), provider.region, data, provider)
    made = sheet(schema(), SECTIONS, data, choices, outcome)
    if offer:
        made = beside(made, schema(), offer, choices, outcome)
    return render_template(
        "offers/editing/edit.html",
        sheet=made,
        offer=offer,
        translating={"kind": "offer", "uuid": offer.uuid} if offer else None,
        provider=provider,
        standing=standing(offer) if offer else None,
        live=goes_live(who(), provider),
        statuses=STATUSES,
        saved_at=offer.updated_at.astimezone(i18n.ZONE) if offer else None,
    )


DESK = Desk(
    life=services.OFFERS,
    services={
        "publish": services.publish_offer,
        "submit": services.submit_offer,
        "take_back": services.take_back_offer,
        "archive": services.archive_offer,
        "restore": services.restore_offer,
    },
    confirm=services.confirm_offer,
    editable=_editable,
    draw=lambda offer, data, outcome: _form(offer.actor, offer, data, outcome),
    warnings=lambda offer: services.warnings(offer, date.today()),
)
DESK.register(pages, "offers")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
