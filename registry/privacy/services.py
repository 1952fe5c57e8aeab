"""Deleting what is old, telling a person what is held, erasing it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.audit.services import record
from registry.core import versions
from registry.core.db import db, forget_deleted, now
from registry.core.errors import Invalid
from registry.privacy import holdings, marks, queries
from registry.privacy.holdings import Kept
from registry.privacy.marks import Person
from registry.privacy.models import Erasure, RetentionRule, RetentionRun

EVERYWHERE = In("")  # a person's traces and the ages of records know no district
MOST_DAYS = 3650


@dataclass(frozen=True)
class Happening:
    """Something about data that belongs to no single row; for the audit log."""

    region: str
    label: str
    uuid: UUID | None = None

    def __str__(self) -> str:
        return self.label


def run_retention(who: Who, at: datetime) -> dict[str, int]:
    """Delete what has been kept long enough; return how many of each kind, and note it."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    kept = queries.days()
    counts = {kind.key: queries.delete_old(kind, at, kept[kind.key]) for kind in holdings.kinds()}
    db.session.add(RetentionRun(at=at, who_label=who.label or who.kind, counts=counts))
    return counts


def keep_for(who: Who, days: dict[str, int]) -> None:
    """Set for how many days kinds of records are kept."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    kinds = {kind.key: kind for kind in holdings.kinds()}
    before = queries.days()
    wrong = {key: n for key, n in days.items() if not kinds[key].least <= n <= MOST_DAYS}
    if wrong:
        raise Invalid({key: [_impossible(kinds[key])] for key in wrong})
    for key, number in days.items():
        db.session.merge(RetentionRule(kind=key, days=number))
    changes = {key: [before[key], n] for key, n in days.items() if n != before[key]}
    if changes:
        record(who, "retention.updated", Happening("", "retention"), changes)


def _impossible(kind: Kept) -> str:
    return _("Please give %(least)s to %(most)s days.", least=kind.least, most=MOST_DAYS)


def held_on(who: Who, address: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row that mentions an address, by table; that it was asked is logged."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    person = _person(address)
    found: dict[str, list[dict[str, Any]]] = {}
    for trace in queries.traces(person):
        found.setdefault(trace.table.name, []).append(queries.told(trace, person))
    exported(who, "", "person", sum(map(len, found.values())))
    return found


def exported(who: Who, region: str, kind: str, count: int) -> None:
    """Log that somebody took data out of the register: of what kind and how many."""
    record(who, "data.exported", Happening(region, kind), {"count": [None, count]})


def erase(who: Who, address: str, *, account: bool = False) -> dict[str, int]:
    """Erase an address and what belongs to it everywhere; return how many rows of which table.

    An account stands against it until it is to be erased, too.
    """
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    person = _person(address)
    if who.label.strip().lower() == person.needles[0]:
        raise Invalid({"address": [_("This is your own account. Let somebody else erase it.")]})
    if not account and any(
        each.if_asked and each.ids(person.address) for each in holdings.holdings()
    ):
        message = _("There is an account with this address. Erase it, too, or change its address.")
        raise Invalid({"account": [message]})
    done = _erased(person)
    db.session.merge(Erasure(digest=marks.digest(address), at=now()))
    changes = {name: [None, number] for name, number in done.items()}
    record(who, "person.erased", Happening("", person.mark), changes)
    return done


def sweep(who: Who) -> None:
    """Let nothing of what was erased stay in the file; to be called after the commit."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    forget_deleted()


def erase_again(who: Who, known: set[str]) -> int:
    """Erase in a restored database whoever was erased; return how many addresses.

    `known` are the digests remembered before it was restored; it may hold some of its own.
    """
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    forgotten = queries.erased()
    db.session.add_all(Erasure(digest=each) for each in sorted(known - forgotten))
    forgotten |= known
    if not forgotten:
        return 0
    again = [each for each in queries.all_addresses() if marks.digest(each) in forgotten]
    for address in again:
        _erased(_person(address))
    return len(again)


def _erased(person: Person) -> dict[str, int]:
    done: Counter[str] = Counter()
    for holding in holdings.holdings():
        done[holding.key] += holding.erase(person.address)
    db.session.flush()
    db.session.expire_all()
    for trace in list(queries.traces(person)):
        queries.scrub(trace, person)
        done[trace.table.name] += 1
    versions.touch_everything()
    return {name: number for name, number in done.items() if number}


def _person(address: str) -> Person:
    """Return whom an address stands for, the ids of its contacts included."""
    given = address.strip()
    if not marks.ADDRESS.fullmatch(given):
        raise Invalid({"address": [_("Please give a whole e-mail address.")]})
    ids = (each.ids(given) for each in holdings.holdings() if not each.if_asked)
    return Person(given, frozenset(set().union(*ids)))
