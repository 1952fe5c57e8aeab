"""Inventing actors and offers that look like real ones. Pure: chance and the day are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from registry.exchange.invented.kinds import Kind, Terms
from registry.exchange.invented.phrases import Composer, Lot
from registry.exchange.invented.rows import (
    ActorAreaRow,
    ActorFieldRow,
    ActorRow,
    Batch,
    ContactRow,
    Ids,
    OfferAreaRow,
    OfferLanguageRow,
    OfferPlaceRow,
    OfferRow,
    OfferTermRow,
    PlaceRow,
    RunRow,
)
from registry.exchange.invented.towns import Spot

MAX_OFFERS = 40
HOURS = (
    "Mo-Fr 09:00-12:00; PH off",
    "Mo,Tu,Th 08:30-12:30; Th 14:00-18:00; PH off",
    "Mo-We 10:00-16:00; PH off",
    "Tu,Th 13:00-17:00; PH off",
    "We 15:00-18:00; PH off",
    "Mo-Fr 17:30-20:45; PH off; SH off",
    "Sa 10:00-13:00; PH off",
)
LANGUAGES = {
    "en": 50, "uk": 40, "ar": 40, "ru": 35, "tr": 30, "fa": 20, "ro": 15, "fr": 12, "pl": 12,
    "bg": 8, "ku": 8, "sr": 8, "es": 6, "ti": 5, "so": 4, "vi": 4,
}  # fmt: skip
FORMATS = {"on_site": 80, "online": 10, "phone": 5, "outreach": 5}
REMOTE = {"online", "phone"}
ELIGIBILITY = ("all", "all", "residence_permit", "protection")
AREAS_OF_LIFE = ("work", "school", "leisure", "training")


@dataclass(frozen=True)
class Stock:
    """What there is to choose from."""

    spots: list[Spot]
    kinds: Lot[Kind]
    terms: Terms
    composer: Composer


class Inventor:
    """Draws actors with their offers; the same chance gives the same rows."""

    def __init__(self, chance: Random, stock: Stock, ids: Ids, today: date) -> None:
        self.chance, self.stock, self.ids, self.today = chance, stock, ids, today
        self.days = [today - timedelta(days=ago) for ago in range(401)]
        self.german = self._terms("language", ["de"])[0]
        self.languages = Lot(self._terms("language", LANGUAGES), LANGUAGES.values())
        self.formats = Lot(self._terms("format", FORMATS), FORMATS.values())
        self.eligibility = self._terms("eligibility", ELIGIBILITY)
        self.areas_of_life = self._terms("area_of_life", AREAS_OF_LIFE)

    def batch(self, size: int) -> Batch:
        """Return actors with exactly `size` offers; a few actors have many, most have one."""
        batch = Batch()
        while len(batch.offers) < size:
            spot, kind = self.chance.choice(self.stock.spots), self._kind()
            self._add_actor(batch, spot, kind)
            wanted = min(int(self.chance.paretovariate(1.1)), MAX_OFFERS, size - len(batch.offers))
            for number in range(wanted):
                self._add_offer(batch, spot, kind if number == 0 else self._kind())
        return batch

    def _kind(self) -> Kind:
        return self.stock.kinds.draw(self.chance)

    def _add_actor(self, batch: Batch, spot: Spot, kind: Kind) -> None:
        name, district = kind.actor_name(spot.name), spot.town.ags[:5]
        actor = ActorRow(
            id=next(self.ids.actors),
            uuid=self._uuid(),
            region=district,
            name=name.text,
            category_id=kind.category,
            last_confirmed=self._confirmed(),
            folded=name.folded,
            folded_title=name.folded,
        )
        batch.actors.append(actor)
        batch.actor_areas.append(ActorAreaRow(actor.id, district))
        batch.actor_fields += [ActorFieldRow(actor.id, term) for term in kind.fields]
        batch.contacts.append(self._contact(actor.id))
        batch.places.append(self._place(actor.id, spot))

    def _contact(self, actor: int) -> ContactRow:
        # These numbers are kept free for films: nobody can be reached there.
        phone = f"030 23125-{self.chance.randrange(1000):03}"
        return ContactRow(next(self.ids.contacts), self._uuid(), actor, phone)

    def _place(self, actor: int, spot: Spot) -> PlaceRow:
        town, name = spot.town, spot.name
        return PlaceRow(
            id=next(self.ids.places),
            uuid=self._uuid(),
            actor_id=actor,
            name=town.name,
            street=f"Beispielstraße {self.chance.randint(1, 120)}",
            postcode=town.postcode,
            city=town.name,
            municipality=town.ags,
            lat=round(town.lat + self.chance.gauss(0, 0.008), 5),
            lon=round(town.lon + self.chance.gauss(0, 0.012), 5),
            hours=self.chance.choice(HOURS) if self.chance.random() < 0.7 else None,
            step_free=self.chance.choice(("yes", "yes", "no", "unknown")),
            folded=f"{name.folded} {name.folded} {town.postcode}",
            folded_title=name.folded,
        )

    def _add_offer(self, batch: Batch, spot: Spot, kind: Kind) -> None:
        """Add an offer of the actor that was added last."""
        low, high = kind.levels
        text = self.stock.composer.texts(kind.subject, spot.name, spot.near)
        offer = OfferRow(
            id=next(self.ids.offers),
            uuid=self._uuid(),
            actor_id=batch.actors[-1].id,
            contact_id=batch.contacts[-1].id,
            title=text.title,
            summary=text.summary,
            description=text.description,
            service_type_id=kind.service_type,
            level_from_id=low,
            level_to_id=high,
            cost_id=kind.cost,
            childcare=self.chance.choice(("yes", "no", "no", "unknown")),
            by_appointment=self.chance.random() < 0.4,
            last_confirmed=self._confirmed(),
            folded=text.folded,
            folded_title=text.folded_title,
        )
        batch.offers.append(offer)
        batch.offer_areas.append(OfferAreaRow(offer.id, spot.town.ags[:5]))
        self._add_terms(batch, offer.id, kind)
        self._add_languages(batch, offer.id)
        if low:
            self._add_runs(batch, offer.id)

    def _add_terms(self, batch: Batch, offer: int, kind: Kind) -> None:
        form, format_id = self.formats.draw(self.chance)
        drawn = (self.chance.choice(self.eligibility), self.chance.choice(self.areas_of_life))
        single = (format_id, *(term for _key, term in drawn))
        batch.offer_terms += [OfferTermRow(offer, term, place) for term, place in kind.links]
        batch.offer_terms += [OfferTermRow(offer, term, 0) for term in single]
        if form not in REMOTE:
            batch.offer_places.append(OfferPlaceRow(offer, batch.places[-1].id))

    def _add_languages(self, batch: Batch, offer: int) -> None:
        others = {self.languages.draw(self.chance) for _ in range(self.chance.randint(0, 4))}
        for position, (_key, term) in enumerate([self.german, *sorted(others)]):
            by = "staff" if position == 0 or self.chance.random() < 0.8 else "interpreter"
            batch.languages.append(OfferLanguageRow(offer, term, by, position))

    def _add_runs(self, batch: Batch, offer: int) -> None:
        start = self.today + timedelta(days=self.chance.randint(-60, 60))
        for _ in range(self.chance.randint(1, 2)):
            run = RunRow(
                uuid=self._uuid(),
                offer_id=offer,
                starts_on=start,
                ends_on=start + timedelta(days=120),
                register_by=start - timedelta(days=7),
                availability=self.chance.choice(("free", "few", "none", "unknown")),
                availability_as_of=self.today,
            )
            batch.runs.append(run)
            start += timedelta(days=150)

    def _confirmed(self) -> date:
        return self.chance.choice(self.days)

    def _uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _terms(self, scheme: str, keys: Iterable[str]) -> list[tuple[str, int]]:
        return [(key, self.stock.terms[scheme, key].id) for key in keys]
