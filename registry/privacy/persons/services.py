"""Telling what is held on a person, and erasing it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from secrets import token_hex

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.core.db import db, forget_deleted, now
from registry.core.errors import Invalid
from registry.privacy import holdings
from registry.privacy import queries as retention
from registry.privacy.models import Erasure
from registry.privacy.persons import blackening, finding, ledger, queries, terms
from registry.privacy.persons.finding import Copy, Found, Item
from registry.privacy.persons.marks import Person, digest
from registry.privacy.persons.queries import CONTACT, Memory
from registry.privacy.persons.terms import Kind, Term
from registry.privacy.services import EVERYWHERE, Happening, exported

Choice = Collection[str] | None  # what of the things found is the person's; None: all asked for


def look_for(who: Who, text: str) -> Found:
    """Return what may be held on a person, by address, telephone or name; the log notes it."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    found = finding.find(_terms(text))
    exported(who, "", "person", len(found.items))
    return found


def held_on(who: Who, text: str, chosen: Choice = None) -> Copy:
    """Return the rows that are a person's, by table; that they were asked for is logged."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    found = finding.find(_terms(text))
    picked = _picked(found, chosen, accounts=True)
    rows = finding.told(found, picked)
    exported(who, "", "person", sum(map(len, rows.values())))
    return rows


def erase(who: Who, text: str, chosen: Choice = None, *, account: bool = False) -> dict[str, int]:
    """Erase what is a person's; return how many rows of which table.

    An account stands against it until it is to be erased, too: it is chosen, or `account` says so.
    """
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    found = finding.find(_terms(text))
    picked = _picked(found, chosen, accounts=account)
    _check_accounts(who, found, picked)
    salt = token_hex(16)
    person = Person(
        _everywhere(found, picked),
        frozenset(item.id for item in picked if item.table == CONTACT),
        f"[erased {salt[:8]}]",
    )
    rows = _rows(found, picked)
    done = blackening.erase(person, rows) + blackening.erase_files(picked)
    for memory in _memories(salt, person, rows):
        db.session.add(Erasure(**vars(memory) | {"at": now()}))
    counts = {name: number for name, number in done.items() if number}
    changes = {name: [None, number] for name, number in counts.items()}
    record(who, "person.erased", Happening("", person.mark), changes)
    return counts


def sweep(who: Who) -> None:
    """Let nothing of what was erased stay in the file, and note it beside the database.

    To be called after the commit.
    """
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    forget_deleted()
    ledger.write(queries.erasures(), now() - timedelta(days=retention.days()["erasures"]))


def erase_again(who: Who, known: Iterable[Memory]) -> int:
    """Erase in a restored database what was erased elsewhere; return how many erasures it met.

    What the database itself remembers is erased in it already.
    """
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    mine = {each.digest for each in queries.erasures()}
    fresh = {each.digest: each for each in known if each.digest not in mine}
    db.session.add_all(Erasure(**vars(each) | {"at": each.at or now()}) for each in fresh.values())
    return blackening.erase_again(list(fresh.values())) if fresh else 0


def _terms(text: str) -> tuple[Term, ...]:
    try:
        return terms.read(text)
    except ValueError:
        message = _("Please give a whole e-mail address, a telephone number or a name.")
        raise Invalid({"address": [message]}) from None


def _picked(found: Found, chosen: Choice, *, accounts: bool) -> list[Item]:
    """Return what was chosen; without a choice all that was asked for, accounts if so wanted."""
    if chosen is not None:
        picked = [item for ref, item in found.items.items() if ref in chosen]
        if not picked:
            raise Invalid({"chosen": [_("Please choose what belongs to the person.")]})
        return picked
    asked = {each.table for each in holdings.holdings() if each.if_asked}
    wanted = [item for item in found.items.values() if item.given]
    return [item for item in wanted if accounts or item.table not in asked]


def _check_accounts(who: Who, found: Found, picked: list[Item]) -> None:
    addresses = {term.form for term in _addresses(found)}
    owners = {each.table: each.owner for each in holdings.holdings() if each.if_asked}
    for item in found.items.values():
        if item.table in owners:
            own = str(item.traces[0].values[owners[item.table]]).casefold()
            if own == who.label.strip().casefold() and (item in picked or own in addresses):
                message = _("This is your own account. Let somebody else erase it.")
                raise Invalid({"address": [message]})
            if own in addresses and item not in picked:
                message = _(
                    "There is an account with this address. Erase it, too, or change its address."
                )
                raise Invalid({"account": [message]})


def _addresses(found: Found) -> list[Term]:
    return [term for term in found.given if term.kind == Kind.ADDRESS]


def _everywhere(found: Found, picked: list[Item]) -> tuple[Term, ...]:
    """Return the addresses that go wherever they stand: those of which all is chosen."""
    whole = all(item in picked for item in found.items.values() if item.given)
    owners = {each.table: each.owner for each in holdings.holdings() if each.if_asked}
    accounts = [i.traces[0].values[owners[i.table]] for i in picked if i.table in owners]
    own = [Term(Kind.ADDRESS, str(address)) for address in accounts]
    return terms.unique((*(_addresses(found) if whole else ()), *own))


def _rows(found: Found, picked: list[Item]) -> dict[str, tuple[Term, ...]]:
    """Return by which terms each of the other things names the person."""
    whole = {CONTACT, *(each.table for each in holdings.holdings() if each.if_asked)}
    others = [item for item in picked if item.table not in whole and item.traces]
    return {
        item.ref: tuple(
            term
            for term in found.person.terms
            if any(Person((term,)).is_in([*trace.values.values()]) for trace in item.traces)
        )
        for item in others
    }


def _memories(salt: str, person: Person, rows: Mapping[str, tuple[Term, ...]]) -> Iterable[Memory]:
    """Yield what is remembered: digests, and which rows they are about."""
    for term in person.terms:
        yield Memory(digest(salt, term.form), Kind.ADDRESS.value, salt)
    for uuid in person.contacts:
        yield Memory(digest(salt, uuid), CONTACT, salt)
    everywhere = {term.form for term in person.terms}
    by_term: defaultdict[Term, list[str]] = defaultdict(list)
    for ref, named_by in rows.items():
        for term in named_by:
            if term.form not in everywhere:
                by_term[term].append(ref)
    for term, refs in by_term.items():
        yield Memory(digest(salt, term.form), term.kind.value, salt, refs)
