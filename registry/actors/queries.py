"""Reading actors."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, actors_of, regions_of
from registry.actors.due.queries import is_due
from registry.actors.models import Actor, Contact, Place, Status, Unit
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.text import words
from registry.vocabulary.models import Term

Row = TypeVar("Row")


@dataclass(frozen=True)
class ActorRow:
    """An actor as one line of a list."""

    uuid: UUID
    name: str
    category: str | None
    status: str
    example: bool
    region: str


@dataclass(frozen=True)
class OfficeRow:
    """An actor as one line of the office's list."""

    uuid: UUID
    name: str
    category: str | None
    status: str
    example: bool
    last_confirmed: date | None
    region: str
    owner_id: int


@dataclass(frozen=True)
class ActorFilter:
    q: str = ""
    categories: tuple[str, ...] = ()
    status: str = ""
    due: str = ""  # a reason in actors.due.queries.DUE


def visible_to(who: Who) -> ColumnElement[bool]:
    """Return the condition for what is published or in a region that `who` reads."""
    return or_(Actor.status == Status.PUBLISHED, looked_after(who, Permission.ACTOR_READ))


def looked_after(who: Who, permission: Permission) -> ColumnElement[bool]:
    """Return the condition for actors that `who` holds a right for, by region or one by one."""
    regions, own = regions_of(who, permission), actors_of(who, permission)
    if "" in regions:
        return true()
    in_regions = (Actor.region.startswith(region) for region in regions)
    return or_(Actor.id.in_(own) if own else false(), *in_regions)


def locked(query: Select[Row], kind: type[Row]) -> Select[Row]:
    """Let nobody else change what is read until the transaction ends, and read it anew."""
    return query.with_for_update(of=kind).execution_options(populate_existing=True)


def load_actor(who: Who, uuid: UUID, *, lock: bool = False) -> Actor:
    """Return the actor or raise NotFound, whether it is missing or hidden."""
    query = (
        select(Actor)
        .where(Actor.uuid == uuid, visible_to(who))
        .options(
            selectinload(Actor.places), selectinload(Actor.contacts), selectinload(Actor.units)
        )
    )
    found = db.session.scalar(locked(query, Actor) if lock else query)
    if found is None:
        raise NotFound
    return found


def actors(
    who: Who, wanted: ActorFilter, *, page: int = 1, per_page: int = 50
) -> tuple[list[ActorRow], int]:
    """Return one page of actors by name, and the total."""
    conditions = [visible_to(who), *_conditions(wanted)]
    total = db.session.scalar(select(func.count(Actor.id)).where(*conditions)) or 0
    found = db.session.execute(
        select(Actor.uuid, Actor.name, Term.key, Actor.status, Actor.example, Actor.region)
        .outerjoin(Term, Term.id == Actor.category_id)
        .where(*conditions)
        .order_by(func.lower(Actor.name), Actor.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [ActorRow(*values) for values in found], total


def _conditions(wanted: ActorFilter) -> list[ColumnElement[bool]]:
    conditions = [Actor.folded.contains(word, autoescape=True) for word in words(wanted.q)]
    if wanted.categories:
        conditions.append(
            Actor.category_id.in_(
                select(Term.id).where(Term.scheme == "category", Term.key.in_(wanted.categories))
            )
        )
    conditions.append(Actor.status == wanted.status if wanted.status else true())
    if wanted.due:
        conditions.append(is_due(wanted.due))
    return conditions


_SORTS = {
    "name": func.lower(Actor.name),
    "category": Term.position,
    "status": Actor.status,
    "last_confirmed": Actor.last_confirmed,
}


def office_list(
    who: Who, wanted: ActorFilter, *, sort: str = "name", page: int = 1, per_page: int = 50
) -> tuple[list[OfficeRow], int]:
    """Return one page of the actors `who` looks after, drafts included, and the total."""
    conditions = [looked_after(who, Permission.ACTOR_READ), *_conditions(wanted)]
    if not wanted.status:
        conditions.append(Actor.status != Status.ARCHIVED)
    total = db.session.scalar(select(func.count(Actor.id)).where(*conditions)) or 0
    names = ("uuid", "name", "status", "example", "last_confirmed", "region")
    order = _SORTS.get(sort.removeprefix("-"), _SORTS["name"])
    found = db.session.execute(
        select(
            Term.key.label("category"),
            Actor.id.label("owner_id"),
            *(getattr(Actor, name) for name in names),
        )
        .select_from(Actor)
        .outerjoin(Term, Term.id == Actor.category_id)
        .where(*conditions)
        .order_by(order.desc() if sort.startswith("-") else order, Actor.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [OfficeRow(**values) for values in found.mappings()], total


def listed(who: Who, wanted: ActorFilter, permission: Permission) -> Sequence[int]:
    """Return the internal ids of all that the office's list shows, of regions with this right."""
    conditions = [looked_after(who, permission), *_conditions(wanted)]
    if not wanted.status:
        conditions.append(Actor.status != Status.ARCHIVED)
    return db.session.scalars(select(Actor.id).where(*conditions).order_by(Actor.id)).all()


def load_page(who: Who, wanted: ActorFilter, *, page: int, per_page: int) -> Sequence[Actor]:
    """Return mapped actors of one page for a schema to dump."""
    return db.session.scalars(
        select(Actor)
        .where(visible_to(who), *_conditions(wanted))
        .options(
            selectinload(Actor.places),
            selectinload(Actor.contacts),
            selectinload(Actor.units),
            selectinload(Actor.fields),
            selectinload(Actor.areas),
            selectinload(Actor.parent),
            selectinload(Actor.category),
            selectinload(Actor.legal_form),
        )
        .order_by(func.lower(Actor.name), Actor.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()


def count_by_category(who: Who, wanted: ActorFilter) -> dict[str, int]:
    """Count the actors of each category key ("" for none), whatever category is asked for."""
    conditions = [visible_to(who), *_conditions(replace(wanted, categories=()))]
    found = db.session.execute(
        select(func.coalesce(Term.key, ""), func.count(Actor.id))
        .select_from(Actor)
        .outerjoin(Term, Term.id == Actor.category_id)
        .where(*conditions)
        .group_by(Term.key)
    )
    return dict(iter(found))


def editable_actors(who: Who) -> list[ActorRow]:
    """Return the actors whose entries `who` may change, by name."""
    found = db.session.execute(
        select(Actor.uuid, Actor.name, Term.key, Actor.status, Actor.example, Actor.region)
        .outerjoin(Term, Term.id == Actor.category_id)
        .where(
            looked_after(who, Permission.ACTOR_EDIT),
            Actor.status != Status.ARCHIVED,
        )
        .order_by(func.lower(Actor.name))
    )
    return [ActorRow(*values) for values in found]


def names(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of actors by their internal ids."""
    found = db.session.execute(select(Actor.id, Actor.name).where(Actor.id.in_(set(keys))))
    return dict(iter(found))


def part_names(keys: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the names of the places, contacts and units of actors, by actor and by their ids."""
    found: dict[int, dict[str, str]] = {}
    for kind, name in ((Place, Place.name), (Contact, Contact.function), (Unit, Unit.name)):
        query = select(kind.actor_id, kind.uuid, name).where(kind.actor_id.in_(keys))
        for key, uuid, named in db.session.execute(query.order_by(kind.position)):
            found.setdefault(key, {})[str(uuid)] = named
    return found


def by_category() -> dict[str, list[ActorRow]]:
    """Return the published actors by category key; actors without a category under ""."""
    found = db.session.execute(
        select(Actor.uuid, Actor.name, Term.key, Actor.status, Actor.example, Actor.region)
        .outerjoin(Term, Term.id == Actor.category_id)
        .where(Actor.status == Status.PUBLISHED)
        .order_by(func.lower(Actor.name))
    )
    grouped: dict[str, list[ActorRow]] = {}
    for row in (ActorRow(*values) for values in found):
        grouped.setdefault(row.category or "", []).append(row)
    return grouped


def load_children(actor: Actor) -> Sequence[Actor]:
    """Return the published actors this one runs."""
    return db.session.scalars(
        select(Actor)
        .where(Actor.parent_id == actor.id, Actor.status == Status.PUBLISHED)
        .order_by(Actor.name)
    ).all()


def load_examples(uuids: Sequence[UUID]) -> Sequence[Actor]:
    """Return example actors and those of the given ids."""
    return db.session.scalars(select(Actor).where(or_(Actor.example, Actor.uuid.in_(uuids)))).all()


def load_below(actor: Actor) -> Sequence[Actor]:
    return db.session.scalars(select(Actor).where(Actor.parent_id == actor.id)).all()
