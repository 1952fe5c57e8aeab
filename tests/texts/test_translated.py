"""The state of a translation follows from versions; nobody sets it."""

from registry.texts.translated import Translated

BOTH = Translated.of({"de": "Beratung", "en": "Advice"})


def test_translation_made_with_its_source_is_current() -> None:
    assert BOTH.state("en") == "current"


def test_changed_source_outdates_the_translation() -> None:
    assert BOTH.merged({"de": "Beratung und Hilfe"}).state("en") == "outdated"


def test_small_correction_of_the_source_keeps_translations_current() -> None:
    assert BOTH.merged({"de": "Beratung."}, minor=True).state("en") == "current"


def test_saving_the_same_texts_again_changes_nothing() -> None:
    assert BOTH.merged(BOTH.bodies) == BOTH


def test_outdated_translation_saved_unchanged_with_the_form_stays_outdated() -> None:
    changed = BOTH.merged({"de": "Neu"})
    assert changed.merged(changed.bodies).state("en") == "outdated"


def test_new_translation_of_a_changed_source_is_current() -> None:
    changed = BOTH.merged({"de": "Neu"})
    assert changed.merged({"en": "New"}).state("en") == "current"


def test_missing_language_is_shown_in_german_and_says_so() -> None:
    shown = BOTH.shown("ar")
    assert (shown.body, shown.language) == ("Beratung", "de")


def test_machine_translation_is_marked() -> None:
    assert BOTH.marked_machine("en").state("en") == "machine"


def test_empty_body_removes_a_language() -> None:
    assert BOTH.merged({"en": ""}).state("en") == "missing"


def test_stored_form_gives_the_same_text_back() -> None:
    text = BOTH.merged({"de": "Neu"}).marked_machine("en")
    assert Translated.from_json(text.to_json()) == text
