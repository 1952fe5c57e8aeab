"""The pairs of this process: found at the first question, brought up to date before every other.

Like the search index it belongs to nobody's request and can be built again at any time. Changes of
single entries compare only these with the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from flask import current_app

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


@dataclass(frozen=True)
class Candidate:
    """Two entries that may be one and the same; the ids are in order."""

    kind: Kind
    first: UUID
    second: UUID
    likeness: Likeness


class Holder:
    """Keeps the entries and their pairs; one thread at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version: Version | None = None
        self.known: dict[Kind, dict[int, Known]] = {}
        self.alike: dict[Kind, Alike] = {}
        self.answers: dict[tuple[str, ...], list[Candidate]] = {}

    def candidates(self, regions: tuple[str, ...]) -> list[Candidate]:
        """Return the pairs of which both lie in some regions, most alike first."""
        with self.lock:
            self._bring_up(versions.current())
            if regions not in self.answers:
                self.answers[regions] = self._within(regions)
            return self.answers[regions]

    def _within(self, regions: tuple[str, ...]) -> list[Candidate]:
        found = [
            _candidate(kind, known[one], known[other], likeness)
            for kind, known in self.known.items()
            for (one, other), likeness in self.alike[kind].pairs.items()
            if known[one].region.startswith(regions) and known[other].region.startswith(regions)
        ]
        return sorted(found, key=lambda each: (-each.likeness.score, each.first.int))

    def _bring_up(self, version: Version) -> None:
        if self.version == version or self._is_ahead_of(version):
            return
        self.answers.clear()
        touched = versions.touched_since(self.version) if self.version else None
        changed = [*touched.get("actor", ()), *touched.get("offer", ())] if touched else []
        if touched is None or len(changed) > MAX_TOUCHED:
            self._begin()
        else:
            self._renew(set(touched.get("actor", ())), set(touched.get("offer", ())))
        self.version = version

    def _is_ahead_of(self, version: Version) -> bool:
        """Return whether a transaction began before the last change: newer is right as well."""
        behind = self.version is not None and version.number < self.version.number
        return behind and self.version is not None and versions.committed() == self.version.token

    def _begin(self) -> None:
        self.known = {Kind.ACTOR: {}, Kind.OFFER: {}}
        offers = Alike(self._compare_offers)
        self.alike = {Kind.ACTOR: Alike(likeness), Kind.OFFER: offers}
        self._put_actors(queries.load_actors())
        self._put_offers(queries.load_offers())

    def _renew(self, actors: set[int], offers: set[int]) -> None:
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


def _candidate(kind: Kind, one: Known, other: Known, found: Likeness) -> Candidate:
    first, second = sorted((one.uuid, other.uuid), key=lambda uuid: uuid.int)
    return Candidate(kind, first, second, found)


def candidates(who: Who) -> list[Candidate]:
    """Return the possible duplicates that `who` may merge, those told apart left out."""
    regions = regions_of(who, Permission.ENTRY_MERGE)
    if not regions:
        return []
    holder: Holder = current_app.extensions.setdefault(KEY, Holder())
    apart = queries.told_apart()
    found = holder.candidates(regions)
    return [each for each in found if (each.first, each.second) not in apart]


def count(who: Who, kind: Kind | None = None) -> int:
    """Count the possible duplicates that `who` may merge, all or those of a kind."""
    return sum(kind is None or each.kind == kind for each in candidates(who))


def forget() -> None:
    """Drop what this process knows; the next question finds it again."""
    current_app.extensions.pop(KEY, None)
