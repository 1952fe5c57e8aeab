"""What a word finds in the offers' texts: one behaviour a test."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.core.text import fold
from registry.search.index.lexicon import PART_COST, Lexicon

SIZE = 200  # slots: enough for several words of bits, and for listed as well as packed postings
Row = tuple[int, str, str]  # slot, title, text
WORDS = (st.text("abnßüпعه", min_size=1, max_size=10) | st.text("ab", min_size=3, max_size=10)).map(
    fold
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@st.composite
def offers(draw: Callable[..., list[tuple[str, str]]]) -> list[Row]:
    """Some offers on any of the slots, their text the title and more."""
    texts = draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=30))
    slots = draw(st.permutations(range(SIZE)))
    return [(slot, a, f"{a} {b}".strip()) for slot, (a, b) in zip(slots, texts, strict=False)]


def lexicon(*texts: str) -> Lexicon:
    """Return the lexicon of offers with these titles and no further text, slot by slot."""
    return Lexicon.build(((slot, fold(t), fold(t)) for slot, t in enumerate(texts)), SIZE)


def slots(bits: np.ndarray) -> set[int]:
    assert bits.dtype == np.uint64
    assert bits.shape == (-(-SIZE // 64),)
    return set(np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little")).tolist())


def found(texts: Lexicon, word: str) -> set[int]:
    return slots(texts.bits(texts.containing(fold(word))))


def likely(texts: Lexicon, word: str) -> list[int]:
    """Return the words that the nearest spellings would have found."""
    pairs = texts.corrections(word)
    nearest = [spelling for cost, spelling in pairs if cost == pairs[0][0]]
    return sorted({number for each in nearest for number in texts.containing(each)})


def forgiven(texts: Lexicon, word: str) -> set[int]:
    return slots(texts.bits(likely(texts, fold(word))))


def meant(word: str, text: str) -> bool:
    """Say by the law whether a word matches a text: short ones whole, others inside of words."""
    return any(word in each if len(word) > 2 else word == each for each in text.split())


def errors(one: str, other: str) -> int:
    """Count typing errors, a swap of neighbours as one, no letter touched twice."""
    table = {(-1, j): j + 1 for j in range(-1, len(other))}
    table |= {(i, -1): i + 1 for i in range(-1, len(one))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            ways = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i and j and a == other[j - 1] and b == one[i - 1]:
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one) - 1, len(other) - 1]


def nearest(corrections: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    costs = sorted(corrections)
    return {(cost, spelling) for cost, spelling in costs if cost == costs[0][0]}


# --- words as typed


@given(offers(), WORDS)
def test_a_word_finds_what_the_law_says(texts: list[Row], word: str) -> None:
    built = Lexicon.build(texts, SIZE)
    numbers = built.containing(word)
    assert slots(built.bits(numbers)) == {slot for slot, _, text in texts if meant(word, text)}
    assert slots(built.title_bits(numbers)) == {slot for slot, t, _ in texts if meant(word, t)}


@given(TEXTS.filter(bool), st.data())
def test_every_part_of_a_word_finds_it(text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(text.split()))
    start = data.draw(st.integers(0, max(len(word) - 3, 0)))
    part = word[start : start + data.draw(st.integers(3, 10))] if len(word) > 2 else word
    assert found(lexicon("", text), part) == {1}


@pytest.mark.parametrize("typed", ["Müller", "MUELLER", "muller"])
def test_umlauts_are_found_either_way(typed: str) -> None:
    assert found(lexicon("Müllertreff", "Muellerhaus", "Mühle"), typed) == {0, 1}


def test_a_compound_is_found_by_its_beginning_middle_and_end() -> None:
    texts = lexicon("Migrationsberatungsstelle", "Stellwerk")
    assert [found(texts, part) for part in ("Migration", "beratung", "stelle")] == [{0}] * 3


def test_a_short_word_stands_alone() -> None:
    assert found(lexicon("B1 Kurs", "AB12 Kurs", "in Roth", "Kind"), "b1") == {0}
    assert found(lexicon("B1 Kurs", "AB12 Kurs", "in Roth", "Kind"), "in") == {2}


def test_a_word_does_not_reach_into_the_next() -> None:
    assert found(lexicon("Kind und Kegel"), "dund") == set()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("الإقامة في ألمانيا", "اقامه"),
        ("دورة لغة", "دوره"),
        ("Мовні курси для сімʼї", "сім'ї"),
        ("консультація", "КОНСУЛЬТАЦ"),
    ],
)
def test_other_scripts_are_found(text: str, typed: str) -> None:
    assert found(lexicon("Sprachkurs", text), typed) == {1}


def test_title_bits_leave_out_what_only_the_text_says() -> None:
    texts = Lexicon.build([(3, "treff", "treff deutsch"), (70, "deutsch", "deutsch")], SIZE)
    assert slots(texts.title_bits(texts.containing("deutsch"))) == {70}


def test_a_title_that_only_looks_like_the_beginning_of_the_text_changes_nothing() -> None:
    texts = Lexicon.build([(3, "haus", "hausarzt im haus")], SIZE)
    assert found(texts, "haus") == found(texts, "arzt") == {3}


def test_a_word_of_very_many_offers_is_found_in_all_of_them() -> None:
    texts = lexicon(*["Kurs"] * 150, *["Sprachkurs"] * 3)
    assert found(texts, "kurs") == set(range(153))


@pytest.mark.parametrize("size", [0, 1, 64, 65])
def test_an_empty_lexicon_finds_nothing(size: int) -> None:
    texts = Lexicon.build([], size)
    assert texts.containing("kurs") == likely(texts, "kurs") == []
    assert texts.bits([]).tolist() == texts.title_bits([]).tolist() == [0] * -(-size // 64)


# --- typing errors


@given(offers(), WORDS)
def test_a_mistyped_word_finds_what_the_nearest_words_find(texts: list[Row], word: str) -> None:
    built = Lexicon.build(texts, SIZE)
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    near = {(errors(word, each), each) for _, _, text in texts for each in text.split()}
    wanted = nearest(pair for pair in near if allowed and pair[0] <= allowed)
    if wanted:
        assert nearest(built.corrections(word)) == wanted
        hits = {s for s, _, text in texts if any(meant(each, text) for _, each in wanted)}
        assert slots(built.bits(likely(built, word))) == hits


@given(offers(), WORDS)
def test_a_mistyped_part_differs_by_one_error_at_most_and_stands_in_a_word(
    texts: list[Row], word: str
) -> None:
    for cost, part in Lexicon.build(texts, SIZE).corrections(word):
        assert cost < PART_COST or errors(word, part) <= 1
        assert any(part in text for _, _, text in texts)


@given(offers(), WORDS, st.integers(0, 30))
def test_two_lexicons_side_by_side_find_what_one_finds(
    texts: list[Row], word: str, cut: int
) -> None:
    whole, *both = (Lexicon.build(rows, SIZE) for rows in (texts, texts[:cut], texts[cut:]))
    assert nearest(whole.corrections(word)) == nearest(
        correction for each in both for correction in each.corrections(word)
    )
    assert found(whole, word) == found(both[0], word) | found(both[1], word)


@pytest.mark.parametrize(
    "typed",
    ["Beratnug", "Bertung", "Berattung", "Beratumg", "Bertaugn"],
    ids=["swapped", "left out", "doubled", "replaced", "two errors"],
)
def test_a_typing_error_is_forgiven_and_compounds_are_found_as_well(typed: str) -> None:
    texts = lexicon("Beratung", "Asylberatung", "Beteiligung")
    assert found(texts, typed) == set()
    assert forgiven(texts, typed) == {0, 1}


@pytest.mark.parametrize(("typed", "hits"), [("kusr", {0}), ("kuxrx", set())])
def test_a_word_below_eight_letters_may_have_one_error(typed: str, hits: set[int]) -> None:
    assert forgiven(lexicon("Kurs", "Ort"), typed) == hits


def test_a_word_below_four_letters_is_taken_as_typed() -> None:
    assert forgiven(lexicon("Amt"), "ant") == set()


def test_only_the_nearest_words_are_meant() -> None:
    texts = lexicon("Sprachkurs", "Sprachkreis")
    assert forgiven(texts, "Sprachkuts") == {0}


def test_a_mistyped_part_is_found_although_it_never_stands_alone() -> None:
    texts = lexicon("Wohnungssuche", "Obdachlosenwohnung", "Wohngeld")
    assert forgiven(texts, "wohnugn") == forgiven(texts, "wonhung") == {0, 1}
    assert texts.corrections("wohnugn")[0][0] == PART_COST


@pytest.mark.parametrize(("text", "typed"), [("родина", "рдоина"), ("مساعدة", "مسادعه")])
def test_typing_errors_are_forgiven_in_other_scripts(text: str, typed: str) -> None:
    assert forgiven(lexicon("Kurs", text), typed) == {1}
