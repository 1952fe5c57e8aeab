"""Handing out what the office knows as sheets that can be edited and imported again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.core import i18n
from registry.core.dumping import dumper
from registry.designations import queries as designations
from registry.exchange.sheets import queries, stock
from registry.exchange.sheets.columns import SHEETS, Column, about, has_whole
from registry.exchange.sheets.entries import Entry, stands
from registry.exchange.sheets.reports import Rows
from registry.exchange.sheets.titles import CONTACT_POINT
from registry.offers.queries import load_offers
from registry.offers.schemas import OfferSchema
from registry.texts.translated import SOURCE
from registry.vocabulary import queries as vocabulary

Parts = dict[str, Entry]


class Exporter:
    """Writes entries of the register as rows of a sheet; `region` gives the words."""

    def __init__(self, kind: str, region: str) -> None:
        self.kind = kind
        self.columns = [
            each for each in stock.columns(kind) if each.name not in ("key", "house_number")
        ]
        writer = stock.writer(stock.words(region))
        self._cells = [(column, writer.of(column)) for column in self.columns]
        self._actor = dumper(ActorSchema(audience="office"))
        self._offer = dumper(OfferSchema(audience="office"))

    @property
    def header(self) -> list[str]:
        return [column.title for column in self.columns] + [CONTACT_POINT] * self._designates

    @property
    def _designates(self) -> bool:
        """Return whether the sheet is about what can be a contact point."""
        return about(self.kind) in ("offer", "actor")

    def write(self, rows: Rows, ids: Iterable[int]) -> Iterator[int]:
        """Write the rows of these offers (of actors in other sheets); yield how many each time."""
        rows.write(self.header)
        of_offers = "offer" in SHEETS[self.kind]
        for some in queries.pieces(ids):
            found = list(self._offers(some) if of_offers else self._actors(some))
            for parts in found:
                cells = [self._cell(parts, *each) for each in self._cells]
                rows.write(cells + [self._services(parts)] * self._designates)
            yield len(found)

    def _services(self, parts: Parts) -> str:
        """Say what an entry is a contact point for; an import passes over it."""
        subject = parts[about(self.kind)].uuid
        keys = designations.services_of(subject, i18n.local_now().date())
        terms = (vocabulary.term("service_type", key) for key in keys)
        return "; ".join(term.label(SOURCE).body for term in terms if term)

    @staticmethod
    def _cell(parts: Parts, column: Column, write: Any) -> str:
        entry = parts.get(column.part)
        if entry is None:
            return ""
        if column.name == "id":
            return str(entry.uuid)
        if column.key == "actor.postcode":
            codes = (place["postcode"] for place in entry.now["places"])
            return next((code for code in codes if code), "")
        return str(write(stands(entry, column)))

    def _offers(self, ids: Sequence[int]) -> Iterator[Parts]:
        offers = load_offers(ids)
        actors = {each.id: each for each in queries.load_actors({o.actor_id for o in offers})}
        dumped = {key: self._entry("actor", row, self._actor(row)) for key, row in actors.items()}
        for offer in offers:
            entry = self._entry("offer", offer, self._offer(offer))
            parts = {"offer": entry, "actor": dumped[offer.actor_id]}
            if has_whole(self.kind, "place"):
                parts |= self._linked(entry, actors[offer.actor_id], dumped[offer.actor_id])
            yield parts

    def _linked(self, offer: Entry, row: Actor, actor: Entry) -> Parts:
        """Return the first place and the contact of an offer."""
        wanted = {next((link["place"] for link in offer.now["places"]), None), offer.now["contact"]}
        found = (each for part in ("place", "contact") for each in self._parts(row, actor, part))
        return {each.part: each for each in found if str(each.uuid) in wanted}

    def _actors(self, ids: Sequence[int]) -> Iterator[Parts]:
        by_id = {actor.id: actor for actor in queries.load_actors(ids)}
        for actor in (by_id[key] for key in ids if key in by_id):
            entry = self._entry("actor", actor, self._actor(actor))
            if self.kind == "actors":
                yield {"actor": entry}
                continue
            part = SHEETS[self.kind][0]
            for each in self._parts(actor, entry, part):
                yield {"actor": entry, part: each}

    @staticmethod
    def _entry(part: str, row: Any, now: dict[str, Any]) -> Entry:
        return Entry(part, row.uuid, now, row.id)

    def _parts(self, row: Actor, actor: Entry, part: str) -> list[Entry]:
        pairs = zip(getattr(row, f"{part}s"), actor.now[f"{part}s"], strict=True)
        return [self._entry(part, each, now) for each, now in pairs]
