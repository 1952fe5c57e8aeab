"""Reading the network of a region as it was on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, select, union

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, ActorArea, Place, Status, actor_field
from registry.core.db import db
from registry.network.bodies.models import Body
from registry.network.catalogue.same_offers import OfferFacts
from registry.network.findings.models import Decision, Finding
from registry.network.links.models import Cooperation, Report, Side
from registry.network.needs.models import Need
from registry.network.rounds.models import Asked, Round
from registry.network.state import Kind, Link, Node, Said, State
from registry.offers.models import Offer, OfferArea, OfferLanguage, OfferPlace, OfferTerm
from registry.offers.queries import published_on
from registry.regions import queries as regions
from registry.regions.models import Region
from registry.vocabulary.models import Term


def region_of(who: Who) -> str:
    """Return the region (AGS) whose network concerns somebody; "" if none does."""
    read, register = regions_of(who, Permission.NETWORK_READ), regions.register()
    if register and any(register.ags.startswith(ags) for ags in read):
        return register.ags
    return next((ags for ags in read if ags), "")


def load_state(region: str, day: date) -> State:
    """Return the network of a region on a day: its published actors and what holds of their links.

    Links to actors that are not published any more are left out. Asked and answered are told by the
    last round that had begun by then.
    """
    nodes = _nodes(region, _asked(region, day))
    found = (link.on(day) for link in _links(region) if {link.source, link.target} <= nodes.keys())
    return State(region, day, nodes, tuple(link for link in found if link))


def current_round(region: str, day: date) -> Round | None:
    """Return the last round of a region that had begun by a day."""
    query = select(Round).where(Round.region == region, Round.started_on <= day)
    return db.session.scalars(query.order_by(Round.started_on.desc(), Round.id.desc())).first()


def _asked(region: str, day: date) -> dict[int, bool]:
    """Return by actor whether it had answered the current round."""
    latest = current_round(region, day)
    if latest is None:
        return {}
    query = select(Asked.actor_id, Asked.answered_on).where(Asked.round_id == latest.id)
    return {
        key: answered is not None and answered <= day for key, answered in db.session.execute(query)
    }


def _nodes(region: str, asked: dict[int, bool]) -> dict[int, Node]:
    inside = Actor.region.startswith(region, autoescape=True)
    mine = select(Actor.id).where(inside, Actor.status == Status.PUBLISHED)
    columns = (Actor.id, Actor.uuid, Actor.name, Actor.short_name, Actor.example, Term.key)
    query = select(*columns).outerjoin(Term, Term.id == Actor.category_id)
    fields = _grouped(
        select(actor_field.c.actor_id, Term.key)
        .join(Term, Term.id == actor_field.c.term_id)
        .where(actor_field.c.actor_id.in_(mine))
        .order_by(Term.position, Term.id)
    )
    around = _grouped(
        union(
            select(ActorArea.actor_id, one_place(ActorArea.ags).label("ags"))
            .join(Region, Region.ags == ActorArea.ags)
            .where(ActorArea.actor_id.in_(mine)),
            select(Place.actor_id, Place.municipality).where(
                Place.actor_id.in_(mine), Place.municipality.is_not(None), ~Place.confidential
            ),
        ).order_by("ags")
    )
    places = _places(mine)
    return {
        row.id: Node(
            id=row.id,
            key=str(row.uuid),
            name=row.name,
            short=row.short_name or "",
            category=row.key,
            fields=tuple(fields.get(row.id, ())),
            municipalities=tuple(around.get(row.id, ())),
            asked=row.id in asked,
            answered=asked.get(row.id, False),
            example=row.example,
            lat=places.get(row.id, (None, None))[0],
            lon=places.get(row.id, (None, None))[1],
        )
        for row in db.session.execute(query.where(Actor.id.in_(mine)).order_by(Actor.id))
    }


def one_place(area: Any) -> ColumnElement[str]:
    """Return the key of a joined region; a city that is a district by itself is one, not two."""
    return case((Region.kind == "city_district", area + "000"), else_=area)


def _places(actors: Any) -> dict[int, tuple[float | None, float | None]]:
    """Return where each actor is: its first place that may be shown."""
    query = (
        select(Place.actor_id, Place.lat, Place.lon)
        .where(Place.actor_id.in_(actors), Place.lat.is_not(None), ~Place.confidential)
        .order_by(Place.actor_id, Place.position.desc(), Place.id.desc())
    )
    return {key: (lat, lon) for key, lat, lon in db.session.execute(query)}


def _grouped(query: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, value in db.session.execute(query):
        found.setdefault(key, []).append(value)
    return found


def _links(region: str) -> Iterable[Link]:
    inside = Cooperation.region.startswith(region, autoescape=True)
    reports = select(
        Report.link_id,
        Report.side,
        Report.intensity,
        Report.reported_on,
        Report.valid_from,
        Report.valid_to,
        Report.written,
    )
    reports = reports.join(Cooperation).where(inside)
    said = {(row[0], row[1]): Said(*row[2:]) for row in db.session.execute(reports)}
    columns = (Cooperation.id, Cooperation.uuid, Cooperation.kind)
    query = select(*columns, Cooperation.source_id, Cooperation.target_id).where(inside)
    for key, uuid, kind, source, target in db.session.execute(query.order_by(Cooperation.id)):
        yield Link(
            str(uuid),
            Kind(kind),
            source,
            target,
            said.get((key, Side.SOURCE)),
            said.get((key, Side.TARGET)),
        )


def load_offers(region: str, day: date) -> list[OfferFacts]:
    """Return what is compared of the offers of a region's actors that everyone sees on a day."""
    provider = select(Actor.id).where(Actor.region.startswith(region, autoescape=True))
    mine = and_(published_on(day), Offer.actor_id.in_(provider))
    keys = select(Offer.id).where(mine)
    terms: dict[str, dict[int, list[str]]] = {}
    query = (
        select(OfferTerm.offer_id, Term.scheme, Term.key)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(OfferTerm.offer_id.in_(keys), Term.scheme.in_(("field", "target_group")))
        .order_by(OfferTerm.position)
    )
    for key, scheme, term in db.session.execute(query):
        terms.setdefault(scheme, {}).setdefault(key, []).append(term)
    spoken = _grouped(
        select(OfferLanguage.offer_id, Term.key)
        .join(Term, Term.id == OfferLanguage.term_id)
        .where(OfferLanguage.offer_id.in_(keys))
        .order_by(Term.position, OfferLanguage.id)
    )
    around = _grouped(
        union(
            select(OfferArea.offer_id, one_place(OfferArea.ags).label("ags"))
            .join(Region, Region.ags == OfferArea.ags)
            .where(OfferArea.offer_id.in_(keys)),
            select(OfferPlace.offer_id, Place.municipality)
            .join(Place, Place.id == OfferPlace.place_id)
            .where(
                OfferPlace.offer_id.in_(keys), Place.municipality.is_not(None), ~Place.confidential
            ),
        ).order_by("ags")
    )
    offers = select(Offer.id, Offer.uuid, Offer.actor_id).where(mine).order_by(Offer.id)
    return [
        OfferFacts(
            key=str(uuid),
            actor=actor,
            fields=tuple(terms.get("field", {}).get(key, ())),
            municipalities=tuple(around.get(key, ())),
            languages=tuple(dict.fromkeys(spoken.get(key, ()))),
            target_groups=tuple(terms.get("target_group", {}).get(key, ())),
        )
        for key, uuid, actor in db.session.execute(offers)
    ]


def load_actors(uuids: Iterable[UUID]) -> dict[UUID, Actor]:
    """Return some actors by their public ids."""
    found = db.session.scalars(select(Actor).where(Actor.uuid.in_(list(uuids))))
    return {actor.uuid: actor for actor in found}


def delete_examples(region: str) -> None:
    """Delete the bodies, needs and rounds that are example data, and what was found in them."""
    for model in (Body, Need, Round):
        db.session.execute(delete(model).where(model.example.is_(True)))
    found = delete(Finding).where(Finding.region == region, Finding.state == Decision.NEW)
    db.session.execute(found)
