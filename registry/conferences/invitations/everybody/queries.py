"""Reading everybody who could be invited: few statements, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from registry.actors.models import Actor, ActorArea, Place, Status, Unit, actor_field
from registry.actors.models import Contact as ContactRow
from registry.conferences.attendance.earlier import queries as earlier
from registry.conferences.criteria import Candidate, Code, Last
from registry.conferences.invitations.everybody.reaching import Address, Contact, Reach, reach
from registry.conferences.invitations.models import Beside, Individual
from registry.conferences.invitations.queries import stopped
from registry.conferences.models import Conference
from registry.core.db import db
from registry.network.bodies.models import Body, body_field
from registry.network.bodies.models import Form as BodyForm
from registry.network.findings.models import Decision, Finding
from registry.vocabulary.models import Term

PERSON = ("form", "title", "office_title", "given_name", "family_name", "function")
Keyed = dict[int, Any]


@dataclass(frozen=True)
class Entry:
    """Somebody who could be invited: for the rules, and what an invitation would say.

    `column` names the foreign key of an invitation that `id` stands in.
    """

    candidate: Candidate
    column: str
    id: int
    uuid: UUID
    name: str
    values: Mapping[str, Any]
    published: bool = True


def key_of(column: str, uuid: object) -> str:
    """Return the public key of an entry: what it is, and its id."""
    return f"{column.removesuffix('_id')}:{uuid}"


def everybody(conference: Conference, today: date) -> dict[str, Entry]:
    """Return all organisations, bodies and individuals of the conference's region by key."""
    region = conference.region
    contacts, individuals = _contacts(region), _individuals(region)
    bodies = _bodies(region)
    mails = {each.email for rows in contacts.values() for each in rows}
    mails |= {row.email for row in bodies} | {row.email for row in individuals}
    against = stopped(mail for mail in mails if mail)
    places, last = _places(region), earlier.last(conference, today)
    return {
        entry.candidate.key: entry
        for entry in (
            *_actors(region, contacts, places, against, last),
            *(_body(row, places.get(row.office_id or 0), against, last) for row in bodies),
            *(_individual(row, against, last) for row in individuals),
        )
    }


def _inside(column: InstrumentedAttribute[str], region: str) -> Any:
    return column.startswith(region, autoescape=True)


@dataclass
class _Places:
    """Where an organisation is: the first address that is not confidential, and all towns."""

    address: Address | None = None
    phone: str | None = None
    municipalities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _BodyRow:
    id: int
    uuid: UUID
    name: str
    form: str
    email: str | None
    phone: str | None
    public: bool
    office_id: int | None
    office: str | None
    fields: frozenset[str]


def _actors(
    region: str,
    contacts: Mapping[int, list[Contact]],
    places: Mapping[int, _Places],
    against: Mapping[str, str],
    last: Mapping[str, Keyed],
) -> Iterable[Entry]:
    fields, areas = _fields(region), _areas(region)
    findings, nowhere = _findings(region), _Places()
    query = select(Actor.id, Actor.uuid, Actor.name, Actor.status, Actor.tier, Term.key)
    query = query.outerjoin(Term, Term.id == Actor.category_id)
    for row in db.session.execute(query.where(_inside(Actor.region, region))):
        place = places.get(row.id, nowhere)
        found = reach(contacts.get(row.id, ()), place.address, against)
        active = row.status == Status.PUBLISHED
        values = {**found.values(), "organisation": row.name, "category": row.key or ""}
        values["phone"] = values["phone"] or place.phone
        candidate = Candidate(
            key_of("actor_id", row.uuid),
            row.name,
            row.key or "",
            fields=frozenset(fields.get(row.id, ())),
            municipalities=place.municipalities | areas.get(row.id, frozenset()),
            tier=row.tier,
            last=last["actor_id"].get(row.id, Last.NEVER),
            findings=frozenset(findings.get(str(row.uuid), ())),
            **_reached(found, values, None if active else Code.INACTIVE),
        )
        yield Entry(candidate, "actor_id", row.id, row.uuid, row.name, values, active)


def _reached(found: Reach, values: Mapping[str, Any], obstacle: Code | None) -> dict[str, Any]:
    return {
        "obstacle": obstacle or found.obstacle,
        "mailbox": (found.email or "").casefold(),
        "house": found.house,
        "telephone": bool(values["phone"]),
    }


def _body(
    row: _BodyRow, office: _Places | None, against: Mapping[str, str], last: Mapping[str, Keyed]
) -> Entry:
    """A body is written to at its own mailbox, or at the house of the office that runs it."""
    own = Contact(None, None, row.office, row.email, row.phone, usable=True, released=row.public)
    found = reach([own], office.address if office else None, against)
    category = Beside.COUNCIL if row.form == BodyForm.COUNCIL else Beside.GUEST
    values = {**found.values(), "organisation": row.name, "category": category.value}
    candidate = Candidate(
        key_of("body_id", row.uuid),
        row.name,
        category.value,
        beside=True,
        fields=frozenset(row.fields),
        last=last["body_id"].get(row.id, Last.NEVER),
        **_reached(found, values, None),
    )
    return Entry(candidate, "body_id", row.id, row.uuid, row.name, values)


def _individual(row: Individual, against: Mapping[str, str], last: Mapping[str, Keyed]) -> Entry:
    own = Contact(None, row.function, None, row.email, row.phone, usable=True, released=False)
    found = reach([own], _address(row), against)
    named = {name: getattr(row, name) for name in PERSON}
    values = {**found.values(), **named, "organisation": row.known_as, "category": row.category}
    candidate = Candidate(
        key_of("individual_id", row.uuid),
        f"{row.family_name or ''} {row.given_name or ''}".strip() or row.known_as,
        row.category,
        beside=True,
        last=last["individual_id"].get(row.id, Last.NEVER),
        **_reached(found, values, Code.NO_CONSENT if row.withdrawn_on else None),
    )
    return Entry(candidate, "individual_id", row.id, row.uuid, str(row), values)


def _address(row: Any) -> Address | None:
    """Return where letters go, if the row says all of it."""
    whole = row.street and row.postcode and row.city
    return Address(row.street, row.postcode, row.city) if whole else None


def _of_actors(query: Any, column: Any, region: str) -> Any:
    joined = query.join(Actor, Actor.id == column).where(_inside(Actor.region, region))
    return db.session.execute(joined)


def _contacts(region: str) -> dict[int, list[Contact]]:
    names = ("actor_id", "id", "function", "email", "phone", "use_for_invitations")
    uses = (ContactRow.publish_network, ContactRow.publish_public)
    query = (
        select(*(getattr(ContactRow, name) for name in names), *uses, Unit.name.label("unit"))
        .outerjoin(Unit, Unit.id == ContactRow.unit_id)
        .order_by(ContactRow.actor_id, ContactRow.position, ContactRow.id)
    )
    found = defaultdict(list)
    for row in _of_actors(query, ContactRow.actor_id, region):
        released = row.publish_network or row.publish_public
        told = (row.id, row.function, row.unit, row.email, row.phone)
        found[row.actor_id].append(Contact(*told, row.use_for_invitations, released))
    return found


def _places(region: str) -> dict[int, _Places]:
    """Return where each actor is; a confidential place gives neither address nor town."""
    names = ("actor_id", "street", "postcode", "city", "municipality", "phone")
    query = select(*(getattr(Place, name) for name in names)).where(~Place.confidential)
    query = query.order_by(Place.actor_id, Place.position, Place.id)
    found: dict[int, _Places] = defaultdict(_Places)
    for row in _of_actors(query, Place.actor_id, region):
        place = found[row.actor_id]
        place.address = place.address or _address(row)
        place.phone = place.phone or row.phone
        if row.municipality:
            place.municipalities |= {row.municipality}
    return found


def _fields(region: str) -> dict[int, set[str]]:
    query = select(actor_field.c.actor_id, Term.key).join(Term, Term.id == actor_field.c.term_id)
    found = defaultdict(set)
    for actor, key in _of_actors(query, actor_field.c.actor_id, region):
        found[actor].add(key)
    return found


def _areas(region: str) -> dict[int, frozenset[str]]:
    query = select(ActorArea.actor_id, ActorArea.ags)
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for actor, ags in _of_actors(query, ActorArea.actor_id, region):
        found[actor] |= {ags}
    return found


def _bodies(region: str) -> list[_BodyRow]:
    query = (
        select(Body.id, Body.uuid, Body.name, Body.form, Body.email, Body.phone, Body.public)
        .add_columns(Body.office_id, Actor.name.label("office"))
        .outerjoin(Actor, Actor.id == Body.office_id)
        .where(_inside(Body.region, region))
    )
    keys = select(body_field.c.body_id, Term.key).join(Term, Term.id == body_field.c.term_id)
    fields = defaultdict(set)
    for body, key in db.session.execute(keys):
        fields[body].add(key)
    found = db.session.execute(query).mappings()
    return [_BodyRow(**row, fields=frozenset(fields.get(row["id"], ()))) for row in found]


def _individuals(region: str) -> list[Individual]:
    return list(db.session.scalars(select(Individual).where(_inside(Individual.region, region))))


def _findings(region: str) -> dict[str, set[str]]:
    """Return by public id of an actor which kinds of findings of the network name it today."""
    query = select(Finding.kind, Finding.facts).where(
        _inside(Finding.region, region),
        Finding.gone_on.is_(None),
        Finding.state != Decision.DISMISSED,
    )
    found = defaultdict(set)
    for kind, facts in db.session.execute(query):
        for actor in facts.get("actors") or ():
            found[str(actor)].add(kind)
    return found
