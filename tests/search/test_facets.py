"""What is public, and the counts beside the filters."""

from random import Random
from typing import Any

import pytest

from registry.regions import queries as regions
from registry.search import reader
from registry.search.criteria import FACETS, FLAGS
from registry.vocabulary import queries as vocabulary
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.search.questions import HILPOLTSTEIN, NOW, ROTH, at, find, offer, understood

pytestmark = pytest.mark.usefixtures("database")


# --- what is public


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "archived"},
        {"valid_to": "2026-11-23"},
        {"valid_from": "2026-11-25"},
        {"actor": "draft"},
        {"actor": "archived"},
    ],
)
def test_what_is_not_public_today_is_neither_found_nor_counted(fields: dict[str, Any]) -> None:
    actor = make_actor(status=fields.get("actor", "published"))
    make_offer(actor, **{name: value for name, value in fields.items() if name != "actor"})
    found = find()
    assert (found.offers, found.total) == ([], 0)
    assert not any(any(values.values()) for values in found.counts.values())


# --- facets


def test_a_facet_ignores_its_own_selection_and_heeds_the_others() -> None:
    offer("A", fields=["housing"], formats=["online"])
    offer("B", fields=["health"], formats=["online"])
    offer("C", fields=["health"], formats=["on_site"])
    counts = find(field=["health"]).counts
    assert counts["field"] == {"housing": 1, "health": 2}
    assert counts["format"] == {"online": 1, "on_site": 1}


def test_facets_heed_text_and_place() -> None:
    offer("Kochen", at(ROTH, lat=49.2470, lon=11.0900), fields=["health"])
    offer("Kochen", at(HILPOLTSTEIN, lat=49.19, lon=11.19), fields=["housing"])
    offer("Nähen", at(ROTH, lat=49.2470, lon=11.0900), fields=["family"])
    assert find(q="kochen", near="91154", radius_km=3).counts["field"] == {"health": 1}


def test_no_hit_says_what_dropping_a_filter_would_give(client: Any) -> None:
    offer("Kochen", fields=["health"])
    page = client.get("/en/offers?q=kochen&field=housing")
    assert page.status_code == 200
    wanted = understood(q="kochen", field=["housing"])
    question = reader.ask(wanted, NOW)
    assert (question.total(), question.total(but="field"), question.total(but="q")) == (0, 1, 0)
    assert '/en/offers?q=kochen"' in page.text


def random_offers(random: Random) -> None:
    schemes = ("field", "target_group", "eligibility", "format", "area_of_life", "language")
    keys = {name: [term.key for term in vocabulary.terms(name)][:5] for name in schemes}
    towns = [place.ags for place in regions.municipalities("09576")]
    for number in range(24):
        step, hours = random.choice(["yes", "no", "unknown"]), random.choice([None, "Tu", "Mo"])
        secret = random.random() < 0.2
        actor = at(random.choice(towns), step_free=step, hours=hours, confidential=secret)
        levels = sorted(random.sample(range(7), 2))
        terms = [term.key for term in vocabulary.terms("level")]
        offer(
            f"{random.choice(['Kurs', 'Rat', 'Treff'])} {number}",
            actor,
            fields=random.sample(keys["field"], 2),
            target_groups=random.sample(keys["target_group"], 2),
            eligibility=random.sample(keys["eligibility"], 1),
            formats=random.sample(keys["format"], 1),
            areas_of_life=random.sample(keys["area_of_life"], 2),
            languages=[{"language": key} for key in random.sample(keys["language"], 2)],
            areas=random.choice([[], ["09576"], [random.choice(towns)]]),
            level_from=terms[levels[0]] if number % 2 else None,
            level_to=terms[levels[1]] if number % 2 else None,
            cost=random.choice(["free", "fee", None]),
            childcare=random.choice(["yes", "no", "unknown"]),
            runs=random.choice([[], [{"starts_on": "2026-12-01"}]]),
        )


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"q": "kurs"},
    {"free": True},
    {"format": ["online"], "childcare": False},
    {"region": [ROTH, HILPOLTSTEIN], "open_now": True},
    {"near": "91154", "radius_km": 15.0, "starts_soon": True},
]


def test_facets_count_what_choosing_the_value_would_find() -> None:
    random_offers(Random(4))
    for question in QUESTIONS:
        counts = find(**question).counts
        for name in FACETS:
            for value, count in counts[name].items():
                asked = {**question, name: True if name in FLAGS else [value]}
                assert reader.ask(understood(**asked), NOW).total() == count, (
                    question,
                    name,
                    value,
                )


def test_facets_count_what_the_items_say() -> None:
    random_offers(Random(5))
    names = {"field": "fields", "format": "formats", "area_of_life": "areas_of_life"}
    for question in QUESTIONS:
        chosen = {**question, "per_page": 200}
        for facet, field in names.items():
            free = {name: value for name, value in chosen.items() if name != facet}
            items = find(**free).offers
            keys = {key for item in items for key in item[field]}
            brute = {key: sum(key in item[field] for item in items) for key in keys}
            assert find(**chosen).counts[facet] == brute
