"""Conferences on the command line: which there are, whom they invite and why, their letters."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from registry.app import create_app
from registry.core.db import db
from tests.cli.conftest import Run, answer
from tests.conftest import SETTINGS
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_invitation

HOUSE = {"street": "Gasse 1", "postcode": "91154", "city": "Roth", "channel": "post"}


@pytest.fixture
def planned(register: Run, tmp_path: Path) -> Run:
    """A register with a conference that one of two organisations is invited to."""
    app = create_app({**SETTINGS, "DATABASE_URL": f"sqlite:///{tmp_path}/register.sqlite3"})
    with app.app_context():
        make_invitation(make_conference(title="Herbst"), make_actor(name="Amt"), **HOUSE)
        make_actor(name="Verein")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return register


def test_list_reasons_and_letters_are_written_to_files(planned: Run, tmp_path: Path) -> None:
    [known] = answer(planned("conference", "list", "--json"))["conferences"]
    assert (known["title"], known["state"]) == ("Herbst", "planned")
    file, letters = tmp_path / "invited.json", tmp_path / "letters.zip"
    command = ("conference", "invitations", "Herbst", "--format", "json", "--output", file)
    assert answer(planned(*command, "--json"))["rows"] == 1
    answer(planned(*command, "--everybody", "--json"))
    told = {row["Organisation"]: row["Ergebnis"] for row in json.loads(file.read_text())}
    assert told["Verein"] == "nicht eingeladen"
    assert all(row["Warum"] for row in json.loads(file.read_text())[1:])
    assert file.stat().st_mode & 0o777 == 0o600
    _status, shown, _failed = planned("conference", "invitations", "Herbst", "--format", "csv")
    assert ";Amt;" in shown.splitlines()[1]
    assert json.loads(planned(*command[:-2])[1])[0]["Organisation"] == "Amt"
    made = answer(planned("conference", "letters", known["id"], "--output", letters, "--json"))
    assert (made["letters"], ZipFile(letters).namelist()) == (1, ["001-amt.pdf"])
    assert letters.stat().st_mode & 0o777 == 0o600
    status, _said, failed = planned("conference", "letters", "Mai", "--output", letters)
    assert (status, "There is no conference" in failed) == (1, True)
