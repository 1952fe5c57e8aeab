"""Making, serving, copying and emptying a register; the one line when it cannot be."""

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.app import create_app
from registry.cli import commands
from registry.config import SETTINGS
from registry.core.db import db
from registry.exchange import revisions
from tests.cli.conftest import Run, answer, complaint
from tests.conftest import SETTINGS as ENVIRONMENT
from tests.conftest import fresh_database


def test_help_names_every_command_and_every_setting(run: Run) -> None:
    status, said, _failed = run("help")
    assert status == 0
    names = {*commands.commands, "demo remove", "mail send", "privacy notify", "privacy erase"}
    names -= {"demo", "mail", "privacy"}
    assert all(f"registry {name}" in said for name in names)
    assert all(f"  {name}" in said for name in SETTINGS)
    assert run()[1] == said


def test_help_as_json_has_a_sentence_for_every_command(run: Run) -> None:
    described = answer(run("help", "--json"))
    assert all(described["commands"].values())
    assert described["settings"].keys() == SETTINGS.keys()


def test_an_unknown_region_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    assert "99999" in complaint(run("init", "--region", "99999"))
    with sqlite3.connect(tmp_path / "register.sqlite3") as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == []
    file.close()


def test_data_files_are_private_while_they_are_open(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.sqlite3"
    app = create_app({**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{file}"})
    with app.app_context():
        revisions.migrate()
        db.session.execute(text("SELECT 1"))
        made = sorted(tmp_path.glob("register.sqlite3*"))
        modes = [stat.S_IMODE(each.stat().st_mode) for each in made]
        db.session.remove()
        db.engine.dispose()
    assert len(made) == 3
    assert modes == [0o600] * 3


def test_init_makes_an_empty_private_register(initialised: Path) -> None:
    assert stat.S_IMODE(initialised.stat().st_mode) == 0o600
    with sqlite3.connect(initialised) as file:
        assert file.execute("SELECT ags FROM register").fetchall() == [("09576",)]
        for table in ("actor", "offer", "user"):
            assert file.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (0,)  # noqa: S608
    file.close()


def test_init_leaves_a_register_alone(register: Run) -> None:
    assert "Landkreis Roth" in complaint(register("init", "--region", "09573"))


@pytest.mark.parametrize(
    "arguments", [["seed"], ["demo", "remove"], ["export", "offers", "--format", "csv"], ["serve"]]
)
def test_without_a_register_every_command_says_how_to_make_one(
    run: Run, arguments: list[str]
) -> None:
    assert "registry init" in complaint(run(*arguments))


def test_a_register_of_postgresql_works_the_same(
    run: Run, postgres: str, monkeypatch: pytest.MonkeyPatch, initialised: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shutil.copy(initialised, tmp_path / 'a')}")
    answer(run("backup", "all.gz", "--json"))
    monkeypatch.setenv("DATABASE_URL", fresh_database(postgres, "registry_cli"))
    answer(run("restore", "all.gz", "--json"))
    assert answer(run("seed", "--synthetic", 5, "--json"))["synthetic"] == 5
    assert (
        answer(run("export", "offers", "--format", "json", "--output", "o", "--json"))["count"] == 5
    )
    assert answer(run("demo", "remove", "--json"))["offers"] == 5


def test_export_writes_to_a_private_file_or_to_the_standard_output(
    register: Run, tmp_path: Path
) -> None:
    register("seed", "--synthetic", 3)
    told = answer(register("export", "offers", "--format", "json", "--output", "o.json", "--json"))
    assert told == {"kind": "offers", "count": 3, "file": "o.json"}
    assert stat.S_IMODE((tmp_path / "o.json").stat().st_mode) == 0o600
    status, said, _failed = register("export", "offers", "--format", "json")
    assert status == 0
    assert said == (tmp_path / "o.json").read_text("utf-8")


def test_an_output_that_cannot_be_written_is_one_clear_line(register: Run) -> None:
    failed = complaint(register("export", "actors", "--format", "csv", "--output", "no/such/file"))
    assert "no/such" in failed


def test_demo_is_refused_outside_loopback(run: Run) -> None:
    assert "--demo" in complaint(run("serve", "--demo", "--host", "192.0.2.1"))


@pytest.mark.parametrize("key", ["", "secret"])
def test_serve_refuses_a_weak_key_outside_loopback(
    run: Run, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    assert "SECRET_KEY" in complaint(run("serve", "--host", "192.0.2.1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://nobody@127.0.0.1/x"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    complaint(run("seed"))


@pytest.mark.parametrize("arguments", [["fly"], ["seed", "--wings"], ["restore", "missing.gz"]])
def test_a_wrong_command_points_to_the_help(run: Run, arguments: list[str]) -> None:
    assert "registry help" in complaint(run(*arguments))
