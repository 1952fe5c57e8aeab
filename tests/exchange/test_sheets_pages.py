"""Importing on screen: upload, columns, check, import, what was rejected; and handing out."""

import re
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from registry.actors.models import Actor
from registry.app import MAX_BODY
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.exchange.sheets.models import ImportRun, State
from registry.exchange.sheets.queries import load_importer
from registry.offers.models import Offer
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer
from tests.factories.sheets import HEADER, ROW, csv_bytes

DATABASES = ["postgresql"]

BAD = ["", "Ohne Akteur", "Spracherwerb"]
IMPORTS = "/en/office/imports"


@pytest.fixture(autouse=True)
def import_dir(app: Flask, tmp_path: Path, no_csrf: None) -> Path:
    app.config["IMPORT_DIR"] = str(tmp_path / "imports")
    return tmp_path / "imports"


def upload(client: Any, content: bytes, name: str = "liste.csv", sheet: str = "flat") -> str:
    """Upload a file and return the address of its import."""
    data = {"sheet": sheet, "file": (BytesIO(content), name)}
    answer = client.post(IMPORTS, data=data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def check(client: Any, address: str, **form: str) -> Any:
    """Confirm the columns as they were guessed, and return the page that follows."""
    page = client.get(address).text
    chosen = re.findall(r'name="(column-\d+)".*?</select>', page, re.DOTALL)
    for name in chosen:
        block = page[page.index(f'name="{name}"') :].partition("</select>")[0]
        selected = re.search(r'value="([^"]+)" selected', block)
        form.setdefault(name, selected[1] if selected else "")
    answer = client.post(f"{address}/columns", data=form)
    assert answer.status_code == 302, answer.text
    return client.get(address)


def body(answer: Any) -> bytes:
    """Return what a file holds that was sent, and close it."""
    with answer:
        return bytes(answer.data)


def runs() -> list[ImportRun]:
    db.session.expire_all()
    return list(db.session.scalars(select(ImportRun)))


def test_a_file_is_checked_imported_and_listed(as_user: Any, import_dir: Path) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW, BAD]))
    page = check(amal, address)
    assert "Nothing has been changed yet" in page.text
    assert "Import 1 row" in page.text
    assert "The name of the actor is missing." in page.text
    assert db.session.scalar(select(func.count(Offer.id))) == 0
    assert amal.post(f"{address}/apply").status_code == 302
    assert str(db.session.scalars(select(Offer)).one()) == "Sprachcafé"
    assert "Imported on" in amal.get(address).text
    assert "Ohne Akteur" in body(amal.get(f"{address}/rejected")).decode("utf-8-sig")
    listed = amal.get(IMPORTS).text
    assert "liste.csv" in listed
    assert "amal@example.org" in listed
    assert not list(import_dir.glob("*.upload"))


def test_files_of_imports_are_private(as_user: Any, import_dir: Path) -> None:
    amal = as_user("amal")
    check(amal, upload(amal, csv_bytes([HEADER, ROW])))
    assert stat.S_IMODE(import_dir.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in import_dir.iterdir()}
    assert modes == {0o600}


def test_a_pasted_table_will_do(as_user: Any) -> None:
    amal = as_user("amal")
    text = "\r\n".join("\t".join(row) for row in (HEADER, ROW))
    answer = amal.post(IMPORTS, data={"sheet": "flat", "text": text})
    assert "Import 1 row" in check(amal, answer.location).text


def test_columns_are_remembered_for_files_like_this_one(as_user: Any) -> None:
    amal, odd = as_user("amal"), csv_bytes([["Wer", "Was"], ["Verein", "Kurs"]])
    told = {"column-0": "actor.name", "column-1": "offer.title", "field": "Spracherwerb"}
    check(amal, upload(amal, odd), **told)
    page = amal.get(upload(amal, odd)).text
    assert re.search(r'value="actor.name" selected', page)
    assert re.search(r'value="offer.title" selected', page)
    rejected = csv_bytes([["Wer", "Was", "Reason"], ["Verein", "Kurs", "Unknown value"]])
    assert re.search(r'value="actor.name" selected', amal.get(upload(amal, rejected)).text)
    boris = as_user("boris")
    assert 'value="actor.name" selected' not in boris.get(upload(boris, odd)).text


def test_columns_that_cannot_work_are_told_and_nothing_is_lost(as_user: Any) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    form = {"column-0": "actor.name", "column-1": "actor.name", "source": "Kreisportal"}
    answer = amal.post(f"{address}/columns", data=form)
    assert answer.status_code == 422
    assert "Two columns of the file" in answer.text
    assert 'value="Kreisportal"' in answer.text
    assert runs()[0].state == State.UPLOADED


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7", "a.csv", "no table"),
        (b"", "a.csv", "no row with the names"),
        (csv_bytes([[f"c{n}" for n in range(5000)]] * 2), "a.csv", "too many columns"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(
    as_user: Any, import_dir: Path, content: bytes, name: str, said: str
) -> None:
    data = {"sheet": "flat", "file": (BytesIO(content), name)}
    answer = as_user("amal").post(IMPORTS, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert said in answer.text
    assert not list(import_dir.iterdir())
    assert not runs()


def test_an_upload_beyond_the_limit_is_refused_with_one_clear_message(
    app: Flask, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "IMPORT_MAX_MB", 0)
    data = {"sheet": "flat", "file": (BytesIO(b"x" * 1000), "a.csv")}
    answer = as_user("amal").post(IMPORTS, data=data, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "too much data" in answer.text


def test_only_uploads_may_be_large(as_user: Any) -> None:
    data = {"name": "x" * 5_000_000}
    assert as_user("amal").post("/en/office/actors/new", data=data).status_code == 413


def test_a_stranger_and_a_reader_see_no_imports(as_user: Any, app: Flask) -> None:
    assert app.test_client().get(IMPORTS).status_code == 302
    for name in ("carla", "olga"):
        assert as_user(name).get(IMPORTS).status_code == 403
        assert as_user(name).post(IMPORTS, data={"sheet": "flat", "text": "a"}).status_code == 403


@pytest.mark.parametrize("step", ["", "/columns", "/rejected"])
def test_an_import_of_another_district_is_like_one_there_is_not(as_user: Any, step: str) -> None:
    address = upload(as_user("amal"), csv_bytes([HEADER, ROW]))
    other = address.rpartition("/")[0] + f"/{uuid4()}"
    boris = as_user("boris")
    there, nowhere = boris.get(address + step), boris.get(other + step)
    assert (there.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize("step", ["columns", "apply", "again", "discard"])
def test_nobody_else_moves_an_import_on(as_user: Any, step: str) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    check(amal, address)
    assert as_user("boris").post(f"{address}/{step}").status_code == 404
    assert as_user("carla").post(f"{address}/{step}").status_code in (403, 404)
    assert runs()[0].state == State.CHECKED


def test_an_import_is_done_once(as_user: Any) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    check(amal, address)
    assert amal.post(f"{address}/apply").status_code == 302
    assert amal.post(f"{address}/apply").status_code == 409
    assert amal.post(f"{address}/columns", data={}).status_code == 409
    assert db.session.scalar(select(func.count(Offer.id))) == 1


def test_a_step_is_done_with_the_rights_of_who_takes_it(as_user: Any, cast: Cast) -> None:
    dana, amal = as_user("dana"), as_user("amal")
    address = upload(dana, csv_bytes([HEADER, ROW]))
    uuid = UUID(address.rpartition("/")[2])
    check(amal, address)
    assert load_importer(uuid) == cast.amal
    cast.amal.active = False
    assert load_importer(uuid) is None


def test_pasted_text_stays_small(as_user: Any) -> None:
    text = "x" * (MAX_BODY + 1)
    answer = as_user("amal").post(IMPORTS, data={"sheet": "flat", "text": text})
    assert answer.status_code == 413


def test_a_discarded_file_is_gone(as_user: Any, import_dir: Path) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    assert amal.post(f"{address}/discard").status_code == 302
    assert not list(import_dir.iterdir())
    assert runs()[0].state == State.DISCARDED


def test_an_interrupted_import_says_so_and_starts_again(as_user: Any) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    check(amal, address)
    (run,) = runs()
    run.state, run.begun_at = State.APPLYING, None
    db.session.commit()
    page = amal.get(address).text
    assert "This was interrupted" in page
    assert 'http-equiv="refresh"' not in page
    assert amal.post(f"{address}/again").status_code == 302
    assert runs()[0].state == State.DONE


def test_one_under_way_is_looked_at_again_by_itself(as_user: Any) -> None:
    amal = as_user("amal")
    address = upload(amal, csv_bytes([HEADER, ROW]))
    check(amal, address)
    (run,) = runs()
    run.state, run.done_rows = State.CHECKING, 1000
    db.session.commit()
    page = amal.get(address).text
    assert 'http-equiv="refresh"' in page
    assert "1000 rows so far" in page
    assert amal.post(f"{address}/discard").status_code == 409


@pytest.mark.parametrize("sheet", ["flat", "offers", "actors", "places", "contacts"])
def test_a_template_shows_headers_an_example_and_explanations(as_user: Any, sheet: str) -> None:
    amal = as_user("amal")
    content = body(amal.get(f"{IMPORTS}/template/{sheet}"))
    book = load_workbook(BytesIO(content))
    page, explained = book.worksheets
    assert page.cell(1, 1).value.endswith("-ID")
    assert explained.max_row == page.max_column + 1
    assert amal.get(f"{IMPORTS}/template/nothing").status_code == 404
    if sheet == "flat":
        assert "Import 1 row" in check(amal, upload(amal, content, "v.xlsx")).text


def handed_out(client: Any, sheet: str, form: str = "csv", query: str = "") -> Any:
    return client.post(f"/en/office/exports{query}", data={"sheet": sheet, "form": form})


def test_a_list_is_handed_out_with_its_filters_and_logged(as_user: Any) -> None:
    make_actor(name="Hier", places=[PLACE])
    make_actor(name="Nicht gemeint")
    make_actor(name="Hier drüben", region="09573")
    answer = handed_out(as_user("olga"), "actors", query="?q=hier")
    text = body(answer).decode("utf-8")
    assert text.startswith("\ufeff")
    assert ("Hier" in text, "gemeint" in text, "drüben" in text) == (True, False, False)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "data.exported")).one()
    assert (entry.who_label, entry.subject_label, entry.changes) == (
        "olga@example.org",
        "actors",
        {"rows": [None, 1]},
    )


def test_a_workbook_computes_nothing_and_keeps_zeros(as_user: Any) -> None:
    make_offer(make_actor(name='=HYPERLINK("x")', places=[{**PLACE, "postcode": "01067"}]))
    content = body(handed_out(as_user("amal"), "flat", "xlsx"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    (row,) = list(load_workbook(BytesIO(content)).active.iter_rows(min_row=2))
    values = {cell.value for cell in row}
    assert {"01067", '=HYPERLINK("x")'} <= values
    assert all(cell.data_type != "f" or str(cell.value).startswith("=H") for cell in row)


def test_who_may_not_export_gets_nothing(as_user: Any, cast: Cast, app: Flask) -> None:
    cast.keeps(make_actor(places=[PLACE]))
    db.session.commit()
    for name in ("carla", "emil"):
        assert handed_out(as_user(name), "actors").status_code == 403
    assert handed_out(app.test_client(), "actors").status_code == 302
    assert handed_out(as_user("amal"), "nothing").status_code == 404
    assert db.session.scalars(select(Actor)).one()
