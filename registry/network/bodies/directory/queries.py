"""Reading bodies as everyone sees them: public ones, with their published members."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from registry.actors.models import Actor, Place, Status
from registry.core import versions
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import Body, Member, Part
from registry.offers.models import Offer, OfferTerm
from registry.offers.queries import published_on
from registry.texts.translated import Translated
from registry.vocabulary.models import Term

_PARTS = [part.value for part in Part]


@dataclass(frozen=True)
class Seat:
    """A member by its internal and its public id."""

    actor: int
    uuid: UUID
    name: str
    part: str
    seats: int
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True)
class Entry:
    """A body as everyone sees it; `fields` are keys, `office` is who runs it, if published."""

    uuid: UUID
    form: str
    level: str
    name: str
    purpose: Translated
    joining: Translated
    rhythm: str | None
    seats: int | None
    term_from: date | None
    term_to: date | None
    email: str | None
    phone: str | None
    website: str | None
    example: bool
    fields: tuple[str, ...]
    office: tuple[UUID, str] | None
    members: tuple[Seat, ...]


@dataclass(frozen=True)
class Given:
    """An offer of a member; `fields` are keys."""

    uuid: UUID
    title: Translated
    provider: str
    fields: tuple[str, ...]


def published(day: date) -> list[Entry]:
    """Return the public bodies by name, with those who are members on a day."""
    return [_on(entry, day) for entry in versions.kept("public bodies", _published)]


def entry(uuid: UUID, day: date) -> Entry:
    """Return a public body, or raise NotFound."""
    found = (each for each in versions.kept("public bodies", _published) if each.uuid == uuid)
    if (body := next(found, None)) is None:
        raise NotFound
    return _on(body, day)


def offers_of(actors: Iterable[int], day: date) -> list[Given]:
    """Return what these actors (internal ids) offer publicly on a day, by title."""
    query = select(Offer.id, Offer.uuid, Offer.title, Actor.name).join(
        Actor, Actor.id == Offer.actor_id
    )
    mine = (Offer.actor_id.in_(set(actors)), published_on(day))
    rows = db.session.execute(query.where(*mine).order_by(Offer.folded, Offer.id)).all()
    fields: dict[int, list[str]] = {}
    terms = (
        select(OfferTerm.offer_id, Term.key)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(Term.scheme == "field", OfferTerm.offer_id.in_(select(Offer.id).where(*mine)))
    )
    for offer, key in db.session.execute(terms):
        fields.setdefault(offer, []).append(key)
    return [Given(row.uuid, row.title, row.name, tuple(fields.get(row.id, ()))) for row in rows]


def by_field(fields: Iterable[str], offers: Iterable[Given]) -> dict[str, list[Given]]:
    """Return the offers of each field, in the order of the fields; none is left out."""
    known = list(offers)
    return {key: [each for each in known if key in each.fields] for key in fields}


def _on(entry: Entry, day: date) -> Entry:
    return replace(entry, members=tuple(each for each in entry.members if each.on(day)))


def _published() -> list[Entry]:
    rows = db.session.scalars(
        select(Body)
        .where(Body.public.is_(True))
        .options(selectinload(Body.fields), selectinload(Body.office))
        .order_by(func.lower(Body.name), Body.id)
    ).all()
    members = _members([row.id for row in rows])
    return [_entry(row, members.get(row.id, [])) for row in rows]


def _entry(row: Body, members: list[Seat]) -> Entry:
    office = row.office if row.office and row.office.status == Status.PUBLISHED else None
    same = ("uuid", "form", "level", "name", "purpose", "joining", "rhythm", "seats")
    rest = ("term_from", "term_to", "email", "phone", "website", "example")
    return Entry(
        **{name: getattr(row, name) for name in (*same, *rest)},
        fields=tuple(term.key for term in row.fields),
        office=(office.uuid, office.name) if office else None,
        members=tuple(sorted(members, key=lambda each: _PARTS.index(each.part))),
    )


def _members(bodies: list[int]) -> dict[int, list[Seat]]:
    """Return the published members by body; an actor that has hidden places alone stays unnamed."""
    hidden = exists(select(Place.id).where(Place.actor_id == Actor.id, Place.confidential))
    shown = exists(select(Place.id).where(Place.actor_id == Actor.id, ~Place.confidential))
    columns = (Actor.id, Actor.uuid, Actor.name, Member.part, Member.seats)
    query = (
        select(Member.body_id, *columns, Member.since, Member.until)
        .join(Actor, Actor.id == Member.actor_id)
        .where(Member.body_id.in_(bodies), Actor.status == Status.PUBLISHED, ~hidden | shown)
        .order_by(func.lower(Actor.name), Actor.id)
    )
    found: dict[int, list[Seat]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.body_id, []).append(Seat(*row[1:]))
    return found
