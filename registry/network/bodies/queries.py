"""Reading bodies: the office's list, one of them, and all of a region as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import Body, Member, body_field
from registry.network.catalogue import bodies as catalogue
from registry.vocabulary.models import Term

SORTS = ("name", "form", "members", "term_to")


@dataclass(frozen=True)
class BodyRow:
    """A body as one line of the office's list; `members` are those of today, `fields` keys."""

    uuid: UUID
    name: str
    form: str
    level: str
    term_to: date | None
    public: bool
    example: bool
    members: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyFilter:
    """Which bodies are asked for, "" for all: of a form, of a field (key); and their order."""

    form: str = ""
    field: str = ""
    sort: str = "name"


@dataclass(frozen=True)
class Named:
    """An actor with what its name needs."""

    uuid: UUID
    name: str
    example: bool


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for bodies of regions whose network `who` reads."""
    read = regions_of(who, Permission.NETWORK_READ)
    return or_(*(Body.region.startswith(ags, autoescape=True) for ags in read), false())


def load_body(who: Who, uuid: UUID, *, lock: bool = False) -> Body:
    """Return the body or raise NotFound, whether it is missing or of another register."""
    query = (
        select(Body)
        .where(Body.uuid == uuid, looked_after(who))
        .options(
            selectinload(Body.fields),
            selectinload(Body.office),
            selectinload(Body.members).selectinload(Member.actor),
        )
    )
    found = db.session.scalar(locked(query, Body) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_actors(region: str, uuids: Iterable[UUID]) -> dict[UUID, Actor]:
    """Return those of the actors that are of a region and not archived, by public id."""
    inside = Actor.region.startswith(region, autoescape=True)
    wanted = (inside, Actor.uuid.in_(set(uuids)), Actor.status != Status.ARCHIVED)
    return {each.uuid: each for each in db.session.scalars(select(Actor).where(*wanted))}


def eligible(region: str) -> list[tuple[UUID, str]]:
    """Return the actors of a region that can become members, by name."""
    inside = Actor.region.startswith(region, autoescape=True)
    query = select(Actor.uuid, Actor.name).where(inside, Actor.status != Status.ARCHIVED)
    found = db.session.execute(query.order_by(func.lower(Actor.name), Actor.id))
    return [(uuid, name) for uuid, name in found]


def _sits(day: date) -> ColumnElement[bool]:
    """Return the condition for members of a day that everyone may see."""
    return and_(
        or_(Member.since.is_(None), Member.since <= day),
        or_(Member.until.is_(None), Member.until >= day),
        Member.actor_id == Actor.id,
        Actor.status == Status.PUBLISHED,
    )


def office_list(
    who: Who, wanted: BodyFilter, day: date, *, page: int = 1, per_page: int = 50
) -> tuple[list[BodyRow], int]:
    """Return one page of bodies with their members of a day, and the total."""
    conditions = [looked_after(who)]
    if wanted.form:
        conditions.append(Body.form == wanted.form)
    if wanted.field:
        of_field = select(body_field.c.body_id).join(Term, Term.id == body_field.c.term_id)
        conditions.append(
            exists(of_field.where(body_field.c.body_id == Body.id, Term.key == wanted.field))
        )
    total = db.session.scalar(select(func.count(Body.id)).where(*conditions)) or 0
    members = (
        select(func.count(Member.id)).where(Member.body_id == Body.id, _sits(day)).scalar_subquery()
    )
    orders: dict[str, Any] = {"form": Body.form, "members": members, "term_to": Body.term_to}
    order = orders.get(wanted.sort.removeprefix("-"), func.lower(Body.name))
    names = ("uuid", "name", "form", "level", "term_to", "public", "example")
    found = db.session.execute(
        select(Body.id, members.label("members"), *(getattr(Body, name) for name in names))
        .where(*conditions)
        .order_by(
            order.desc() if wanted.sort.startswith("-") else order, func.lower(Body.name), Body.id
        )
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).mappings()
    rows = {each["id"]: {name: each[name] for name in (*names, "members")} for each in found}
    fields = _fields(list(rows))
    return [BodyRow(**row, fields=tuple(fields.get(key, ()))) for key, row in rows.items()], total


def load_bodies(region: str, day: date) -> list[catalogue.Body]:
    """Return the bodies of a region by name, with the published actors that sit in them."""
    inside = Body.region.startswith(region, autoescape=True)
    query = select(Body.id, Body.uuid, Body.name, Body.form, Body.example).where(inside)
    rows = db.session.execute(query.order_by(func.lower(Body.name), Body.id)).all()
    parts: dict[int, dict[int, str]] = {}
    seats = select(Member.body_id, Member.actor_id, Member.part).where(_sits(day))
    of_region = seats.join(Body, Body.id == Member.body_id).where(inside)
    for body, actor, part in db.session.execute(of_region):
        parts.setdefault(body, {})[actor] = part
    fields = _fields([row.id for row in rows])
    return [
        catalogue.Body(
            key=str(row.uuid),
            name=row.name,
            form=row.form,
            parts=parts.get(row.id, {}),
            fields=tuple(fields.get(row.id, ())),
            example=row.example,
        )
        for row in rows
    ]


def named(keys: Iterable[int]) -> dict[int, Named]:
    """Return the names of actors by their internal ids, in the order of the names."""
    query = select(Actor.id, Actor.uuid, Actor.name, Actor.example)
    found = db.session.execute(
        query.where(Actor.id.in_(set(keys))).order_by(func.lower(Actor.name), Actor.id)
    )
    return {key: Named(uuid, name, example) for key, uuid, name, example in found}


def count_actors(region: str) -> int:
    """Return how many published actors a region has."""
    inside = Actor.region.startswith(region, autoescape=True)
    query = select(func.count(Actor.id)).where(inside, Actor.status == Status.PUBLISHED)
    return db.session.scalar(query) or 0


def _fields(bodies: Sequence[int]) -> dict[int, list[str]]:
    """Return the keys of the fields by body (internal ids), in their order."""
    found: dict[int, list[str]] = {}
    query = select(body_field.c.body_id, Term.key).join(Term, Term.id == body_field.c.term_id)
    wanted = query.where(body_field.c.body_id.in_(bodies)).order_by(Term.position, Term.id)
    for body, key in db.session.execute(wanted):
        found.setdefault(body, []).append(key)
    return found
