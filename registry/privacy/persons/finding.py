"""Everything that may be held on a person, as things that can be chosen one by one.

A contact is one thing with all rows that repeat its details. The details of the contacts found lead
on to further things: these are shown, but were not asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from registry.privacy import holdings
from registry.privacy.persons import queries, terms
from registry.privacy.persons.marks import Person, contact_rows, id_of, texts, without_contacts
from registry.privacy.persons.queries import CONTACT, Trace
from registry.privacy.persons.terms import Term

Copy = dict[str, list[dict[str, Any]]]
_LABELS = ("subject_label", "label", "name", "email", "recipient", "file_name", "title")


@dataclass
class Item:
    """Something that can be chosen; `given`: it names what was asked for."""

    ref: str
    table: str
    given: bool = False
    label: str = ""
    traces: list[Trace] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.ref.partition(":")[2]


@dataclass(frozen=True)
class Found:
    """What is held; `person` is all that it was found by, `given` what was asked for."""

    person: Person
    given: tuple[Term, ...]
    items: dict[str, Item]


def find(given: tuple[Term, ...]) -> Found:
    asked = Person(given)
    items = _items(asked, asked)
    live = [t for i in items.values() for t in i.traces if t.table.name == CONTACT]
    known = frozenset(item.id for item in items.values() if item.table == CONTACT)
    person = Person(terms.unique((*given, *_details(live))), known)
    if person != asked:
        items = _items(person, replace(asked, contacts=known))
    _add_files(items, person, asked)
    _name(items)
    return Found(person, given, items)


def told(found: Found, picked: Iterable[Item]) -> Copy:
    """Return what things say of the person, by table."""
    contacts = frozenset(item.id for item in picked if item.table == CONTACT)
    person = Person(found.person.terms, contacts)
    seen: set[tuple[str, tuple[Any, ...]]] = set()
    rows: Copy = {}
    for item in picked:
        if not item.traces:
            rows.setdefault(item.table, []).append({"name": item.label})
        for trace in item.traces:
            if (key := (trace.table.name, trace.key)) not in seen:
                seen.add(key)
                rows.setdefault(trace.table.name, []).append(queries.told(trace, person))
    return rows


def _items(person: Person, asked: Person) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for trace in queries.traces(person):
        wanted = set(_refs(trace, asked))
        for ref in dict.fromkeys(_refs(trace, person)):
            item = found.setdefault(ref, Item(ref, ref.partition(":")[0]))
            item.traces.append(trace)
            item.given |= ref in wanted
    return found


def _refs(trace: Trace, person: Person) -> Iterator[str]:
    """Yield what a row belongs to: contacts whose details it repeats, and itself."""
    values, named = list(trace.values.values()), replace(person, contacts=frozenset())
    if trace.table.name == CONTACT:
        if trace.uuid in person.contacts or named.is_in(values):
            yield f"{CONTACT}:{trace.uuid}"
        return
    for uuid in person.contacts:
        if Person((), frozenset([uuid])).is_in(values):
            yield f"{CONTACT}:{uuid}"
    for row in contact_rows(values):
        if any(named.is_in(text) for text in texts(row)):
            yield f"{CONTACT}:{id_of(row)}"
    if named.is_in(without_contacts(values)):
        yield trace.ref


def _details(contacts: list[Trace]) -> Iterator[Term]:
    """Yield what else names these contacts and nobody else: address, number, a name."""
    for trace in contacts:
        for name in ("email", "phone", "function"):
            text = trace.values[name] or ""
            if (name != "function" or " " in text) and not queries.is_shared(contacts, trace, name):
                try:
                    yield terms.of(text)
                except ValueError:
                    continue


def _add_files(items: dict[str, Item], person: Person, asked: Person) -> None:
    for kind in holdings.files():
        wanted = kind.find(asked.is_in)
        for name in sorted(wanted | (kind.find(person.is_in) if person != asked else set())):
            ref = f"{kind.key}:{name}"
            items[ref] = Item(ref, kind.key, name in wanted, name)


def _name(items: dict[str, Item]) -> None:
    """Say what each thing is called, as far as the row or its feature tells."""
    for holding in holdings.holdings():
        mine = [item for item in items.values() if item.table == holding.table]
        called = holding.named({i.id for i in mine if i.table == CONTACT}) if mine else {}
        for item in mine:
            item.label = called.get(item.id, "")
    for item in items.values():
        item.label = item.label or next(_labels(item), "")


def _labels(item: Item) -> Iterator[str]:
    for trace in item.traces:
        rows = [r for v in trace.values.values() for r in contact_rows(v) if id_of(r) == item.id]
        yield from (str(row["function"]) for row in rows)
        found = (trace.values.get(name) for name in _LABELS if item.table != CONTACT)
        yield from (value for value in found if isinstance(value, str) and value)
