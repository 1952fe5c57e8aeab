"""Actors as everyone sees them: the list, one actor, and the participants by category."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template, request

from registry.access.current import may, who
from registry.actors import queries
from registry.actors.around import around
from registry.actors.freshness import unconfirmed_since
from registry.actors.models import Actor, Status
from registry.actors.queries import ActorFilter
from registry.actors.schemas import ActorSchema
from registry.core.forms import Audience
from registry.core.listing import Listing
from registry.core.web import public
from registry.designations import queries as designations
from registry.offers import queries as offers
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

pages = Blueprint("actors", __name__)
PER_PAGE = 50
LAST_PAGE = 1_000_000
MAX_WORDS = 200


@pages.get("/<lang>/actors")
@public
def listing(lang: str) -> Any:
    wanted = _wanted()
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    rows, total = queries.actors(who(), wanted, page=page, per_page=PER_PAGE)
    return render_template(
        "actors/list.html",
        query=wanted,
        pages=Listing("actors.listing", rows, total, page, PER_PAGE),
    )


def _wanted() -> ActorFilter:
    """Return what is asked for; a category that does not exist is left out."""
    known = vocabulary.schemes().get("category", {})
    asked = vocabulary.present_keys("category", request.args.getlist("category"))
    chosen = tuple(key for key in asked if key in known)
    words = request.args.get("q", "").replace("\x00", "").strip()[:MAX_WORDS]
    return ActorFilter(q=words, categories=chosen, status=Status.PUBLISHED)


@pages.get("/<lang>/actors/<uuid:uuid>")
@public
def detail(lang: str, uuid: UUID) -> Any:
    found = queries.load_actor(who(), uuid)
    audience: Audience = "office" if may("actor.read", found) else "public"
    return _page(found, audience, editable=may("actor.edit", found))


def page_for_everyone(found: Actor) -> str:
    """Return the page as everyone would see it, whatever its status."""
    return _page(found, "public", preview=True)


def _page(found: Actor, audience: Audience, **options: bool) -> str:
    actor = ActorSchema(audience=audience).dump(found)
    return render_template(
        "actors/detail.html",
        actor=actor,
        parent=_named([found.parent] if found.parent and _visible(found.parent) else []),
        children=_named(queries.load_children(found)),
        areas=sorted(regions.names(actor["areas"]).values()),
        offers=_offers(found),
        contact_point_for=designations.services_of(found.uuid, date.today()),
        notices_for=around(actor["places"], actor["areas"]) or [found.region],
        unconfirmed=_unconfirmed_since(found),
        **options,
    )


def _unconfirmed_since(found: Actor) -> date | None:
    """Return since when nobody has confirmed a published actor, if that has to be told."""
    if found.status != Status.PUBLISHED:
        return None
    rules = regions.rules(found.region)
    return unconfirmed_since(found, rules.actor_review_months, rules.grace_days, date.today())


def _visible(actor: Actor) -> bool:
    return actor.status == Status.PUBLISHED or may("actor.read", actor)


def _named(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    dumped: list[dict[str, Any]] = ActorSchema(only=("id", "name")).dump(actors, many=True)
    return dumped


def _offers(found: Actor) -> list[dict[str, Any]]:
    schema = OfferSchema(only=("id", "title", "summary", "fields_", "example"))
    mine = offers.load_offers_of(found.id, date.today())
    dumped: list[dict[str, Any]] = schema.dump(mine, many=True)
    return dumped


@pages.get("/<lang>/participants")
@public
def participants(lang: str) -> Any:
    return render_template(
        "actors/participants.html",
        categories=vocabulary.terms("category"),
        actors=queries.by_category(),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
