"""A random register, random edits of it as the office makes them, and random searches."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select, text

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.regions.models import RegionSettings
from registry.search.criteria import FLAGS, SORTS, TERM_FILTERS, Criteria, Spot
from registry.vocabulary import queries as vocabulary
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

TOWNS = ["09576143", "09576127", "09576121", "09564000"]
HOURS = [None, "Tu 09:00-12:00", "Mo-Fr 14:00-16:00; PH off", "24/7"]
TEXTS = ["Migrationsberatung", "Kurs für Mütter", "Frühstück B1", "Расписание курсов", "دورة لغة"]
WORDS = ["beratung", "kurs", "muetter", "b1", "курсов", "دورة", "ukrainisch", "haus", "s", "x1"]
VALIDITIES = [
    (None, None),
    (None, None),
    ("2026-11-01", "2026-12-01"),
    ("2026-11-26", None),
    (None, "2026-11-24"),
]
LISTS = {
    "areas_of_life": "area_of_life",
    "target_groups": "target_group",
    "formats": "format",
    "eligibility": "eligibility",
}
COMING = {"starts_on": "2026-12-01"}
RUNS = [[], [COMING], [{"starts_on": "2027-09-01"}], [{**COMING, "availability": "none"}]]
# Three months and thirty days after the last ones these offers leave the list.
CONFIRMED = [None, date(2026, 1, 1), date(2026, 7, 24), date(2026, 7, 26), date(2026, 10, 1)]
CLOSED = {"closed_from": "2026-11-20", "closed_to": "2026-11-24"}
CLOSURES = [[], [], [CLOSED], [{**CLOSED, "closed_to": "2026-11-23"}]]


class RandomRegister:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.keys = {name: [t.key for t in vocabulary.terms(name)][:6] for name in TERM_FILTERS}

    def fill(self, actors: int) -> None:
        for _ in range(actors):
            self.add()
        db.session.execute(text("ANALYZE"))  # as in any register that has stood for a day

    def hide_unconfirmed(self) -> None:
        """Let offers leave the list three months and thirty days after they were confirmed."""
        rules = RegionSettings(ags="09576", hide_unconfirmed=True, offer_review_months=3)
        rules.grace_days = 30
        db.session.add(rules)
        db.session.commit()

    def add(self) -> None:
        """Add an actor with one to three offers, most of them published."""
        name = self.chance.choice(["Haus", "Verein B1", "Roth hilft"])
        places = [self._place() for _ in range(self.chance.randint(0, 3))]
        tier = self.chance.choice(["none", "none", "municipal"])
        category = self.chance.choice(["welfare", "welfare", "police"])
        actor = make_actor(name=name, places=places, tier=tier, category=category)
        for _ in range(self.chance.randint(1, 3)):
            offer = make_offer(actor, status=Status.DRAFT, **self._offer(actor))
            # Whole or not: the index has to agree with SQL about entries that lack something too.
            offer.status = self.chance.choice([*[Status.PUBLISHED] * 3, Status.DRAFT])
        db.session.commit()

    def edit(self) -> None:
        """Change one thing."""
        offer = self.chance.choice(list(db.session.scalars(select(Offer))))
        change = self.chance.randrange(7)
        if change == 0:
            self.add()
        elif change == 1:
            offers.archive_offer(CONSOLE, offer.uuid)
        elif change == 2:
            offer.status = Status.PUBLISHED
        elif change == 3:
            self._move(offer.actor)
        elif change == 4:
            actors.archive_actor(CONSOLE, offer.actor.uuid)
        elif change == 5:
            offer.last_confirmed = self.chance.choice(CONFIRMED)
        else:
            db.session.delete(offer)
        db.session.commit()

    def search(self) -> Criteria:
        chance = self.chance
        names = chance.sample([*TERM_FILTERS, "region"], chance.randint(0, 2))
        values = {**self.keys, "region": ["09", "09576", *TOWNS]}
        flags = chance.sample(FLAGS, chance.choice([0, 0, 1, 2]))
        spot = Spot(49.25, 11.1, chance.choice([2.0, 5.0, 50.0]))
        return Criteria(
            q=" ".join(chance.sample(WORDS, chance.choice([0, 0, 1, 1, 2]))),
            chosen={name: tuple(self._some(values[name], 1)) for name in names},
            flags={name: chance.random() < 0.7 for name in flags},
            unconfirmed=chance.random() < 0.3,
            spot=chance.choice([None, None, spot]),
            sort=chance.choice(["", *SORTS]),
            page=chance.randint(1, 3),
            per_page=chance.choice([3, 20, 200]),
        )

    def _some(self, values: Any, least: int = 0) -> list[Any]:
        return self.chance.sample(values, self.chance.randint(least, min(2, len(values))))

    def _move(self, actor: Actor) -> None:
        for place in actor.places[:1]:
            for name, value in self._place().items():
                setattr(place, name, value)

    def _place(self) -> dict[str, Any]:
        chance, known = self.chance, self.chance.random() < 0.85
        return {
            "name": "Haus",
            "city": chance.choice(["Roth", None]),
            "municipality": chance.choice(TOWNS),
            "lat": 49.2 + chance.randrange(40) / 400 if known else None,
            "lon": 11.0 + chance.randrange(60) / 300 if known else None,
            "hours": chance.choice(HOURS),
            "step_free": chance.choice(["yes", "no", "unknown"]),
            "confidential": chance.random() < 0.2,
        }

    def _confirmed(self) -> str | None:
        day = self.chance.choice(CONFIRMED)
        return day.isoformat() if day else None

    def _offer(self, actor: Actor) -> dict[str, Any]:
        chance = self.chance
        low, high = sorted(chance.sample(self.keys["level"], 2), key=self.keys["level"].index)
        levels = chance.choice([(None, None), (low, high)])
        since, until = chance.choice(VALIDITIES)
        return {
            "title": f"{chance.choice(TEXTS)} {chance.randrange(5)}",
            "summary": {"de": chance.choice(TEXTS), "uk": chance.choice(TEXTS)},
            "fields": [chance.choice(self.keys["field"])],
            **{name: self._some(self.keys[scheme]) for name, scheme in LISTS.items()},
            "languages": [{"language": key} for key in self._some(self.keys["language"])],
            "places": [
                {"place": str(place.uuid), "hours": chance.choice(HOURS)}
                for place in self._some(actor.places)
            ],
            "areas": self._some(["09", "095", "09576", *TOWNS])[:1],
            "level_from": levels[0],
            "level_to": levels[1],
            "cost": chance.choice(["free", "fee", None]),
            "childcare": chance.choice(["yes", "no", "unknown"]),
            "runs": chance.choice(RUNS),
            "closures": chance.choice(CLOSURES),
            "valid_from": since,
            "valid_to": until,
            "last_confirmed": self._confirmed(),
        }
