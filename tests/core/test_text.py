"""Folding makes spellings equal that people mean alike."""

import pytest

from registry.core.text import fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Straße", "STRASSE"),
        ("Café", "cafe"),
        ("Thalmässing", "Thalmaessing"),
        ("Röttenbach", "Rottenbach"),
        ("київ", "КИЇВ"),
        ("сімʼя", "сім'я"),
        ("إقامة", "اقامه"),
        ("کار", "كار"),
        ("Çocuk", "cocuk"),
    ],
)
def test_spellings_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_part_of_a_compound_stays_a_part_after_folding() -> None:
    assert fold("beratung") in fold("Migrationsberatung")


def test_words_of_a_query_come_once_and_without_signs() -> None:
    assert words('  "Deutsch" AND deutsch -kurs: % _ ') == ["deutsch", "and", "kurs"]
