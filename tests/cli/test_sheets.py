"""Sheets on the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Run, answer, complaint

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
