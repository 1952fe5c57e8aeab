"""The catalogues are complete, and say the same as the code asks for."""

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from registry.config import SPOKEN_FIRST, spoken

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tools"))
from catalogues import LOCALES, extracted, read, renewed  # noqa: E402

CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])


@pytest.fixture(scope="module")
def asked() -> Catalog:
    return extracted()


def test_the_ten_languages_of_the_register_are_spoken() -> None:
    assert {*spoken()} >= {"de", "en", "ar", "uk", "fa", "ru", "tr", "ro", "pl", "fr"}
    assert spoken()[:2] == SPOKEN_FIRST


@each_catalogue
def test_catalogue_holds_what_the_code_asks_for_and_nothing_else(
    path: Path, asked: Catalog
) -> None:
    assert {message.id for message in read(path)} == {"", *(message.id for message in asked)}


@each_catalogue
def test_every_message_is_translated_with_its_placeholders(path: Path) -> None:
    for message in read(path):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        target = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(target), f"not translated: {source[0]}"
        assert not message.fuzzy
        for text in target:
            assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(source[-1]))
            if len(source) == 1:
                assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(source[0]))


@each_catalogue
def test_catalogue_compiles(path: Path) -> None:
    write_mo(BytesIO(), read(path))


@pytest.mark.parametrize("tag", [tag for tag in spoken() if tag not in SPOKEN_FIRST])
def test_every_term_has_a_name_in_every_language(tag: str) -> None:
    for path in sorted((ROOT / "seed_data/vocabulary").glob("*.yaml")):
        for term in yaml.safe_load(path.read_text("utf-8")):
            assert term["labels"].get(tag), f"{path.stem}.{term['key']}"


def test_a_new_language_starts_with_everything_to_translate_and_unchecked(asked: Catalog) -> None:
    made = renewed(LOCALES / "so" / "LC_MESSAGES" / "messages.po", asked)
    assert {message.id for message in made} == {"", *(message.id for message in asked)}
    assert not any(any(message.string) for message in made if message.id)
    assert made.last_translator == "not yet checked by a speaker"
