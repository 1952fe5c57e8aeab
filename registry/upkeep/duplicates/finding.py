"""The pairs of this process: found at the first question, brought up to date before every other.

Like the search index it belongs to nobody's request and can be built again at any time. Changes of
single entries compare only these with the others.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock, Thread
from uuid import UUID

from flask import Flask, current_app

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.similar import Likeness, Traits, likeness, offer_likeness
from registry.core import versions
from registry.core.versions import Version
from registry.upkeep.duplicates import queries
from registry.upkeep.duplicates.models import Kind
from registry.upkeep.duplicates.pairs import (
    Alike,
    blocks_around_actor,
    blocks_of_actor,
    blocks_of_offer,
)
from registry.upkeep.duplicates.queries import Known

KEY = "possible duplicates"
MAX_TOUCHED = 2000  # entries; beyond it is quicker to begin anew
AT_ONCE = 5000  # entries; to compare more takes longer than anybody should wait for a page
log = logging.getLogger("registry.duplicates")


@dataclass(frozen=True)
class Candidate:
    """Two entries that may be one and the same; the ids are in order."""

    kind: Kind
    first: UUID
    second: UUID
    likeness: Likeness


Found = dict[Kind, dict[tuple[UUID, UUID], Candidate]]


class Pairs:
    """All entries of a version and their pairs; one thread at a time."""

    def __init__(self) -> None:
        """Find the pairs among all entries there are."""
        self.version = versions.current()
        self.known: dict[Kind, dict[int, Known]] = {Kind.ACTOR: {}, Kind.OFFER: {}}
        offers = Alike(self._compare_offers)
        self.alike: dict[Kind, Alike] = {Kind.ACTOR: Alike(likeness), Kind.OFFER: offers}
        self._put_actors(queries.load_actors())
        self._put_offers(queries.load_offers())

    def within(self, regions: tuple[str, ...]) -> Found:
        """Return the pairs of which both lie in some regions, most alike first."""
        return {kind: self._within(kind, regions) for kind in Kind}

    def _within(self, kind: Kind, regions: tuple[str, ...]) -> dict[tuple[UUID, UUID], Candidate]:
        known = self.known[kind]
        found = [
            _candidate(kind, known[one], known[other], likeness)
            for (one, other), likeness in self.alike[kind].pairs.items()
            if known[one].region.startswith(regions) and known[other].region.startswith(regions)
        ]
        found.sort(key=lambda each: (-each.likeness.score, each.first.int))
        return {(each.first, each.second): each for each in found}

    def renew(self, actors: set[int], offers: set[int]) -> None:
        """Compare anew what changed, and all offers of actors that may have become alike."""
        around = {other for key in actors for other in self.alike[Kind.ACTOR].like(key)}
        self._drop(Kind.ACTOR, actors)
        self._put_actors(queries.load_actors(sorted(actors)))
        around |= {other for key in actors for other in self.alike[Kind.ACTOR].like(key)}
        owners = actors | around
        mine = {key for key, each in self.known[Kind.OFFER].items() if each.actor in owners}
        mine.update(queries.offers_of(sorted(owners)))
        self._drop(Kind.OFFER, offers | mine)
        self._put_offers(queries.load_offers(sorted(offers | mine)))

    def _drop(self, kind: Kind, keys: Iterable[int]) -> None:
        for key in keys:
            self.alike[kind].drop(key)
            self.known[kind].pop(key, None)

    def _put_actors(self, actors: list[Known]) -> None:
        for each in actors:
            self.known[Kind.ACTOR][each.actor] = each
            entry = each.traits
            self.alike[Kind.ACTOR].put(entry, blocks_of_actor(entry), blocks_around_actor(entry))

    def _put_offers(self, offers: list[Known]) -> None:
        known, alike = self.known[Kind.OFFER], self.alike[Kind.OFFER]
        for each in offers:
            known[each.traits.key] = each
            owners = {each.actor, *self.alike[Kind.ACTOR].like(each.actor)}
            where = (block for owner in owners for block in blocks_of_offer(each.traits, owner))
            alike.put(each.traits, blocks_of_offer(each.traits, each.actor), where)

    def _compare_offers(self, one: Traits, other: Traits) -> Likeness | None:
        known = self.known[Kind.OFFER]
        same = known[one.key].actor == known[other.key].actor
        return offer_likeness(one, other, same_actor=same)


class Holder:
    """Keeps the pairs of this process. Many entries are compared by a thread of its own."""

    def __init__(self, app: Flask) -> None:
        self.app, self.lock = app, Lock()
        self.pairs: Pairs | None = None
        self.search: Thread | None = None
        self.answers: dict[tuple[str, ...], Found] = {}

    def candidates(self, regions: tuple[str, ...]) -> Found | None:
        """Return the pairs of which both lie in some regions; None while they are searched."""
        with self.lock:
            pairs = self._brought_up(versions.current())
            if pairs is None:
                return None
            if regions not in self.answers:
                self.answers[regions] = pairs.within(regions)
            return self.answers[regions]

    def _brought_up(self, version: Version) -> Pairs | None:
        if self.search and self.search.is_alive():
            return None
        pairs = self.pairs
        if pairs and (pairs.version == version or _is_ahead(pairs.version, version)):
            return pairs
        self.answers.clear()
        touched = versions.touched_since(pairs.version) if pairs else None
        actors, offers = (set((touched or {}).get(kind, ())) for kind in Kind)
        if pairs is None or touched is None or len(actors) + len(offers) > MAX_TOUCHED:
            return self._begin()
        pairs.renew(actors, offers)
        pairs.version = version
        return pairs

    def _begin(self) -> Pairs | None:
        if queries.count_entries() <= AT_ONCE:
            self.pairs = Pairs()
            return self.pairs
        self.search = Thread(target=self._search, name="duplicates", daemon=True)
        self.search.start()
        return None

    def _search(self) -> None:
        """Compare everything; where that fails, the next question begins anew."""
        self.pairs = None
        try:
            with self.app.app_context():
                self.pairs = Pairs()
        except Exception:
            log.exception("the search for duplicates failed")


def _is_ahead(ours: Version, asked: Version) -> bool:
    """Return whether a transaction began before the last change: newer is right as well."""
    return asked.number < ours.number and versions.committed() == ours.token


def _candidate(kind: Kind, one: Known, other: Known, found: Likeness) -> Candidate:
    first, second = sorted((one.uuid, other.uuid), key=lambda uuid: uuid.int)
    return Candidate(kind, first, second, found)


def _found(who: Who) -> Found | None:
    """Return the pairs that `who` may merge, told apart or not.

    None: so many entries have to be compared that it goes on while nobody waits for it.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    holder: Holder = app.extensions.setdefault(KEY, Holder(app))
    regions = regions_of(who, Permission.ENTRY_MERGE)
    return holder.candidates(regions) if regions else {kind: {} for kind in Kind}


def candidates(who: Who, kind: Kind) -> list[Candidate]:
    """Return the possible duplicates that `who` may merge, those told apart left out."""
    found, apart = _found(who) or {}, queries.told_apart()
    return [each for pair, each in found.get(kind, {}).items() if pair not in apart]


def counts(who: Who) -> dict[Kind, int] | None:
    """Count the possible duplicates that `who` may merge; None while they are searched."""
    found, apart = _found(who), queries.told_apart()
    if found is None:
        return None
    return {kind: len(pairs) - len(apart & pairs.keys()) for kind, pairs in found.items()}


def wait() -> None:
    """Wait until a search that is under way has come to its end."""
    holder: Holder | None = current_app.extensions.get(KEY)
    if holder and holder.search:
        holder.search.join()


def forget() -> None:
    """Drop what this process knows; the next question finds it again."""
    current_app.extensions.pop(KEY, None)
