"""Inventing actors and offers that look like real ones. Pure: chance and the day are arguments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import cos, radians
from random import Random
from typing import Any
from uuid import UUID

from registry.actors.models import Actor, Place
from registry.core.text import fold
from registry.offers.models import Offer
from registry.texts.translated import Translated

Row = dict[str, Any]
CELL = 0.2  # degrees
MAX_OFFERS = 40
SOURCE = "registry seed --synthetic"
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
INVENTED = {"de": "Dieses Angebot ist erfunden.", "en": "This offer is invented."}
REMOTE = {"online", "phone"}


@dataclass(frozen=True)
class Town:
    """A postcode in its municipality; degrees are those of the postcode's middle."""

    ags: str
    name: str
    postcode: str
    lat: float
    lon: float


@dataclass
class Batch:
    """Rows by table; an `…_id` of this batch is a position in its list until it is inserted."""

    actors: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    actor_fields: list[Row] = field(default_factory=list)
    actor_areas: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)
    offer_terms: list[Row] = field(default_factory=list)
    offer_places: list[Row] = field(default_factory=list)
    offer_areas: list[Row] = field(default_factory=list)
    languages: list[Row] = field(default_factory=list)
    runs: list[Row] = field(default_factory=list)


def nearest_towns(
    towns: Iterable[tuple[str, str, float, float]], postcodes: Iterable[tuple[str, float, float]]
) -> list[Town]:
    """Give every postcode to the nearest municipality; those far from any are left out."""
    cells: dict[tuple[int, int], list[tuple[str, str, float, float]]] = {}
    for town in towns:
        cells.setdefault(_cell(town[2], town[3]), []).append(town)
    found = []
    for code, lat, lon in postcodes:
        y, x = _cell(lat, lon)
        near = [t for i in (-1, 0, 1) for j in (-1, 0, 1) for t in cells.get((y + i, x + j), ())]
        if near:
            shrink = cos(radians(lat))
            best = min(near, key=lambda t: (t[2] - lat) ** 2 + ((t[3] - lon) * shrink) ** 2)
            found.append(Town(best[0], best[1], code, lat, lon))
    return found


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat / CELL), int(lon / CELL)


class Inventor:
    """Draws actors with their offers; the same chance gives the same rows."""

    def __init__(
        self,
        chance: Random,
        towns: Sequence[Town],
        kinds: Sequence[Mapping[str, Any]],
        terms: Mapping[tuple[str, str], Any],
        today: date,
    ) -> None:
        self.chance, self.towns, self.kinds, self.terms = chance, towns, kinds, terms
        self.today = today
        self.weights = [kind["weight"] for kind in kinds]
        self.made_at = datetime.combine(today, time(12), UTC)

    def batch(self, size: int) -> Batch:
        """Return actors with exactly `size` offers; a few actors have many, most have one."""
        batch = Batch()
        while len(batch.offers) < size:
            town, kind = self.chance.choice(self.towns), self._kind()
            self._add_actor(batch, town, kind)
            wanted = min(int(self.chance.paretovariate(1.1)), MAX_OFFERS, size - len(batch.offers))
            for number in range(wanted):
                self._add_offer(batch, town, kind if number == 0 else self._kind())
        return batch

    def _kind(self) -> Mapping[str, Any]:
        return self.chance.choices(self.kinds, self.weights)[0]

    def _add_actor(self, batch: Batch, town: Town, kind: Mapping[str, Any]) -> None:
        actor, name = len(batch.actors), f"{kind['provider']} {town.name} (Beispiel)"
        values = {
            "region": town.ags[:5],
            "name": name,
            "source": SOURCE,
            "category_id": self._term("category", kind["category"]),
        }
        batch.actors.append(self._life() | values | _found(Actor(name=name)))
        batch.contacts.append(self._contact(actor))
        batch.places.append(self._place(actor, town))
        batch.actor_areas.append({"actor_id": actor, "ags": town.ags[:5]})
        for key in kind["fields"]:
            batch.actor_fields.append({"actor_id": actor, "term_id": self._term("field", key)})

    def _contact(self, actor: int) -> Row:
        # These numbers are kept free for films: nobody can be reached there.
        phone = f"030 23125-{self.chance.randrange(1000):03}"
        shown = {"function": "Auskunft", "phone": phone, "publish_public": True}
        return {"uuid": self._uuid(), "actor_id": actor} | shown

    def _place(self, actor: int, town: Town) -> Row:
        address = {"name": town.name, "city": town.name, "postcode": town.postcode}
        values = {
            "uuid": self._uuid(),
            "actor_id": actor,
            "street": f"Beispielstraße {self.chance.randint(1, 120)}",
            "municipality": town.ags,
            "lat": round(town.lat + self.chance.gauss(0, 0.008), 5),
            "lon": round(town.lon + self.chance.gauss(0, 0.012), 5),
            "hours": self.chance.choice(HOURS) if self.chance.random() < 0.7 else None,
            "step_free": self.chance.choice(("yes", "yes", "no", "unknown")),
        }
        return address | values | _found(Place(**address))

    def _add_offer(self, batch: Batch, town: Town, kind: Mapping[str, Any]) -> None:
        offer, actor = len(batch.offers), len(batch.actors) - 1
        form = self._drawn(FORMATS)
        texts = self._texts(town, kind)
        low, high = kind.get("levels", (None, None))
        values = {
            "actor_id": actor,
            "contact_id": actor,
            "service_type_id": self._term("service_type", kind["service_type"]),
            "level_from_id": self._term("level", low) if low else None,
            "level_to_id": self._term("level", high) if high else None,
            "cost_id": self._term("cost", kind["cost"]),
            "childcare": self.chance.choice(("yes", "no", "no", "unknown")),
            "by_appointment": self.chance.random() < 0.4,
        }
        batch.offers.append(self._life() | texts | values | _found(Offer(**texts)))
        self._add_terms(batch, offer, kind, form)
        self._add_languages(batch, offer)
        batch.offer_areas.append({"offer_id": offer, "ags": town.ags[:5]})
        if form not in REMOTE:
            batch.offer_places.append({"offer_id": offer, "place_id": actor})
        if low:
            self._add_runs(batch, offer)

    def _texts(self, town: Town, kind: Mapping[str, Any]) -> dict[str, Translated]:
        labels = self.terms["service_type", kind["service_type"]].labels.bodies
        titles = {tag: f"{labels[tag]} {town.name}" for tag in INVENTED}
        said = {tag: f"{labels[tag]}, {town.name}. {note}" for tag, note in INVENTED.items()}
        return {
            "title": Translated.of(titles),
            "summary": Translated.of(said),
            "description": Translated(),
        }

    def _add_terms(self, batch: Batch, offer: int, kind: Mapping[str, Any], form: str) -> None:
        chosen = {
            "field": kind["fields"],
            "target_group": kind["target_groups"],
            "topic": kind["topics"],
            "format": [form],
            "eligibility": [self.chance.choice(("all", "all", "residence_permit", "protection"))],
            "area_of_life": [self.chance.choice(("work", "school", "leisure", "training"))],
        }
        for scheme, keys in chosen.items():
            for position, key in enumerate(keys):
                term = self._term(scheme, key)
                row = {"offer_id": offer, "term_id": term, "position": position}
                batch.offer_terms.append(row)

    def _add_languages(self, batch: Batch, offer: int) -> None:
        others = {self._drawn(LANGUAGES) for _ in range(self.chance.randint(0, 4))}
        for position, key in enumerate(["de", *sorted(others)]):
            by = "staff" if position == 0 or self.chance.random() < 0.8 else "interpreter"
            row = {"offer_id": offer, "term_id": self._term("language", key), "by": by}
            batch.languages.append(row | {"position": position})

    def _add_runs(self, batch: Batch, offer: int) -> None:
        start = self.today + timedelta(days=self.chance.randint(-60, 60))
        for _ in range(self.chance.randint(1, 2)):
            batch.runs.append(
                {
                    "uuid": self._uuid(),
                    "offer_id": offer,
                    "starts_on": start,
                    "ends_on": start + timedelta(days=120),
                    "register_by": start - timedelta(days=7),
                    "availability": self.chance.choice(("free", "few", "none", "unknown")),
                    "availability_as_of": self.today,
                }
            )
            start += timedelta(days=150)

    def _life(self) -> Row:
        """Return what every published row has."""
        confirmed = self.today - timedelta(days=self.chance.randint(0, 400))
        moments = {"created_at": self.made_at, "updated_at": self.made_at}
        marks = {"example": True, "status": "published", "last_confirmed": confirmed}
        return {"uuid": self._uuid()} | moments | marks

    def _uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _term(self, scheme: str, key: str) -> int:
        return int(self.terms[scheme, key].id)

    def _drawn(self, weighted: Mapping[str, int]) -> str:
        return self.chance.choices(list(weighted), list(weighted.values()))[0]


def _found(row: Actor | Place | Offer) -> Row:
    """Return the folded words a row is found by: bulk inserts pass by the listener that folds."""
    texts = row.searchable()
    return {"folded": fold(" ".join(texts)), "folded_title": fold(texts[0])}
