"""A messy file on screen: upload, mend the columns, check, import, fetch what was rejected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.sheets import csv_bytes

OpenPage = Callable[..., Page]
HEADER = ["Einrichtung", "Was", "Handlungsfeld", "Straße", "PLZ", "Ort", "Tel.", "Öffnungszeiten"]
ROWS = [
    [
        "Nähstube Roth",
        "Nähen",
        "Spracherwerb",
        "Allee 1",
        "91154",
        "Roth",
        "1",
        "Mo, Mi 9.00-11.30 Uhr",
    ],
    ["Nähstube Roth", "Sticken", "Spracherwerb", "Allee", "91154", "Roth", "1", "Di 14 bis 16 Uhr"],
    ["Nähstube Roth", "Weben", "Quatsch", "Allee 1", "9", "Roth", "1", "immer"],
]


@pytest.fixture(autouse=True)
def import_dir(live_server: LiveServer, tmp_path: Path) -> None:
    live_server.app.config["IMPORT_DIR"] = str(tmp_path / "imports")


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "none"])
def test_a_messy_file_is_mended_checked_and_imported(
    open_page: OpenPage, tmp_path: Path, options: dict[str, bool]
) -> None:
    name = "Mit" if not options else "Ohne"
    rows = [[f"{row[0]} {name}", *row[1:]] for row in ROWS]
    file = tmp_path / "Angebote.csv"
    header = [f"Was {name}" if title == "Was" else title for title in HEADER]
    file.write_bytes(csv_bytes([header, *rows], "cp1252"))
    page = open_page("/de/office/imports", user="amal", expected=("422",), **options)
    if not options:
        axe(page)
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Hochladen und Spalten ansehen").click()
    page.get_by_role("button", name="Alle Zeilen prüfen, nichts ändern").click()
    expect(page.get_by_text("Keine Spalte sagt, worum es in den Zeilen geht.")).to_be_visible()
    page.get_by_label(f"Was {name}", exact=True).select_option("offer.title")
    if not options:
        axe(page)
    page.get_by_role("button", name="Alle Zeilen prüfen, nichts ändern").click()
    expect(page.get_by_text("Geprüft. Noch ist nichts geändert.")).to_be_visible()
    expect(page.get_by_text("Die Hausnummer fehlt.")).to_be_visible()
    if not options:
        axe(page)
    page.get_by_role("button", name="2 Zeilen importieren").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Abgewiesene Zeilen mit Gründen").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert "Weben" in text
    assert "Nähen" not in text
    page.goto(f"/de/office/offers?q=Nähstube {name}")
    expect(page.get_by_role("link", name="Nähen", exact=True)).to_be_visible()
    page.goto("/de/office/imports")
    expect(page.get_by_role("link", name="Angebote.csv").first).to_be_visible()


def test_the_pages_of_an_import_fit_a_small_screen(open_page: OpenPage) -> None:
    page = open_page("/de/office/imports", user="amal", phone=True)
    text = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    page.get_by_label("Oder Zeilen samt Kopfzeile").fill(text.replace("Was", "Angebot"))
    fits(page)
    page.get_by_role("button", name="Hochladen und Spalten ansehen").click()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Alle Zeilen prüfen, nichts ändern").click()
    expect(page.get_by_text("Geprüft. Noch ist nichts geändert.")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Datei verwerfen").click()
    expect(page.get_by_text("Die Datei ist entfernt.")).to_be_visible()
