"""Erasing: what belongs to a person goes, whatever else names it is blackened."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from registry.core import versions
from registry.core.db import db
from registry.privacy import holdings
from registry.privacy.holdings import Holding
from registry.privacy.persons import queries, terms
from registry.privacy.persons.finding import Item
from registry.privacy.persons.marks import Person, contact_rows, digest, id_of, texts
from registry.privacy.persons.queries import CONTACT, Memory, Trace
from registry.privacy.persons.terms import Kind, Term

Rows = Mapping[str, Iterable[Term]]  # by what else each of some rows names the person


def erase(person: Person, rows: Rows) -> Counter[str]:
    """Erase a person everywhere, and in some rows what else names it; count by table."""
    everything = {term for some in rows.values() for term in some}
    whole = replace(person, terms=terms.unique((*person.terms, *everything)))
    if not whole.terms and not whole.contacts:
        return Counter()
    done = _delete(list(queries.traces(whole)), person, rows)
    db.session.flush()
    db.session.expire_all()
    for trace in list(queries.traces(whole)):
        here = _here(trace, person, rows)
        if here.is_in(list(trace.values.values())):
            queries.scrub(trace, here)
            done[trace.table.name] += 1
    versions.touch_everything()
    return done


def erase_files(picked: Iterable[Item]) -> Counter[str]:
    done: Counter[str] = Counter()
    for kind in holdings.files():
        done[kind.key] = kind.erase({item.id for item in picked if item.table == kind.key})
    return done


def erase_again(memories: list[Memory]) -> int:
    """Erase what is remembered by its digest; return how many erasures met something."""
    met: set[str] = set()

    def known(kind: str, form: str, ref: str | None = None) -> bool:
        for each in memories:
            here = each.rows is None if ref is None else ref in (each.rows or ())
            if here and each.kind == kind and digest(each.salt, form) == each.digest:
                met.add(each.salt or each.digest)
                return True
        return False

    kinds = {each.kind for each in memories if each.rows is None}
    addresses = (a for t in queries.all_texts("%@%") for a in terms.forms(Kind.ADDRESS, t))
    found = set(addresses) if Kind.ADDRESS in kinds else set()
    own = tuple(terms.again(Kind.ADDRESS, each) for each in found if known(Kind.ADDRESS, each))
    contacts = queries.all_contacts() if CONTACT in kinds else set()
    theirs = {uuid for uuid in contacts if known(CONTACT, uuid)} | _contacts_of(Person(own))
    refs = {ref for each in memories for ref in each.rows or ()}
    rows: defaultdict[str, set[Term]] = defaultdict(set)
    for trace in queries.of_refs(refs):
        for kind, form in _forms(trace):
            if known(kind, form, trace.ref):
                rows[trace.ref].add(terms.again(kind, form))
    erase(Person(own, frozenset(theirs)), rows)
    return len(met)


def _forms(trace: Trace) -> Iterator[tuple[Kind, str]]:
    """Yield the form of everything that a row could be chosen by."""
    for text in texts(list(trace.values.values())):
        for kind in Kind:
            yield from ((kind, form) for form in terms.forms(kind, text))


def _contacts_of(person: Person) -> set[str]:
    """Return the ids of the contacts that a person is, were they deleted since or not."""
    found: set[str] = set()
    for trace in queries.traces(person) if person.terms else ():
        if trace.table.name == CONTACT:
            found.add(trace.uuid)
        rows = contact_rows(list(trace.values.values()))
        found.update(id_of(row) for row in rows if person.is_in(list(row.values())))
    return found


def _delete(found: list[Trace], person: Person, rows: Rows) -> Counter[str]:
    """Delete what belongs to the person as a whole."""
    done: Counter[str] = Counter()
    for holding in holdings.holdings():
        mine = [trace for trace in found if trace.table.name == holding.table]
        own = {t.uuid for t in mine if _is_own(holding, t, _here(t, person, rows))}
        done[holding.key] = holding.erase(own) if own else 0
    return done


def _is_own(holding: Holding, trace: Trace, person: Person) -> bool:
    if not holding.owner:
        return trace.uuid in person.contacts
    return person.is_in(trace.values[holding.owner])


def _here(trace: Trace, person: Person, rows: Rows) -> Person:
    """Return the person with all that names it in a row."""
    return replace(person, terms=(*person.terms, *rows.get(trace.ref, ())))
