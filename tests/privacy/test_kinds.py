"""Each kind of record goes at its age, and no page breaks for it."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core.db import db, now
from registry.core.mail.models import State as MailState
from registry.core.mail.outbox import Letter, post
from registry.core.throttle import Attempt
from registry.exchange.sheets import uploads
from registry.exchange.sheets.models import ImportRun
from registry.privacy import services
from registry.upkeep.bulk import services as bulk
from registry.upkeep.bulk.models import BulkRow, BulkRun
from registry.upkeep.campaigns import services as campaigns
from registry.upkeep.campaigns.models import Campaign, Entry, Request
from registry.upkeep.duplicates.merging import services as merging
from registry.upkeep.duplicates.models import Merging
from registry.upkeep.kinds import KINDS
from tests.factories.actors import make_actor
from tests.factories.sheets import HEADER, ROW, csv_bytes
from tests.factories.spreading import make_notice

LATER = now() + timedelta(days=4000)


@pytest.fixture(autouse=True)
def import_dir(app: Flask, tmp_path: Path, no_csrf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "IMPORT_DIR", str(tmp_path / "imports"))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def run(at: Any = LATER) -> dict[str, int]:
    done = services.run_retention(CONSOLE, at)
    db.session.commit()
    db.session.expire_all()
    return {key: number for key, number in done.items() if number}


def test_a_campaign_goes_with_its_answers_and_links_years_after_it_ended(database: None) -> None:
    make_actor(contacts=[{"function": "Empfang", "email": "amt@example.org"}])
    today = date.today()
    plan = {"name": "Herbst", "deadline": today + timedelta(days=20), "everybody": True}
    campaign = campaigns.plan(CONSOLE, "09576", plan, today)
    campaigns.start(CONSOLE, campaign.uuid, campaign.version, today)
    db.session.commit()
    assert "campaigns" not in run(now() + timedelta(days=1000))
    assert run()["campaigns"] == 1
    assert (count(Campaign), count(Request), count(Entry)) == (0, 0, 0)


def test_what_undoing_a_change_of_many_needs_goes_after_a_day(cast: Any) -> None:
    actor = make_actor()
    day = date.today().isoformat()
    bulk.change_many(cast.who("amal"), KINDS["actor"], "confirm", [actor.uuid], day)
    db.session.commit()
    assert "bulk" not in run(now())
    assert run(now() + timedelta(days=2))["bulk"] == 1
    assert (count(BulkRun), count(BulkRow)) == (0, 0)


def test_a_merge_stays_in_its_list_when_it_can_no_longer_be_undone(
    as_user: Any, client: FlaskClient
) -> None:
    winner, loser = make_actor(name="Tafel"), make_actor(name="Tafel e.V.")
    versions = (winner.version, loser.version)
    pair = merging.Pair("actor", winner.uuid, loser.uuid, versions)
    made = merging.merge(CONSOLE, pair, ["name"]).uuid
    db.session.commit()
    address = "/en/office/duplicates/merged"
    assert f"{made}/undo" in as_user("amal").get(address).text
    assert run()["merges"] == 1
    assert "merges" not in run()
    amal = as_user("amal")  # her session went as well
    page = amal.get(address).text
    assert "This can no longer be undone." in page
    assert f"{made}/undo" not in page
    assert amal.post(f"{address}/{made}/undo").status_code == 422
    assert client.get(f"/en/actors/{loser.uuid}").status_code == 301
    assert db.session.scalars(select(Merging.before)).one() == {}


def test_files_of_imports_go_after_a_month_and_imports_after_a_year(as_user: Any) -> None:
    amal = as_user("amal")
    data = {"sheet": "flat", "text": csv_bytes([HEADER, ROW]).decode("utf-8-sig")}
    address = amal.post("/en/office/imports", data=data).location
    (file,) = (path for path in uploads.folder().iterdir() if path.suffix == ".upload")
    (uploads.folder() / "left over").mkdir()
    os.utime(file, (0, 0))
    assert run(now())["files"] == 1
    page = amal.get(address)
    assert page.status_code == 200
    columns = re.findall(r'name="(column-\d+)"', page.text)
    assert amal.post(f"{address}/columns", data=dict.fromkeys(columns, "")).status_code == 422
    assert run()["imports"] == 1
    assert count(ImportRun) == 0
    assert as_user("amal").get(address).status_code == 404


def test_history_pages_do_without_what_was_deleted(as_user: Any) -> None:
    actor = make_actor(contacts=[{"function": "Empfang", "delete_after": "2020-01-01"}])
    actors.update_actor(CONSOLE, actor.uuid, actor.version, {"name": "Danach"})
    db.session.commit()
    uuid = actor.uuid
    assert run().keys() >= {"audit", "contacts"}
    amal = as_user("amal")
    for path in (f"actors/{uuid}", f"history/actor/{uuid}", "log", f"log?subject={uuid}"):
        assert amal.get(f"/en/office/{path}").status_code == 200, path
    assert as_user("dana").get("/en/office/privacy").status_code == 200


def test_an_urgent_notice_goes_years_after_its_last_day(database: None) -> None:
    make_notice(published=False)
    make_notice()
    assert "notices" not in run(now() + timedelta(days=1000))
    assert run()["notices"] == 2


def test_mail_held_back_and_counted_attempts_are_not_kept_for_ever(database: None) -> None:
    post(Letter("note", "amt@example.org", "09576", {})).state = MailState.HELD
    db.session.add(Attempt(key="x"))
    db.session.commit()
    assert run().items() >= {"mails": 1, "attempts": 1}.items()
