"""The index of this process: built at the first search, brought up to date before every other.

It belongs to nobody's request: threads read one state while the next is made. A process that is
killed loses nothing but the time to build it again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from flask import current_app

from registry.actors.freshness import unconfirmed_since
from registry.core import versions
from registry.core.dumping import dumper
from registry.core.text import fold, words
from registry.core.versions import Version
from registry.designations import queries as designations
from registry.offers.reading.queries import public_offers
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.search import queries
from registry.search.choices import now_here
from registry.search.criteria import Criteria, Moment
from registry.search.index.bits import empty
from registry.search.index.index import Counts, Index, Question
from registry.search.index.lexicon import Lexicon
from registry.search.index.ordering import page_of_ids
from registry.search.index.segment import Segment
from registry.search.index.slots import SlotTable
from registry.vocabulary import queries as vocabulary

MAX_FRESH = 5000  # offers; beyond, and beyond a tenth of all, it is quicker to build anew
FEW = 200
SUGGESTED = 8
KEPT = 2000  # offers
KEY = "search index"
# Rows are shared by all who read the same offer and never change; so are the dumps of them. What a
# designation says of an offer is no part of it: see `_told`.
_public = lru_cache(maxsize=KEPT)(dumper(OfferSchema()))


@dataclass(frozen=True)
class Found:
    """One page of public offers as JSON, the total, and {filter: {value: hits}}.

    `unconfirmed` says of each offer since when nobody has confirmed it, if that is worth telling.
    """

    question: Question
    offers: list[dict[str, Any]]
    total: int
    counts: Counts
    unconfirmed: list[date | None]

    @property
    def withheld(self) -> int:
        """Return how many more there are that nobody has confirmed for long."""
        return self.question.total(but="unconfirmed") - self.total


@dataclass(frozen=True)
class State:
    """An index, the version of the data it was made from, and the offers changed since its base."""

    index: Index
    version: Version
    fresh: frozenset[int] = frozenset()


class Holder:
    """Keeps one state; whoever needs a newer one makes it while the others wait."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.state: State | None = None

    def current(self, day: date) -> State:
        version = versions.current()
        state = self.state
        if state is None or not _holds(state, version, day):
            with self.lock:
                state = self.state
                if state is None or not _holds(state, version, day):
                    state = self.state = _brought_up(state, version, day)
        return state


def current(moment: Moment) -> State:
    """Return the index as the database is now."""
    holder: Holder = current_app.extensions.setdefault(KEY, Holder())
    return holder.current(moment.day)


def forget() -> None:
    """Drop this process's index; the next search builds it again."""
    current_app.extensions.pop(KEY, None)


def turns(at: datetime) -> datetime:
    """Return the next moment at which an answer may change although nobody writes."""
    here = now_here().ags
    return current(Moment(at, here)).index.turns(at, here)


def ask(wanted: Criteria, moment: Moment) -> Question:
    return current(moment).index.ask(wanted, moment)


def find(wanted: Criteria, moment: Moment) -> Found:
    """Return a page of hits with everything a list shows around it."""
    question = ask(wanted, moment)
    start = (wanted.page - 1) * wanted.per_page
    total = question.total()
    ids = page_of_ids(question, start, start + wanted.per_page) if start < total else []
    home = regions.register()
    below = tuple(place.ags for place in regions.municipalities(home.ags)) if home else ()
    rows = public_offers(ids, moment.day)
    unconfirmed = [_unconfirmed_since(offer, moment.day) for offer in rows]
    offers = _told(rows, moment.day)
    return Found(question, offers, total, question.counts(below), unconfirmed)


def everything(wanted: Criteria, moment: Moment) -> list[dict[str, Any]]:
    """Return all hits, in order and as JSON; the caller knows that there are not too many."""
    question = ask(wanted, moment)
    ids = page_of_ids(question, 0, question.total())
    return _told(public_offers(ids, moment.day), moment.day)


def _told(rows: list[Any], day: date) -> list[dict[str, Any]]:
    """Return offers as JSON, each with what it is a contact point for."""
    return [
        {**_public(row), "contact_point_for": designations.services_of(row.uuid, day)}
        for row in rows
    ]


def _unconfirmed_since(offer: Any, day: date) -> date | None:
    rules = regions.rules(offer.region)
    return unconfirmed_since(offer, rules.offer_review_months, rules.grace_days, day)


def suggest(text: str, moment: Moment, language: str) -> list[str]:
    """Return what completes a text and finds something: names of terms, then titles."""
    if not words(text):
        return []
    question = ask(Criteria(q=text, sort="relevance"), moment)
    titles = public_offers(page_of_ids(question, 0, SUGGESTED), moment.day)
    found = _terms_like(text, question, language)
    found += [offer.title.shown(language).body for offer in titles]
    return list(dict.fromkeys(found))[:SUGGESTED]


def _terms_like(text: str, question: Question, language: str) -> list[str]:
    """Return the terms with offers of whose names a word begins like the last one typed."""
    typed, counts = words(text), question.index.counts_of_terms()
    rated = []
    for scheme in vocabulary.schemes().values():
        for term in scheme.values():
            label = term.label(language).body
            named = fold(label).split()
            begins = any(name.startswith(typed[-1]) for name in named)
            if begins and counts.get(term.id) and set(typed[:-1]) <= set(named):
                rated.append((-counts[term.id], label))
    return [label for _count, label in sorted(rated)]


def _holds(state: State, version: Version, day: date) -> bool:
    return state.version == version and state.index.day == day


def _brought_up(state: State | None, version: Version, day: date) -> State:
    if state is None or day < state.index.day:
        return _built(version, day)
    behind = version.number < state.version.number and day == state.index.day
    if behind and versions.committed() == state.version.token:
        return state  # this transaction began before the last change; newer is right as well
    touched = {} if state.version == version else versions.touched_since(state.version)
    if touched is None or not touched.keys() <= _OF_OFFERS:
        return _built(version, day)
    most = max(FEW, min(MAX_FRESH, state.index.size // 10))
    changed = {*queries.turned(state.index.day, day), *queries.touched_offers(touched, most)}
    fresh = state.fresh | changed
    if len(fresh) > most:
        return _built(version, day)
    return State(_renewed(state.index, sorted(fresh), day), version, fresh)


# Parts of actors and offers are noted with their whole; anything else may change any answer.
_OF_OFFERS = {
    "offer", "actor", "place", "unit", "contact", "offer_language", "offer_place", "offer_run",
    "offer_closure",
}  # fmt: skip


def _built(version: Version, day: date) -> State:
    terms = queries.load_terms()
    rows = queries.load_rows(day)
    slots = SlotTable.of(rows)
    segment = Segment(rows, terms, _lexicon(slots, day, None), slots)
    return State(Index((segment,), (empty(segment.size),), terms, day), version)


def _renewed(index: Index, offers: list[int], day: date) -> Index:
    """Return the index with these offers as they are now."""
    rows = queries.load_rows(day, offers)
    slots = SlotTable.of(rows)
    fresh = Segment(rows, index.terms, _lexicon(slots, day, offers), slots)
    return index.renewed(np.array(offers, np.int64), fresh, day)


def _lexicon(slots: SlotTable, day: date, offers: list[int] | None) -> Lexicon:
    slot = slots.lookup.slot
    known = ((slot(key), title, text) for key, title, text in queries.texts(day, offers))
    placed = ((number, title, text) for number, title, text in known if number >= 0)
    return Lexicon.build(placed, slots.size)
