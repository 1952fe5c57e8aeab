"""The German catalogue is complete, and says the same as the code asks for."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "registry/locales").glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    target = tmp_path_factory.mktemp("pot") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    # Babel leaves out folders that begin with "_" unless told what else to ignore.
    ignored = ["--ignore-dirs", ".venv node_modules .git"]
    options = ["-F", "pyproject.toml", "-k", "_l", *ignored, "-o", str(target), "."]
    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)
    with target.open("rb") as file:
        return read_po(file)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def test_there_is_a_german_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["de"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_holds_what_the_code_asks_for_and_nothing_else(
    path: Path, extracted: Catalog
) -> None:
    wanted = {message.id for message in extracted if message.id}
    given = {message.id for message in read(path) if message.id}
    assert given == wanted


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
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


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_compiles(path: Path) -> None:
    write_mo(BytesIO(), read(path))
