"""Uploaded files that name a person go with it."""

import zipfile
from pathlib import Path

import pytest
from flask import Flask

from registry.access.policy import CONSOLE
from registry.exchange.sheets import holding
from registry.privacy.persons import services, terms

KIM = "kim@example.org"


def names_kim(text: str) -> bool:
    return bool(terms.of(KIM).pattern.search(text))


@pytest.fixture
def folder(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setitem(app.config, "IMPORT_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_found_in_any_encoding_and_deleted(
    folder: Path, database: None, encoding: str
) -> None:
    (folder / "a.upload").write_bytes(f"Name;Mail\nä;{KIM.upper()}".encode(encoding))
    (folder / "b.upload").write_bytes(f"Name;Mail\nä;lee{KIM[3:]}".encode(encoding))
    assert services.erase(CONSOLE, KIM) == {"files": 1}
    assert [path.name for path in folder.iterdir()] == ["b.upload"]


def test_a_workbook_is_looked_into(folder: Path, database: None) -> None:
    with zipfile.ZipFile(folder / "a.upload", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", f"<t>{KIM}</t>" * 100)
    assert holding.find(names_kim) == {"a.upload"}


def test_an_address_on_the_border_of_two_pieces_is_found(
    folder: Path, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PIECE", 8)
    (folder / "a.upload").write_text(f"xxxxx {KIM} xxxxx")
    assert holding.find(names_kim) == {"a.upload"}
