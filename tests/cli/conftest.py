"""Running the `registry` command as in a shell, and reading what it says."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.app import create_app
from registry.cli import main
from registry.config import SETTINGS
from registry.core.db import db
from registry.core.mail.outbox import Letter, post
from tests.conftest import SETTINGS as ENVIRONMENT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command; it gives the status, what was said, what failed."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", ENVIRONMENT["SECRET_KEY"])
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/register.sqlite3")

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `registry init --region 09576` makes."""
    file = tmp_path_factory.mktemp("init") / "register.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{file}")
        assert main(["init", "--region", "09576"]) == 0
    return file


@pytest.fixture
def register(run: Run, initialised: Path, tmp_path: Path) -> Run:
    """Run commands in an empty register of Roth."""
    shutil.copy(initialised, tmp_path / "register.sqlite3")
    return run


def answer(result: tuple[int, str, str]) -> dict[str, Any]:
    status, said, failed = result
    assert (status, failed) == (0, "")
    found: dict[str, Any] = json.loads(said)
    return found


def complaint(result: tuple[int, str, str]) -> str:
    status, said, failed = result
    assert status != 0
    assert said == ""
    assert len(failed.splitlines()) == 1
    return failed


def post_privacy_notice(run: Run, to: str = "amt@example.org") -> None:
    with create_app(dict(os.environ)).app_context():
        post(Letter("privacy_notice", to, "09576", {}))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
