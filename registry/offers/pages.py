"""One offer as everyone sees it, on a card to take along, and as a calendar file."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, current_app, render_template, url_for
from flask_babel import format_date

from registry.access.current import may, who
from registry.actors.around import around
from registry.actors.freshness import unconfirmed_since
from registry.actors.models import Status
from registry.core import i18n
from registry.core.errors import NotFound
from registry.core.forms import Audience, RecordSchema
from registry.core.qr import svg
from registry.core.web import public
from registry.designations import queries as designations
from registry.offers import opening, queries
from registry.offers.calendar import Entry, calendar_file, has_times
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.texts.pages import shown

pages = Blueprint("offers", __name__)
MAX_OTHERS = 12
SPAN = re.compile(r"\d\d:\d\d–\d\d:\d\d")
MAX_SIMILAR = 6
# What detail.html words itself; every other field of the schema follows as name and value.
LAID_OUT = frozenset(
    "title summary description fields areas_of_life service_type topics level_from level_to "  # noqa: SIM905
    "target_groups eligibility min_age max_age languages formats places areas by_appointment runs "
    "closures cost cost_note childcare documents steps contact unit booking_url legal_bases "
    "valid_from valid_to last_confirmed internal_note easy_text easy_reviewer "
    "easy_reviewed_on".split()
)


@pages.get("/<lang>/offers/<uuid:uuid>")
@public
def detail(lang: str, uuid: UUID) -> Any:
    found = queries.find_whole_offer(who(), uuid, date.today())
    if found is None:
        return _gone(uuid)
    audience: Audience = "office" if may("offer.read", found) else "public"
    return _page(found, audience, editable=may("offer.edit", found))


@pages.get("/<lang>/offers/<uuid:uuid>/card")
@public
def card(lang: str, uuid: UUID) -> Any:
    """Give what one takes along: on a sheet of A5, and as an entry of a watch list."""
    found = queries.find_whole_offer(who(), uuid, date.today())
    if found is None:
        return _gone(uuid)
    offer = OfferSchema().dump(found)
    return render_template(
        "offers/card.html",
        offer=offer,
        places=[_place(offer, link) for link in offer["places"]],
        state=opening.state(offer, offer["places"], i18n.local_now()),
        address=_address(lang, uuid),
    )


@pages.get("/<lang>/offers/<uuid:uuid>/qr.svg")
@public
def qr(lang: str, uuid: UUID) -> Any:
    """Give the address of the offer as a QR code."""
    queries.load_offer(who(), uuid, date.today())
    return Response(svg(_address(lang, uuid)), mimetype="image/svg+xml")


def _address(lang: str, uuid: UUID) -> str:
    """Return the whole address of an offer, always below PUBLIC_URL, whoever asks."""
    path = url_for("offers.detail", lang=lang, uuid=uuid)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _gone(uuid: UUID) -> Any:
    """Say that an offer is over, and what is like it; a printed code may outlive its offer."""
    found = queries.load_gone(uuid, date.today())
    similar = queries.load_similar(found, date.today(), MAX_SIMILAR)
    dumped = OfferSchema(only=("id", "title", "actor")).dump(similar, many=True)
    return render_template("offers/gone.html", similar=dumped), 410


def page_for_everyone(found: Offer) -> str:
    """Return the page as everyone would see it, whatever its status."""
    return _page(found, "public", preview=True)


def _page(found: Offer, audience: Audience, **options: bool) -> str:
    schema = OfferSchema(audience=audience)
    offer = schema.dump(found)
    now = i18n.local_now()
    return render_template(
        "offers/detail.html",
        offer=offer,
        places=[_place(offer, link) for link in offer["places"]],
        state=opening.state(offer, offer["places"], now),
        runs=[run for run in offer["runs"] if (run["ends_on"] or run["starts_on"]) >= _today()],
        closures=[row for row in offer["closures"] if row["closed_to"] >= _today()],
        areas=sorted(regions.names(offer["areas"]).values()),
        others=_others(found),
        further=_further(schema, offer),
        contact_point_for=designations.services_of(found.uuid, date.today()),
        unconfirmed=_unconfirmed_since(found),
        address_of=_address(i18n.current().tag, found.uuid),
        timed=has_times(_entry(offer)),
        notices_for=_around(offer),
        **options,
    )


def _around(offer: dict[str, Any]) -> list[str]:
    places = (link["details"] for link in offer["places"])
    return around(places, offer["areas"]) or [offer["region"]]


def _unconfirmed_since(found: Offer) -> date | None:
    """Return since when nobody has confirmed a published offer, if that has to be told."""
    if found.status != Status.PUBLISHED:
        return None
    rules = regions.rules(found.region)
    return unconfirmed_since(found, rules.offer_review_months, rules.grace_days, date.today())


@pages.get("/<lang>/offers/<uuid:uuid>/calendar.ics")
@public
def calendar(lang: str, uuid: UUID) -> Any:
    found = queries.load_whole_offer(who(), uuid, date.today())
    entry = _entry(OfferSchema().dump(found))
    if not has_times(entry):
        raise NotFound
    response = Response(calendar_file(entry), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{uuid}.ics"'
    return response


def _entry(offer: dict[str, Any]) -> Entry:
    return Entry(
        title=shown(offer["title"]).body,
        description=shown(offer["summary"]).body,
        url=_address(i18n.current().tag, offer["id"]),
        offer=offer,
        at=i18n.local_now(),
    )


def _further(schema: RecordSchema, offer: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return label and value of the fields that have no words of their own on the page."""
    named = {field.data_key or name: field.metadata for name, field in schema.dump_fields.items()}
    return [
        (hints["label"], offer[name])
        for name, hints in named.items()
        if "section" in hints and name not in LAID_OUT and offer[name] not in (None, "", [], {})
    ]


def _today() -> str:
    return date.today().isoformat()


def _place(offer: dict[str, Any], link: dict[str, Any]) -> dict[str, Any]:
    """Return a place with its state now, its ordinary week and the next holiday that closes it."""
    hours, today = opening.hours_at(link), i18n.local_now().date()
    return {
        **link["details"],
        "note": link["note"],
        "state": opening.state(offer, [link], i18n.local_now()),
        "week": opening.week(hours, today),
        "times": hours,
        "holiday": opening.next_holiday(hours, today, offer["region"]),
    }


def _others(found: Offer) -> list[dict[str, Any]]:
    others = queries.load_offers_of(found.actor_id, date.today(), but=found.id)
    schema = OfferSchema(only=("id", "title", "fields_", "example"))
    dumped: list[dict[str, Any]] = schema.dump(others[:MAX_OTHERS], many=True)
    return dumped


def spoken_hours(hours: str) -> str:
    """Return hours of a week as people write them: "Mon–Fri 08:00–12:00; Sat 10:00–12:00"."""
    days_of: dict[str, list[date]] = {}
    for day in opening.week(hours, date.today()) or ():
        spans = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in day.spans)
        if spans:
            days_of.setdefault(spans, []).append(day.date)
    return "; ".join(f"{_spoken_days(days)} {spans}" for spans, days in days_of.items()) or hours


def _shown_hours(hours: str) -> str:
    """Return them for a page: times run forwards there after Arabic words, too."""
    spoken = spoken_hours(hours)
    rightwards = i18n.current().direction == "rtl"
    return SPAN.sub("\N{LEFT-TO-RIGHT MARK}\\g<0>", spoken) if rightwards else spoken


def _spoken_days(days: list[date]) -> str:
    names = [str(format_date(day, "EEE")) for day in days]
    if len(days) > 2 and (days[-1] - days[0]).days == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.filters["spoken_hours"] = _shown_hours
