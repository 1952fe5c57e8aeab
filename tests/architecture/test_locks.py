"""Lock files name packages and hashes, never where somebody once fetched them."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
ENTRY = re.compile(r"^([a-z0-9._-]+)(\[[a-z,]+\])?==([^ ;\\]+)", re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_python_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert all(ENTRY.match(entry) and "--hash=sha256:" in entry for entry in entries)


def test_the_npm_lock_has_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert all("resolved" not in each for each in packages.values())
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    # Where to thank the authors may stand there: nothing is fetched from it.
    assert not [text for text in _texts(lock) if "://" in text]


def test_what_runs_is_what_is_tested() -> None:
    development = dict(_pinned("requirements-dev.lock"))
    assert dict(_pinned("requirements.lock")).items() <= development.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = {_name(each) for each in [*project["dependencies"], *optional["postgres"]]}
    assert wanted <= dict(_pinned("requirements.lock")).keys()
    assert {_name(each) for each in optional["dev"]} <= dict(
        _pinned("requirements-dev.lock")
    ).keys()


def _pinned(lock: str) -> Iterator[tuple[str, str]]:
    for name, _extra, version in ENTRY.findall((ROOT / lock).read_text("utf-8")):
        yield name, version


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;\s]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "funding":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value
