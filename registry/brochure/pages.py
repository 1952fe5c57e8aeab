"""The office's page for documents: choose a region and fields, take them in any language.

A document is made when it is asked for and not kept: it says of which day it is, and its codes lead
to the overview, which is always of today. So there is no public address of a latest one either; the
office hands out the file it has looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, send_file, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.schemas import ActorSchema
from registry.brochure import wording
from registry.brochure.layout import arranged, places_of
from registry.brochure.sheet import xlsx
from registry.core import i18n
from registry.core.documents import making
from registry.core.errors import Invalid, NotFound
from registry.core.text import fold
from registry.designations import queries as designations
from registry.designations.finder import queries as finder
from registry.designations.finder import reply
from registry.designations.responsibility import Question, choose
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.search import reader, services
from registry.search.choices import now_here
from registry.search.criteria import Criteria
from registry.search.schemas import SearchSchema, read_arguments
from registry.vocabulary import queries as vocabulary

pages = Blueprint("brochure", __name__)
MOST = 3000  # offers of one document: beyond it is no brochure any more
POINTS = 4  # that fit on a poster
Offer = dict[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/<lang>/office/brochure")
def choose_parts(lang: str) -> Any:
    """Show what can be chosen, how many offers that are, and the documents to take."""
    require(who(), Permission.DESK_READ, None)
    wanted = _wanted()
    region = next(iter(wanted.selected("region")), "")
    asked: dict[str, Any] = {"field": list(wanted.selected("field")), "region": region or None}
    return render_template(
        "brochure/choose.html",
        municipalities=_municipalities(),
        fields=vocabulary.terms("field"),
        region=region,
        chosen=wanted.selected("field"),
        count=reader.ask(wanted, now_here()).total(),
        most=MOST,
        address=lambda name, tag: url_for(f".{name}", lang=tag, **asked),
        posters=lambda tag: url_for(".posters", lang=tag, region=region or None),
    )


@pages.get("/<lang>/office/brochure/offers.pdf")
def pdf(lang: str) -> Response:
    require(who(), Permission.DESK_READ, None)
    wanted, at = _wanted(), i18n.local_now()
    made = making.pdf("brochure", told(_offers(wanted), wanted, at.date()), at)
    return _file(made, "application/pdf", _("Offer overview") + f" ({lang}).pdf")


def told(offers: Sequence[Offer], wanted: Criteria, day: date) -> wording.Data:
    """Return what the brochure of these offers says."""
    names = regions.names({key for offer in offers for key in places_of(offer)})
    book = arranged(
        offers,
        list(vocabulary.schemes().get("field", {})),
        wanted.selected("field"),
        sorted(names, key=lambda ags: fold(names[ags])),
    )
    return wording.brochure(book, next(iter(wanted.selected("region")), ""), day)


@pages.get("/<lang>/office/brochure/offers.xlsx")
def sheet(lang: str) -> Response:
    require(who(), Permission.DESK_READ, None)
    return _file(xlsx(_offers(_wanted())), XLSX, _("Offer overview") + f" ({lang}).xlsx")


@pages.get("/<lang>/office/brochure/posters.pdf")
def posters(lang: str) -> Response:
    """Hand out a poster for the municipality that was chosen, else for each of the register."""
    require(who(), Permission.DESK_READ, None)
    region = next(iter(_wanted().selected("region")), "")
    found = [each for each in _municipalities() if each.ags.startswith(region)]
    if not found:
        raise NotFound
    at = i18n.local_now()
    sheets = [(each.ags, each.name, _contact_points(each.ags, at.date())) for each in found]
    made = making.pdf("poster", wording.posters(sheets, at.date()), at)
    return _file(made, "application/pdf", _("Posters") + f" ({lang}).pdf")


def _wanted() -> Criteria:
    """Return the region and the fields that were asked for; unknown ones count as not named."""
    data, _errors = read_arguments(SearchSchema(only=("region", "field")), request.args)
    wanted, _unknown = services.understand(data)
    return wanted


def _offers(wanted: Criteria) -> list[Offer]:
    """Return what the overview shows of these, by title."""
    moment = now_here()
    if reader.ask(wanted, moment).total() > MOST:
        raise Invalid(
            {"region": [_("These are too many offers. Please choose a municipality or fields.")]}
        )
    return reader.everything(wanted, moment)


def _municipalities() -> list[regions.RegionRow]:
    home = regions.register()
    return regions.municipalities(home.ags) if home else []


def _contact_points(ags: str, day: date) -> Sequence[Mapping[str, Any]]:
    """Return the contact points of a municipality as the finder shows them."""
    rows = {row.point.key: row for row in designations.contact_points(day)}
    choice = choose([row.point for row in rows.values()], Question((ags,)))
    uuids = [rows[point.key].subject for point in choice.points[:POINTS] if not choice.fallback]
    offers, actors, at = finder.load_offers(uuids), finder.load_actors(uuids), i18n.local_now()
    return [
        reply.of_offer(OfferSchema().dump(offers[each]), at)
        if each in offers
        else reply.of_actor(ActorSchema().dump(actors[each]), at)
        for each in dict.fromkeys(uuids)
        if each in offers or each in actors
    ]


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
