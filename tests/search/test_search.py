"""What a search means: words and filters, one behaviour a test."""

import pytest

from registry.vocabulary import queries as vocabulary
from tests.factories.actors import make_actor
from tests.search.questions import HILPOLTSTEIN, ROTH, at, find, offer, titles

pytestmark = pytest.mark.usefixtures("database")


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
