"""What a search means: one behaviour a test."""

from datetime import datetime
from random import Random
from typing import Any

import pytest

from registry.actors.models import Actor
from registry.core.i18n import ZONE
from registry.offers.models import Offer
from registry.regions import queries as regions
from registry.search import reader, services
from registry.search.criteria import FACETS, FLAGS, Criteria, Moment
from registry.search.reader import Found
from registry.search.schemas import SearchSchema
from registry.vocabulary import queries as vocabulary
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

NOW = Moment(datetime(2026, 11, 24, 10, tzinfo=ZONE), "09576")  # a Tuesday
ROTH, HILPOLTSTEIN, GEORGENSGMUEND = "09576143", "09576127", "09576121"
pytestmark = pytest.mark.usefixtures("database")


def understood(**query: Any) -> Criteria:
    wanted, errors = services.understand(SearchSchema().load(query))
    assert not errors
    return wanted


def find(**query: Any) -> Found:
    return reader.find(understood(**query), NOW)


def titles(**query: Any) -> list[str]:
    """Return the titles found, in order."""
    return [offer["title"]["de"] for offer in find(**query).offers]


def offer(title: str, actor: Actor | None = None, **fields: Any) -> Offer:
    given = {"title": title, "summary": {"de": "x"}, "fields": ["housing"], **fields}
    return make_offer(actor or make_actor(name="Haus"), **given)


def at(municipality: str = ROTH, **place: Any) -> Actor:
    """Return an actor with one place."""
    return make_actor(name="Haus", places=[{"name": "Haus", "municipality": municipality, **place}])


# --- text


@pytest.mark.parametrize("written", ["Müller", "Mueller"])
@pytest.mark.parametrize("typed", ["müller", "MUELLER", "muller"])
def test_umlauts_are_found_either_way(written: str, typed: str) -> None:
    offer(f"{written}treff")
    assert titles(q=typed) == [f"{written}treff"]


def test_a_sharp_s_is_found_as_two(database: None) -> None:
    offer("Spaßgruppe")
    assert titles(q="spass") == ["Spaßgruppe"]


def test_parts_of_compounds_are_found() -> None:
    offer("Migrationsberatung")
    assert titles(q="beratung") == ["Migrationsberatung"]


def test_a_short_word_is_found_only_whole() -> None:
    offer("Kurs B1")
    offer("Familiencafé", fields=["family"])
    assert titles(q="b1") == ["Kurs B1"]
    assert titles(q="am") == []


def test_all_words_must_be_found_wherever_they_stand() -> None:
    actor = at(HILPOLTSTEIN, city="Hilpoltstein")
    offer("Sprachcafé", actor)
    offer("Sprachcafé ohne Ort")
    assert titles(q="sprachcafe hilpoltstein") == ["Sprachcafé"]


@pytest.mark.parametrize("typed", ["курси німецької", "German course", "Deutschkurs"])
def test_everyday_words_of_other_languages_find_a_term(typed: str) -> None:
    offer("Einstieg", fields=["language"])
    offer("Wohnen")
    assert titles(q=typed) == ["Einstieg"]


def test_the_provider_is_found_by_its_name() -> None:
    offer("Treffen", make_actor(name="Regenbogenhaus"))
    offer("Anderes")
    assert titles(q="regenbogen") == ["Treffen"]


def test_a_spoken_language_is_found_by_its_own_name() -> None:
    offer("Sprechstunde", languages=[{"language": "uk"}])
    offer("Andere")
    assert titles(q="українська") == ["Sprechstunde"]


def test_signs_alone_ask_for_nothing() -> None:
    offer("Treffen")
    assert titles(q="?! %_") == ["Treffen"]


def test_hits_in_the_title_come_first() -> None:
    offer("Allerlei", summary={"de": "auch Kochen"})
    offer("Kochen für alle")
    assert titles(q="kochen") == ["Kochen für alle", "Allerlei"]


# --- filters


def test_a_repeated_name_is_or() -> None:
    offer("A", fields=["housing"])
    offer("B", fields=["health"])
    offer("C", fields=["family"])
    assert titles(field=["housing", "health"]) == ["A", "B"]


def test_different_names_are_and() -> None:
    offer("A", fields=["health"], formats=["online"])
    offer("B", fields=["health"], formats=["on_site"])
    assert titles(field=["health"], format=["online"]) == ["A"]


@pytest.mark.parametrize("name", ["target_group", "eligibility"])
def test_an_offer_for_all_is_for_every_group(name: str) -> None:
    field = {"target_group": "target_groups"}.get(name, name)
    group = vocabulary.terms(name)[2].key
    offer("Alle", **{field: ["all"]})
    offer("Gruppe", **{field: [group]})
    offer("Andere", **{field: [vocabulary.terms(name)[3].key]})
    assert titles(**{name: [group]}) == ["Alle", "Gruppe"]
    assert titles(**{name: ["all"]}) == ["Alle"]
    assert find().counts[name][group] == 2


@pytest.mark.parametrize(
    ("level", "found"), [("alpha", []), ("A1", ["Kurs"]), ("A2", ["Kurs"]), ("B2", [])]
)
def test_a_level_matches_between_from_and_to(level: str, found: list[str]) -> None:
    offer("Kurs", level_from="A1", level_to="B1")
    offer("Treff")
    assert titles(level=[level]) == found
    assert find().counts["level"].get(level, 0) == len(found)


def test_languages_are_those_spoken_there() -> None:
    offer("A", languages=[{"language": "uk"}, {"language": "ar", "by": "interpreter"}])
    offer("B", languages=[{"language": "ru"}])
    assert titles(language=["ar"]) == ["A"]
    assert titles(language=["ar", "ru"]) == ["A", "B"]


def test_a_region_matches_a_place_in_it_or_a_served_area_that_overlaps() -> None:
    offer("Am Ort", at(ROTH), areas=[])
    offer("Woanders", at(HILPOLTSTEIN), areas=[])
    offer("Für den Kreis", areas=["09576"])
    offer("Für Bayern", areas=["09"])
    offer("Für den Ort", areas=[ROTH])
    assert titles(region=[ROTH]) == ["Am Ort", "Für Bayern", "Für den Kreis", "Für den Ort"]
    assert len(titles(region=["09576"])) == 5
    assert titles(region=["09573"]) == ["Für Bayern"]


def test_a_confidential_place_is_found_by_its_district_only() -> None:
    spot = {"lat": 49.2461, "lon": 11.0911}
    secret = at(ROTH, city="Roth", confidential=True, **spot)
    offer("Schutz", secret, areas=[])
    assert titles(region=["09576"]) == ["Schutz"]
    assert titles(region=[ROTH]) == []
    assert titles(near="49.2461,11.0911", radius_km=500) == []
    assert titles(q="roth") == []
    assert find().counts["region"].get(ROTH, 0) == 0


def test_open_now_keeps_what_is_unknown() -> None:
    offer("Offen", at(hours="Tu 08:00-12:00"))
    offer("Zu", at(hours="Mo 08:00-12:00"))
    offer("Unbekannt", at())
    offer("Ohne Ort", areas=["09576"])
    closed = [{"closed_from": "2026-11-20", "closed_to": "2026-11-30"}]
    offer("Pause", at(hours="Tu 08:00-12:00"), closures=closed)
    assert titles(open_now=True) == ["Offen", "Ohne Ort", "Unbekannt"]
    assert titles(open_now=False) == ["Pause", "Zu"]


def test_own_hours_of_an_offer_replace_those_of_its_place() -> None:
    actor = at(hours="Mo 08:00-12:00")
    place = str(actor.places[0].uuid)
    offer("Eigene", actor, places=[{"place": place, "hours": "Tu 09:00-11:00"}])
    offer("Geerbte", actor)
    assert titles(open_now=True) == ["Eigene"]


@pytest.mark.parametrize(
    ("run", "soon"),
    [
        ({"starts_on": "2026-12-01"}, True),
        ({"starts_on": "2026-11-24"}, True),
        ({"starts_on": "2026-11-23"}, False),
        ({"starts_on": "2027-01-19"}, True),
        ({"starts_on": "2027-01-20"}, False),
        ({"starts_on": "2026-12-01", "availability": "none"}, False),
        ({"starts_on": "2026-12-01", "availability": "few"}, True),
        ({"starts_on": "2026-12-01", "register_by": "2026-11-23"}, False),
        ({"starts_on": "2026-12-01", "register_by": "2026-11-24"}, True),
    ],
)
def test_starting_soon_is_a_run_one_can_still_join(run: dict[str, str], soon: bool) -> None:
    offer("Kurs", runs=[run])
    assert bool(titles(starts_soon=True)) is soon
    assert bool(titles(starts_soon=False)) is not soon


def test_flags_match_yes_and_their_contrary() -> None:
    offer("Ja", at(step_free="yes"), cost="free", childcare="yes")
    offer("Nein", at(step_free="no"), cost="fee", childcare="no")
    offer("Offen", at(step_free="unknown"))
    for flag in ("free", "childcare", "step_free"):
        assert titles(**{flag: True}) == ["Ja"]
        assert titles(**{flag: False}) == ["Nein", "Offen"]


# --- near and order


@pytest.mark.parametrize("near", ["91154", "Roth", "49.2461,11.0911", " 91154 "])
def test_near_takes_a_postcode_a_name_or_coordinates(near: str) -> None:
    offer("Nah", at(ROTH, lat=49.2470, lon=11.0900))
    offer("Fern", at(HILPOLTSTEIN, lat=49.1900, lon=11.1900))
    assert titles(near=near, radius_km=5) == ["Nah"]
    assert titles(near=near, radius_km=50) == ["Nah", "Fern"]


def test_near_finds_a_name_with_its_umlaut_either_way() -> None:
    for near in ("Georgensgmünd", "georgensgmuend"):
        spot = understood(near=near).spot
        assert spot is not None
        assert spot.label == "Georgensgmünd"


def test_without_a_place_an_offer_is_not_near() -> None:
    offer("Online", areas=["09576"])
    assert titles(near="91154", radius_km=500) == []


def test_orders() -> None:
    here, far = at(ROTH, lat=49.2470, lon=11.0900), at(HILPOLTSTEIN, lat=49.19, lon=11.19)
    offer("A", far, runs=[{"starts_on": "2026-12-24"}], last_confirmed="2026-01-01")
    offer("B", here, last_confirmed="2026-10-01")
    offer("C", here, runs=[{"starts_on": "2026-12-01"}])
    assert titles() == ["A", "B", "C"]
    assert titles(sort="start") == ["C", "A", "B"]
    assert titles(sort="confirmed") == ["B", "A", "C"]
    assert titles(near="91154", radius_km=50, sort="distance") == ["B", "C", "A"]
    assert titles(near="91154", radius_km=50, sort="title") == ["A", "B", "C"]
    assert titles(sort="distance") == ["A", "B", "C"]


def test_pages_follow_each_other_without_gap_or_double() -> None:
    for number in range(7):
        offer("Gleich" if number % 2 else "gleich")
    pages = [find(per_page=3, page=page).offers for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({each["id"] for page in pages for each in page}) == 7


# --- typing


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Migrationsberatnug", ["Migrationsberatung"]),
        ("beratnug", ["Migrationsberatung"]),
        ("Ukranisch", ["Kochen"]),
        ("кусры", ["Курсы"]),
        ("Xyzzyq", []),
        ("kat", []),
    ],
)
def test_a_word_with_a_typing_error_finds_what_is_meant(typed: str, found: list[str]) -> None:
    offer("Migrationsberatung")
    offer("Kochen", languages=[{"language": "uk"}])
    offer("Курсы")
    assert titles(q=typed) == found


def test_what_is_written_somewhere_is_no_typing_error() -> None:
    offer("Rat und Hilfe")
    offer("Rad fahren")
    assert titles(q="rat") == ["Rat und Hilfe"]
    assert titles(q="rad") == ["Rad fahren"]


def test_suggestions_are_terms_with_offers_and_titles_of_offers(client: Any) -> None:
    offer("Wohnungssuche leicht gemacht", fields=["housing"])
    suggested = client.get("/api/v1/suggestions?q=wohn&lang=de").json["items"]
    assert suggested[-1] == "Wohnungssuche leicht gemacht"
    assert any(each.startswith("Wohnen") for each in suggested)
    assert client.get("/api/v1/suggestions?q=gesundh&lang=de").json["items"] == []
    assert client.get("/api/v1/suggestions?q=housi&lang=en").json["items"]


@pytest.mark.parametrize("query", ["", "q=", "q=!!", "q=%20"])
def test_nothing_typed_suggests_nothing(client: Any, query: str) -> None:
    offer("Beratung")
    assert client.get(f"/api/v1/suggestions?{query}").json == {"items": []}


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
