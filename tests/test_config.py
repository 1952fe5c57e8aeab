"""Settings: typed, with one clear line for every mistake."""

import subprocess
import sys
from pathlib import Path

import pytest

from registry.config import SETTINGS, Settings, SettingsError
from registry.server import own_key

STRONG = "6f1c0a9be2d84735a1b2c3d4e5f60718"
OUTSIDE = "192.0.2.1"


def settings(**env: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": "sqlite:///:memory:", **env})


@pytest.mark.parametrize("name", ["PORT", "TRUSTED_PROXIES"])
def test_a_number_that_is_none_is_one_clear_line(name: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(**{name: "eight"})
    assert str(error.value) == f"{name} must be a number, not 'eight'."


@pytest.mark.parametrize(
    "key", ["", "secret", "changeme", "a" * 64, "abcabcabc" * 8, STRONG[:31]], ids=len
)
def test_a_weak_key_is_refused_outside_loopback(key: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(HOST=OUTSIDE, SECRET_KEY=key).refuse_weak_key()
    assert "\n" not in str(error.value)
    assert key not in str(error.value) or not key


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_key(host: str) -> None:
    settings(HOST=host).refuse_weak_key()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", OUTSIDE, "register.example.org"])  # noqa: S104
def test_everything_else_is_outside(host: str) -> None:
    assert not settings(HOST=host).on_loopback
    settings(HOST=host, SECRET_KEY=STRONG).refuse_weak_key()


def test_wsgi_refuses_a_weak_key_with_one_line(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    env = {"HOST": OUTSIDE, "SECRET_KEY": "secret", "PYTHONPATH": str(root)}
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=root, env=env, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        "SECRET_KEY is missing or weak: set 32 or more random characters."
    ]


def test_every_setting_has_a_meaning() -> None:
    assert all(meaning for _default, meaning in SETTINGS.values())


def test_this_machines_key_stays_and_is_private(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret_key"
    key = own_key(file)
    assert len(key) == 64
    assert own_key(file) == key
    assert file.stat().st_mode & 0o077 == 0


def test_a_language_without_a_catalogue_is_refused() -> None:
    assert settings(LANGUAGES="uk,de").languages == ("uk", "de")
    assert settings().languages[:3] == ("de", "en", "ar")
    with pytest.raises(SettingsError) as error:
        settings(LANGUAGES="de,tlh")
    assert str(error.value).startswith("LANGUAGES: there is no catalogue for tlh, only for de, en,")
