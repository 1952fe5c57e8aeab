"""Reading rules and picks, and what follows from them for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.conferences import criteria
from registry.conferences.invitations.choosing.comparing import Difference, Present, compare
from registry.conferences.invitations.everybody.queries import Entry, everybody, key_of
from registry.conferences.invitations.models import (
    Effect,
    Individual,
    Invitation,
    Pick,
    Reply,
    Rule,
)
from registry.conferences.invitations.queries import category_order
from registry.conferences.models import Conference
from registry.conferences.planning import Limits, Plan, plan
from registry.conferences.planning import Pick as Picked
from registry.conferences.queries import in_the_office, mine
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import Body
from registry.vocabulary import queries as vocabulary

KINDS: dict[str, Any] = {"actor_id": Actor, "body_id": Body, "individual_id": Individual}


@dataclass(frozen=True)
class Planned:
    """What the rules of a conference say today, and the list as it stands."""

    entries: Mapping[str, Entry]
    plan: Plan
    present: Mapping[str, Invitation]
    frozen: bool

    @cached_property
    def wanted(self) -> dict[str, dict[str, Any]]:
        """Return by key what the columns of each invitation are to be."""
        return {
            each.candidate.key: {
                **self.entries[each.candidate.key].values,
                "seats": each.seats,
                "reasons": each.told,
            }
            for each in self.plan.invited
        }

    @cached_property
    def difference(self) -> Difference:
        active = {key: row for key, row in self.present.items() if row.withdrawn_on is None}
        return compare(self.wanted, {key: self._standing(key, row) for key, row in active.items()})

    @cached_property
    def added(self) -> frozenset[str]:
        return frozenset(self.difference.added)

    @cached_property
    def gone(self) -> frozenset[str]:
        return frozenset(self.difference.gone)

    def _standing(self, key: str, row: Invitation) -> Present:
        walked_in = any(each["code"] == criteria.Code.WALK_IN for each in row.reasons)
        out = row.invited_on is not None or row.letter_on is not None or walked_in
        values = {name: getattr(row, name) for name in self.wanted.get(key, ())}
        return Present(values, row.edited, out or (self.frozen and not row.late))


def planned(conference: Conference, today: date) -> Planned:
    """Return the verdict on everybody whom the conference could invite."""
    entries = everybody(conference, today)
    found = plan(
        (entry.candidate for entry in entries.values()),
        [as_rule(row) for row in load_rules(conference)],
        {key: Picked(row.effect == Effect.INVITE, row.seats) for key, row in picks(conference)},
        limits(conference),
        framework(),
    )
    return Planned(entries, found, present(conference), conference.frozen_at is not None)


def present(conference: Conference) -> dict[str, Invitation]:
    """Return the invitations there are, also withdrawn ones, by the key of whom they are for."""
    return {key: row for key, row in _keyed(Invitation, conference) if key}


def framework() -> list[str]:
    """Return the framework's categories of participants."""
    return [term.key for term in vocabulary.terms("category") if term.framework]


def limits(conference: Conference) -> Limits:
    quotas: Mapping[str, Any] = conference.quotas or {}
    return Limits(
        conference.seats_each,
        conference.invited_most,
        {key: each["most"] for key, each in quotas.items() if each.get("most") is not None},
        {key: each.get("priority") or 1 for key, each in quotas.items()},
        category_order(),
    )


def as_rule(row: Rule) -> criteria.Rule:
    asked = {name: frozenset(values) for name, values in row.criteria.items()}
    invites = row.effect == Effect.INVITE
    return criteria.Rule(str(row.uuid), invites, asked, row.seats, row.priority)


def load_rules(conference: Conference) -> Sequence[Rule]:
    """Return the rules of a conference in their order."""
    query = select(Rule).where(Rule.conference_id == conference.id)
    return db.session.scalars(query.order_by(Rule.position, Rule.id)).all()


def load_rule(who: Who, uuid: UUID, *, lock: bool = False) -> Rule:
    """Return a rule of a conference that `who` may see, or raise NotFound."""
    query = (
        select(Rule)
        .join(Conference, Conference.id == Rule.conference_id)
        .where(Rule.uuid == uuid, mine(who))
        .options(joinedload(Rule.conference))
    )
    found = db.session.scalar(locked(query, Rule) if lock else query)
    if found is None:
        raise NotFound
    return found


def picks(conference: Conference) -> list[tuple[str, Pick]]:
    """Return what was chosen by hand, with the key of whom it is about."""
    return _keyed(Pick, conference)


def load_pick(conference: Conference, key: str) -> Pick | None:
    """Return what was chosen by hand for one key, if anything was."""
    return dict(picks(conference)).get(key)


def _keyed(kind: Any, conference: Conference) -> list[tuple[str, Any]]:
    query = select(kind, Actor.uuid, Body.uuid, Individual.uuid)
    for column, table in KINDS.items():
        query = query.outerjoin(table, table.id == getattr(kind, column))
    found = db.session.execute(
        query.where(kind.conference_id == conference.id).order_by(kind.id)
    ).all()
    return [(_key(row[1:]), row[0]) for row in found]


def _key(uuids: Sequence[UUID | None]) -> str:
    found = ((name, uuid) for name, uuid in zip(KINDS, uuids, strict=True) if uuid)
    return next((key_of(name, uuid) for name, uuid in found), "")


def find_subject(who: Who, conference: Conference, key: str) -> tuple[str, Any]:
    """Return whom a key means, with the column that refers to one; NotFound outside the region."""
    kind, _colon, text = key.partition(":")
    table = KINDS.get(f"{kind}_id")
    try:
        uuid = UUID(text)
    except ValueError:
        raise NotFound from None
    if table is None:
        raise NotFound
    inside = [table.uuid == uuid, table.region.startswith(conference.region, autoescape=True)]
    if table is Actor and not in_the_office(who, conference):
        inside.append(Actor.status == Status.PUBLISHED)
    found = db.session.scalar(select(table).where(*inside))
    if found is None:
        raise NotFound
    return f"{kind}_id", found


def accepted_categories(conference: Conference) -> set[str]:
    """Return the categories of which somebody has accepted."""
    query = select(Invitation.category).where(
        Invitation.conference_id == conference.id,
        Invitation.withdrawn_on.is_(None),
        Invitation.reply.in_((Reply.YES, Reply.DEPUTY)),
    )
    return set(db.session.scalars(query.distinct()))


def applied_at(conference: Conference, moment: datetime, stayed: datetime) -> Sequence[Invitation]:
    """Return the invitations that rules added or took out at a moment, and changed as `stayed`."""
    query = select(Invitation).where(
        Invitation.conference_id == conference.id,
        or_(Invitation.created_at == moment, Invitation.updated_at.in_((moment, stayed))),
    )
    return db.session.scalars(query.order_by(Invitation.id)).all()
