"""Reminders and the answers of calendars on the command line."""

from pathlib import Path

from tests.cli.conftest import Run, answer
from tests.conferences.calendars.test_importing import reply


def test_each_answer_of_a_calendar_is_named(register: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(reply("somebody"))
    (tmp_path / "b.eml").write_bytes(b"Subject: Hello\n\nnothing")
    command = ("conference", "import-replies", tmp_path / "a.ics", tmp_path / "b.eml")
    lines = answer(register(*command, "--json"))["lines"]
    assert [(each["file"], each["verdict"]) for each in lines] == [
        ("b.eml", "no_calendar"), ("a.ics", "unknown"),
    ]  # fmt: skip


def test_reminders_of_invitations_are_written_by_plan(register: Run) -> None:
    assert answer(register("conference", "remind", "--json"))["sent"] == 0
