"""What is known of the entries that a batch of rows speaks of: asked once for all its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.core.dumping import Dump, dumper
from registry.core.text import fold
from registry.exchange.sheets import queries
from registry.exchange.sheets.columns import SCHEMAS
from registry.exchange.sheets.entries import Entry, Key, Notebook
from registry.exchange.sheets.stock import KINDS
from registry.exchange.sheets.told import Told
from registry.offers.models import Offer
from registry.offers.queries import load_offers
from registry.offers.schemas import OfferSchema
from registry.texts.translated import SOURCE

ARGE, JOBCENTRE = "arge", "jobcenter"


@dataclass(frozen=True)
class Goal:
    """Who imports into which region; `source` names the register that foreign keys are of."""

    who: Who
    region: str
    source: str = ""


@dataclass
class Known:
    """Entries of one batch, as rows look for them: by id, foreign key, name or title.

    `named` pairs actors with the postcodes they are found at; `owners` are the actors of offers.
    """

    notebook: Notebook
    actors: dict[UUID, Entry] = field(default_factory=dict)
    named: dict[str, list[tuple[frozenset[str], Entry]]] = field(default_factory=dict)
    offers: dict[UUID, Entry] = field(default_factory=dict)
    titled: dict[tuple[int, str], list[Entry]] = field(default_factory=dict)
    owners: dict[UUID, Entry] = field(default_factory=dict)
    external: dict[tuple[str, str], UUID] = field(default_factory=dict)
    fresh: dict[tuple[str, str, str], list[tuple[Key, Entry]]] = field(default_factory=dict)
    noted: dict[tuple[str, str, str], list[tuple[Key, Entry]]] = field(default_factory=dict)

    def made(self, part: str, owner: Entry | None, name: str) -> list[tuple[Key, Entry]]:
        """Return what this file has brought below an actor (or as an actor) under a name."""
        key = (part, owner.uuid.hex if owner else "", name)
        found = self.fresh.get(key, [])
        if owner is not None and owner.fresh:
            return found
        if key not in self.noted:
            self.noted[key] = self.notebook.made(*key)
        return found + self.noted[key] if self.noted[key] else found

    def note(self, key: Key, entry: Entry) -> None:
        self.fresh.setdefault((key.part, key.owner, key.name), []).append((key, entry))


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a name as names are compared; jobcentres were once called ARGE."""
    folded = fold(name)
    first, _blank, rest = folded.partition(" ")
    return f"{JOBCENTRE} {rest.removeprefix('sgb ii')}".strip() if first == ARGE else folded


class Lookup:
    """Asks the register; entries are dumped as the office sees them, to compare them with rows."""

    def __init__(self, goal: Goal, notebook: Notebook) -> None:
        self.goal, self.notebook = goal, notebook
        # What this import makes itself stands in the notebook, whether it is written or only tried.
        self._newest = {part: queries.newest(kind) for part, kind in KINDS.items()}
        self._actor: Dump = dumper(ActorSchema(audience="office"))
        self._offer: Dump = dumper(OfferSchema(audience="office"))

    def known(self, rows: list[Told]) -> Known:
        known = Known(self.notebook)
        self._keys(rows, known)
        wanted = self._uuids(rows, known, "offer")
        offers = queries.offers_by_uuid(self.goal.who, wanted)
        self._find_actors(rows, known, offers)
        self._find_offers(rows, known, offers)
        return known

    def _keys(self, rows: list[Told], known: Known) -> None:
        for part in SCHEMAS:
            keys = {row.part(part)["key"] for row in rows if "key" in row.part(part)}
            found = queries.external(self.goal.region, self.goal.source, part, keys)
            known.external |= {(part, key): uuid for key, uuid in found.items()}

    @staticmethod
    def _uuids(rows: list[Told], known: Known, part: str) -> set[UUID]:
        by_key = {uuid for (kind, _key), uuid in known.external.items() if kind == part}
        return {UUID(row.part(part)["id"]) for row in rows if row.part(part).get("id")} | by_key

    def _find_actors(
        self, rows: list[Told], known: Known, offers: list[queries.StandingOffer]
    ) -> None:
        above = queries.actor_uuids({each.actor_id for each in offers})
        names = {name_key(name) for row in rows if (name := row.part("actor").get("name"))}
        found = queries.standing(
            self.goal.who,
            self.goal.region,
            self._uuids(rows, known, "actor") | set(above.values()),
            names | {_former(name) for name in names},
        )
        found = [each for each in found if each.id <= self._newest["actor"]]
        loaded = {actor.id: actor for actor in queries.load_actors([each.id for each in found])}
        for each in found:
            entry = self._entry(loaded[each.id])
            known.actors[each.uuid] = entry
            if loaded[each.id].region == self.goal.region:
                known.named.setdefault(name_key(each.name), []).append((each.postcodes, entry))
        known.owners |= {each.uuid: known.actors[above[each.actor_id]] for each in offers}

    def _entry(self, actor: Actor) -> Entry:
        parts: dict[str, Sequence[Any]] = {"place": actor.places, "contact": actor.contacts}
        entry = Entry("actor", actor.uuid, self._actor(actor), actor.id, version=actor.version)
        for part, rows in parts.items():
            pairs = zip(rows, entry.now[f"{part}s"], strict=True)
            entry.parts[part] = [
                Entry(part, row.uuid, now, row.id)
                for row, now in pairs
                if row.id <= self._newest[part]
            ]
        self.notebook.recall([entry, *entry.parts["place"], *entry.parts["contact"]])
        return entry

    def _find_offers(
        self, rows: list[Told], known: Known, offers: list[queries.StandingOffer]
    ) -> None:
        titles = {fold(t) for row in rows if (t := row.part("offer").get("title", {}).get(SOURCE))}
        if titles:
            owned = queries.offers_of([each.id for each in known.actors.values()])
            owned = [each for each in owned if each.id <= self._newest["offer"]]
            offers = offers + [each for each in owned if _title(each) in titles]
        for offer in load_offers(list({each.id for each in offers})):
            entry = Entry("offer", offer.uuid, self._offer(offer), offer.id, version=offer.version)
            self.notebook.recall([entry])
            known.offers[offer.uuid] = entry
            known.titled.setdefault((offer.actor_id, _title(offer)), []).append(entry)


def _title(offer: queries.StandingOffer | Offer) -> str:
    return fold(offer.title.bodies.get(SOURCE, ""))


def _former(name: str) -> str:
    """Return what a jobcentre may have been called, any other name as it is."""
    return f"{ARGE}{name.removeprefix(JOBCENTRE)}" if name.startswith(JOBCENTRE) else name
