"""Reading offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors import queries as actor_queries
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.text import words
from registry.offers.due.queries import is_due
from registry.offers.models import Offer, OfferLanguage, OfferPlace, OfferTerm
from registry.texts.translated import Translated
from registry.vocabulary.models import Term


@dataclass(frozen=True)
class OfferRow:
    """An offer as one line of the office's list."""

    uuid: UUID
    title: Translated
    actor_uuid: UUID
    actor_name: str
    status: str
    example: bool
    last_confirmed: date | None
    valid_to: date | None
    region: str
    owner_id: int


@dataclass(frozen=True)
class OfficeFilter:
    q: str = ""
    status: str = ""
    field: str = ""
    actor: UUID | None = None
    due: str = ""  # a reason in offers.due.queries.DUE
    sort: str = "title"


def published_on(day: date) -> ColumnElement[bool]:
    """Return the condition for what everyone may see on a day: it and its actor are published."""
    provider = aliased(Actor)  # whoever uses the condition may select from actors as well
    published = select(provider.id).where(
        provider.id == Offer.actor_id, provider.status == Status.PUBLISHED
    )
    return and_(
        Offer.status == Status.PUBLISHED,
        or_(Offer.valid_from.is_(None), Offer.valid_from <= day),
        or_(Offer.valid_to.is_(None), Offer.valid_to >= day),
        exists(published.correlate(Offer)),
    )


def looked_after(who: Who, permission: Permission) -> ColumnElement[bool]:
    """Return the condition for offers of actors that `who` holds a right for."""
    if "" in regions_of(who, permission):
        return true()
    return Offer.actor_id.in_(select(Actor.id).where(actor_queries.looked_after(who, permission)))


def visible_to(who: Who, day: date) -> ColumnElement[bool]:
    """Return the condition for what is public that day or in a region that `who` reads."""
    if not who.grants and who.kind == "public":
        return published_on(day)
    return or_(published_on(day), looked_after(who, Permission.OFFER_READ))


def with_parts(query: Select[Offer]) -> Select[Offer]:
    """Load everything a schema dumps in a fixed number of queries."""
    return query.options(
        selectinload(Offer.actor).selectinload(Actor.category),
        selectinload(Offer.unit),
        selectinload(Offer.contact),
        selectinload(Offer.service_type),
        selectinload(Offer.cost),
        selectinload(Offer.level_from),
        selectinload(Offer.level_to),
        selectinload(Offer.term_links),
        selectinload(Offer.languages),
        selectinload(Offer.areas),
        selectinload(Offer.runs),
        selectinload(Offer.closures),
        selectinload(Offer.places).selectinload(OfferPlace.place),
    )


def load_offer(who: Who, uuid: UUID, day: date, *, lock: bool = False) -> Offer:
    """Return the offer or raise NotFound, whether it is missing or hidden.

    With `lock` it is read anew and nobody else changes it until the transaction ends.
    """
    query = select(Offer).where(Offer.uuid == uuid, visible_to(who, day))
    return _found(actor_queries.locked(query, Offer) if lock else query)


def load_whole_offer(who: Who, uuid: UUID, day: date) -> Offer:
    """Like `load_offer`, with everything a schema dumps already loaded."""
    found = find_whole_offer(who, uuid, day)
    if found is None:
        raise NotFound
    return found


def find_whole_offer(who: Who, uuid: UUID, day: date) -> Offer | None:
    """Like `load_whole_offer`; None where it is missing or hidden."""
    query = select(Offer).where(Offer.uuid == uuid, visible_to(who, day))
    return db.session.scalar(with_parts(query))


def load_gone(uuid: UUID, day: date) -> Offer:
    """Return an offer that has ended or was archived, itself or its actor; else NotFound."""
    over = or_(
        Offer.status == Status.ARCHIVED,
        and_(Offer.status == Status.PUBLISHED, Offer.valid_to < day),
        and_(Offer.status == Status.PUBLISHED, Offer.actor.has(Actor.status == Status.ARCHIVED)),
    )
    return _found(select(Offer).where(Offer.uuid == uuid, over))


def load_similar(offer: Offer, day: date, limit: int) -> list[Offer]:
    """Return public offers of the same district, those first that share most terms."""
    terms = select(OfferTerm.term_id).where(OfferTerm.offer_id == offer.id)
    query = (
        select(Offer.id)
        .join(OfferTerm, OfferTerm.offer_id == Offer.id)
        .where(OfferTerm.term_id.in_(terms), published_on(day), Offer.id != offer.id)
        .where(Offer.actor.has(Actor.region == offer.region))
        .group_by(Offer.id)
        .order_by(func.count().desc(), Offer.id)
        .limit(limit)
    )
    return load_offers(db.session.scalars(query).all())


def _found(query: Select[Offer]) -> Offer:
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def load_offers(ids: Sequence[int]) -> list[Offer]:
    """Return the mapped offers in the order of their internal ids."""
    found = db.session.scalars(with_parts(select(Offer).where(Offer.id.in_(ids)))).all()
    by_id = {offer.id: offer for offer in found}
    return [by_id[key] for key in ids if key in by_id]


def load_offers_of(actor_id: int, day: date, *, but: int | None = None) -> Sequence[Offer]:
    """Return the offers of an actor that everyone may see."""
    query = select(Offer).where(Offer.actor_id == actor_id, published_on(day), Offer.id != but)
    return db.session.scalars(with_parts(query.order_by(Offer.id).limit(200))).all()


def load_many(who: Who, uuids: Sequence[UUID]) -> list[Offer]:
    """Return those of the offers that `who` may edit."""
    mine = looked_after(who, Permission.OFFER_EDIT)
    found = db.session.scalars(with_parts(select(Offer).where(Offer.uuid.in_(uuids), mine)))
    return list(found)


_SORTS = {
    "title": Offer.folded,
    "actor": func.lower(Actor.name),
    "status": Offer.status,
    "last_confirmed": Offer.last_confirmed,
    "valid_to": Offer.valid_to,
}


def office_list(
    who: Who, wanted: OfficeFilter, day: date, *, page: int = 1, per_page: int = 50
) -> tuple[list[OfferRow], int]:
    """Return one page of the offers `who` looks after, drafts and archived ones included."""
    conditions = [looked_after(who, Permission.OFFER_READ), *_conditions(wanted, day)]
    joined = select(func.count(Offer.id)).join(Actor, Actor.id == Offer.actor_id)
    total = db.session.scalar(joined.where(*conditions)) or 0
    order = _SORTS.get(wanted.sort.removeprefix("-"), Offer.folded)
    names = ("uuid", "title", "status", "example", "last_confirmed", "valid_to")
    found = db.session.execute(
        select(
            Actor.uuid.label("actor_uuid"),
            Actor.name.label("actor_name"),
            Actor.id.label("owner_id"),
            Actor.region,
            *(getattr(Offer, name) for name in names),
        )
        .join(Actor, Actor.id == Offer.actor_id)
        .where(*conditions)
        .order_by(order.desc() if wanted.sort.startswith("-") else order, Offer.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [OfferRow(**values) for values in found.mappings()], total


def listed(who: Who, wanted: OfficeFilter, day: date, permission: Permission) -> Sequence[int]:
    """Return the internal ids of all that the office's list shows, of actors with this right."""
    query = select(Offer.id).join(Actor, Actor.id == Offer.actor_id)
    conditions = [looked_after(who, permission), *_conditions(wanted, day)]
    return db.session.scalars(query.where(*conditions).order_by(Offer.id)).all()


def _conditions(wanted: OfficeFilter, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        or_(
            Offer.folded.contains(word, autoescape=True),
            Actor.folded.contains(word, autoescape=True),
        )
        for word in words(wanted.q)
    ]
    if wanted.status:
        conditions.append(Offer.status == wanted.status)
    else:
        conditions.append(Offer.status != Status.ARCHIVED)
    if wanted.field:
        conditions.append(has_term("field", [wanted.field]))
    if wanted.actor:
        conditions.append(Actor.uuid == wanted.actor)
    if wanted.due:
        conditions.append(is_due(wanted.due, day))
    return conditions


def has_term(scheme: str, keys: Sequence[str]) -> ColumnElement[bool]:
    return exists(
        select(OfferTerm.offer_id)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(OfferTerm.offer_id == Offer.id, Term.scheme == scheme, Term.key.in_(keys))
    )


def speaks(keys: Sequence[str]) -> ColumnElement[bool]:
    return exists(
        select(OfferLanguage.id)
        .join(Term, Term.id == OfferLanguage.term_id)
        .where(OfferLanguage.offer_id == Offer.id, Term.key.in_(keys))
    )


def load_examples(uuids: Sequence[UUID]) -> Sequence[Offer]:
    """Return example offers, those of the given ids, and all offers of example actors."""
    of_examples = Offer.actor_id.in_(select(Actor.id).where(Actor.example))
    doomed = or_(Offer.example, of_examples, Offer.uuid.in_(uuids))
    return db.session.scalars(select(Offer).where(doomed)).all()
