"""Minutes whose hash holds and which still forget a person."""

from itertools import count
from typing import Any

from registry.conferences.minutes.sealing import GONE, canonical, digest, opened, sealed

NAMES = {
    "one": ("Dr.", "Anna", "Muster"),
    "two": ("", "Bert", "Beispiel"),
    "three": ("", "Yılmaz", ""),
}
SAID: dict[str, Any] = {
    "kind": "minutes",
    "present": [
        {"name": "Dr. Anna Muster", "organisation": "Muster e. V.", "stands_for": "Bert Beispiel"}
    ],
    "parts": [{"title": "Bericht", "text": "Dr. Muster und Yılmaz berichten. Musterhaft."}],
}


def seal(said: dict[str, Any] = SAID) -> tuple[dict[str, Any], dict[str, str]]:
    numbers = count()
    return sealed(said, NAMES, lambda: f"salt {next(numbers)}")


def test_what_is_hashed_names_nobody_and_can_be_read_again() -> None:
    hidden, salts = seal()
    for name in ("Anna", "Beispiel", "Dr. Muster", "Yılmaz"):
        assert name not in canonical(hidden)
    assert hidden["present"][0]["organisation"] == "Muster e. V."
    assert "Musterhaft" in hidden["parts"][0]["text"]
    assert salts.keys() == NAMES.keys()
    assert opened(hidden, NAMES, salts) == SAID


def test_the_hash_stays_when_somebody_is_forgotten() -> None:
    hidden, salts = seal()
    before = digest(hidden)
    del salts["one"]
    shown = opened(hidden, NAMES, salts)
    assert shown["present"][0]["name"] == GONE
    assert shown["present"][0]["stands_for"] == "Bert Beispiel"
    assert shown["parts"][0]["text"] == f"{GONE} und Yılmaz berichten. Musterhaft."
    assert digest(hidden) == before


def test_a_name_that_is_not_kept_any_more_is_not_guessed_from_its_salt() -> None:
    hidden, salts = seal()
    others = {key: parts for key, parts in NAMES.items() if key != "two"}
    assert opened(hidden, others, salts)["present"][0]["stands_for"] == GONE


def test_any_other_word_makes_another_hash() -> None:
    hidden, _salts = seal()
    assert digest({**hidden, "kind": "supplement"}) != digest(hidden)
    assert digest(dict(reversed(hidden.items()))) == digest(hidden)


def test_without_anybody_named_nothing_is_hidden() -> None:
    assert sealed(SAID, {}, str) == (SAID, {})
