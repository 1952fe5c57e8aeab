"""Accounts, mail and privacy on the command line."""

import io
import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer, complaint, post_privacy_notice
from tests.conftest import PASSWORD


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
