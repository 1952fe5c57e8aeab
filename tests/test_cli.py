"""The `registry` command: what it does, and the one line it says when it cannot."""

import io
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registry.app import create_app
from registry.cli import commands, main
from registry.config import SETTINGS
from registry.core.db import db
from registry.core.mail.outbox import Letter, post
from registry.exchange import revisions
from tests.conftest import PASSWORD, fresh_database
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


def test_create_user_makes_a_password_and_shows_it_once(register: Run) -> None:
    told = answer(
        register(
            "create-user", "neu@example.org", "--role", "editor", "--region", "09576", "--json"
        )
    )
    assert told["email"] == "neu@example.org"
    assert len(told["password"]) >= 16


def test_create_user_takes_a_password_from_standard_input(
    register: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    told = answer(
        register(
            "create-user", "a@example.org", "--role", "administrator", "--password-stdin", "--json"
        )
    )
    assert "password" not in told


def test_invite_makes_an_account_that_waits_for_its_password(register: Run) -> None:
    invited = ("invite", "neu@example.org", "--role", "organiser", "--region", "09576", "--json")
    assert answer(register(*invited))["invited"]
    assert "is invited" in register(*invited[:-1])[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["kein-mail", "--role", "administrator"],
        ["a@example.org", "--role", "actor_editor"],
        ["a@example.org", "--role", "actor_editor", "--actor", "0" * 32],
        ["a@example.org", "--role", "editor", "--region", "09576", "--actor", "0" * 32],
        ["a@example.org", "--role", "editor"],
        ["a@example.org", "--role", "editor", "--region", "99999"],
        ["a@example.org", "--role", "king"],
    ],
)
def test_a_wrong_account_is_one_clear_line(register: Run, arguments: list[str]) -> None:
    complaint(register("create-user", *arguments))


OUTSIDE = {"HOST": "192.0.2.1"}
SERVED = {**OUTSIDE, "PUBLIC_URL": "https://register.example.org"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (OUTSIDE, "PUBLIC_URL"),
        (SERVED, "SMTP_HOST"),
        ({**SERVED, "SMTP_HOST": "mail.example.org"}, "MAIL_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_PORT": "x"}, "SMTP_PORT"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "MAIL_FROM": "a@example.org"}, "127.0.0.1:1"),
    ],
)
def test_mail_that_cannot_leave_is_one_clear_line(
    register: Run, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    post_privacy_notice(register)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert missing in complaint(register("mail", "send"))


def post_privacy_notice(run: Run, to: str = "amt@example.org") -> None:
    with create_app(dict(os.environ)).app_context():
        post(Letter("privacy_notice", to, "09576", {}))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def test_mail_without_a_server_becomes_files_and_links_are_made_with_the_own_key(
    register: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    post_privacy_notice(register)
    assert answer(register("mail", "status", "--json"))["waiting"] == 1
    assert answer(register("mail", "send", "--json")) == {"sent": 1}
    assert answer(register("mail", "send", "--json")) == {}
    (file,) = (tmp_path / "var/mail").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len((tmp_path / "var/secret_key").read_text()) == 64


def test_what_is_held_on_a_person_is_told_and_erased(register: Run) -> None:
    post_privacy_notice(register)
    assert answer(register("privacy", "retention", "--dry-run", "--json"))["mails"] == 0
    status, said, _failed = register("privacy", "export", "amt@example.org")
    assert (status, len(json.loads(said)["mail"])) == (0, 1)
    assert answer(register("privacy", "erase", "amt@example.org", "--json")) == {"mails": 1}
    assert answer(register("privacy", "erase", "amt@example.org", "--json")) == {}
    assert "--only" in complaint(register("privacy", "erase", "Maria Amt"))
    assert "address" in complaint(register("privacy", "erase", "@"))
    assert answer(register("privacy", "notify", "--json")) == {"notices": 0}


def test_of_a_name_only_what_is_named_is_told_and_erased(register: Run) -> None:
    post_privacy_notice(register, "maria.amt@example.org")
    post_privacy_notice(register, "maria.amt@example.com")
    found = answer(register("privacy", "find", "Maria Amt", "--json"))["found"]
    first = found[0]["ref"]
    assert len(found) == 2
    assert first in register("privacy", "find", "Maria Amt")[1]
    _status, said, _failed = register("privacy", "export", "Maria Amt", "--only", first)
    assert len(json.loads(said)["mail"]) == 1
    erased = register("privacy", "erase", "Maria Amt", "--only", first, "--json")
    assert answer(erased) == {"mails": 1}
    assert len(answer(register("privacy", "find", "Maria Amt", "--json"))["found"]) == 1


def test_what_was_erased_since_a_backup_is_erased_again_from_the_list(
    register: Run, tmp_path: Path
) -> None:
    post_privacy_notice(register)
    assert register("backup", "a.gz")[0] == 0
    register("privacy", "erase", "amt@example.org")
    lists = list(tmp_path.rglob("erasures.jsonl"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in lists] == [0o600]
    lists[0].rename(tmp_path / "list")
    (tmp_path / "wrong").write_text("[]")
    wrong = register("restore", "a.gz", "--replace", "--erasures", "wrong")
    assert "Löschliste" in complaint(wrong)
    done = answer(register("restore", "a.gz", "--replace", "--erasures", "list", "--json"))
    assert (done["erased"], done["listed"]) == (1, True)
    assert answer(register("privacy", "find", "amt@example.org", "--json"))["found"] == []


def test_bounces_are_read_and_told(register: Run, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text("Subject: Hello\n\nNo report")
    assert answer(register("mail", "bounces", "a.eml", "--json")) == {"not a bounce": 1}
    assert "missing" in complaint(register("mail", "bounces", "missing"))


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


SHEET = "Akteur;Angebot;Handlungsfelder;PLZ\nVerein;Kurs;Spracherwerb;91154\n"


def test_a_sheet_is_tried_and_then_imported(register: Run, tmp_path: Path) -> None:
    file, report = tmp_path / "sheet.csv", tmp_path / "report.csv"
    file.write_text(SHEET, "utf-8")
    assert answer(register("import", "flat", file, "--dry-run", "--json"))["new"] == 1
    assert answer(register("import", "flat", file, "--json"))["new"] == 1
    said = answer(register("import", "flat", file, "--report", report, "--json"))
    assert (said["new"], said["unchanged"]) == (0, 1)
    assert report.read_text("utf-8-sig").count("\n") == 1


def test_rejected_rows_of_a_sheet_show_in_status_and_file(register: Run, tmp_path: Path) -> None:
    file, rejected = tmp_path / "sheet.csv", tmp_path / "rejected.csv"
    file.write_text(f"{SHEET};Ohne Akteur;Spracherwerb;\n", "utf-8")
    status, said, _failed = register("import", "flat", file, "--rejected", rejected, "--json")
    assert (status, json.loads(said)["rejected"]) == (2, 1)
    assert "Ohne Akteur" in rejected.read_text("utf-8-sig")


def test_columns_of_a_sheet_can_be_told_in_a_file(register: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "sheet.csv", tmp_path / "mapping.json"
    file.write_text("Wer;Was\nVerein;Kurs\n", "utf-8")
    told = {"columns": {"Wer": "Akteur", "Was": "offer.title"}}
    mapping.write_text(json.dumps(told | {"constants": {"offer.fields": "Spracherwerb"}}), "utf-8")
    assert answer(register("import", "flat", file, "--mapping", mapping, "--json"))["new"] == 1
    mapping.write_text("[]", "utf-8")
    assert "mapping" in complaint(register("import", "flat", file, "--mapping", mapping))


def test_a_sheet_that_is_none_is_one_clear_line(register: Run, tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(b"%PDF-1.7")
    assert "CSV" in complaint(register("import", "flat", file))


def test_a_sheet_of_the_office_is_exported_and_comes_back(register: Run, tmp_path: Path) -> None:
    file, sheet = tmp_path / "in.csv", tmp_path / "out.xlsx"
    file.write_text(SHEET, "utf-8")
    register("import", "flat", file)
    assert answer(register("export", "--sheet", "flat", "--output", sheet, "--json"))["count"] == 1
    assert answer(register("import", "flat", sheet, "--json"))["unchanged"] == 1
    assert "--output" in complaint(register("export", "--sheet", "flat"))
    assert "--sheet" in complaint(register("export", "offers"))
