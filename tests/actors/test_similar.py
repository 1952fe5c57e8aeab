"""Whether two entries may be one and the same."""

import pytest

from registry.actors import similar
from registry.actors.similar import Reason, Traits, likeness, offer_likeness, spot, traits

ROTH = spot("Hauptstraße 5", "91154", "Roth", 49.2460, 11.0910)
NEXT_DOOR = spot("Marktplatz 1", "91154", "Roth", 49.2465, 11.0915)
FAR = spot("Bahnhofstr. 3", "91126", "Schwabach", 49.3290, 11.0230)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müttertreff e. V.", "Muettertreff"),
        ("Lebenshilfe gGmbH", "Lebenshilfe e.V."),
        ("ARGE Jobcenter", "Jobcenter"),
        ("AWO-Kreisverband", "Arbeiterwohlfahrt KV"),
        ("Ev. Kirche", "Evangelische Kirche"),
        ("Haus für Kinder und Eltern", "Haus Kinder & Eltern"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert similar.plain(one) == similar.plain(other)


def test_a_name_of_nothing_but_small_words_stays_one() -> None:
    assert similar.plain("ARGE") == "arge"
    assert similar.without_town("roth", ["Roth"]) == "roth"


@pytest.mark.parametrize(
    ("number", "plain"),
    [("+49 (0)9171 81-0", "09171810"), ("09171 / 81 0", "09171810"), ("110", ""), (None, "")],
)
def test_telephone_numbers_are_made_equal(number: str | None, plain: str) -> None:
    assert similar.phone(number) == plain


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Caritas-Roth.de/kontakt", "caritas-roth.de"),
        ("info@caritas-roth.de", "caritas-roth.de"),
        ("verein@gmx.de", ""),
        (None, ""),
    ],
)
def test_domains_of_everybody_say_nothing(address: str | None, host: str) -> None:
    assert similar.domain(address) == host


def test_streets_are_equal_however_they_are_shortened() -> None:
    assert similar.street("Hauptstraße 5") == similar.street("Haupt-Str. 5") == "hauptstr5"


def made(name: str, *spots: similar.Spot, phone: str = "", host: str = "") -> Traits:
    return traits(1, name, spots, [phone], [host])


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (made("Café", ROTH), made("Cafe", ROTH), [Reason.SAME_NAME, Reason.SAME_ADDRESS]),
        (made("Café", ROTH), made("Cafe", NEXT_DOOR), [Reason.SAME_NAME, Reason.NEAR]),
        (made("Café"), made("Cafe", ROTH), [Reason.SAME_NAME, Reason.NO_PLACE]),
        (
            made("Nachbarschaftshilfe", ROTH),
            made("Nachbarschafthilfe", NEXT_DOOR),
            [Reason.SIMILAR_NAME, Reason.NEAR],
        ),
        (
            made("Caritas", ROTH, phone="09171 810"),
            made("Caritas Sozialberatung", FAR, phone="09171810"),
            None,
        ),
        (made("Tafel", ROTH), made("Tafel", FAR), None),
        (made("Kurs A1", ROTH), made("Kurs A2", ROTH), None),
        (made("Landratsamt", ROTH), made("Tafel", ROTH), None),
        (
            made("Gemeinde Kammerstein", spot("Gasse 1", "91126", "Kammerstein", None, None)),
            made("Gemeinde Rohr", spot("Weg 2", "91126", "Rohr", None, None)),
            None,
        ),
    ],
)
def test_names_and_places_decide_together(
    one: Traits, other: Traits, reasons: list[Reason] | None
) -> None:
    found = likeness(one, other)
    assert (list(found.reasons) if found else None) == reasons
    assert likeness(other, one) == found


def test_coordinates_that_stand_in_for_a_town_are_not_near() -> None:
    middle = {"lat": 49.2, "lon": 11.1}
    one = made("Tafelladen", spot("Weg 1", "91154", "Roth", **middle))
    other = made("Tafelladn", spot("Gasse 2", "91154", "Roth", **middle))
    assert likeness(one, other) is None


def test_offers_need_the_same_place_and_nearly_the_same_title() -> None:
    here = offer_likeness(made("Sprachcafé", ROTH), made("Sprach-Café", ROTH), same_actor=True)
    assert here
    assert Reason.SAME_ACTOR in here.reasons
    away = offer_likeness(made("Sprachcafé", ROTH), made("Sprachcafé", FAR), same_actor=True)
    levels = offer_likeness(made("Kurs B1", ROTH), made("Kurs B2", ROTH), same_actor=True)
    assert (away, levels) == (None, None)
