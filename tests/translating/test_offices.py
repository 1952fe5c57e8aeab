"""Files for translation offices: out, back, and nothing that was not meant."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from registry.core.db import db
from registry.offers.models import Offer
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

FILES = "/en/office/translation-files"
TITLE = {"de": "Hilfe beim Antrag", "en": "Help with forms"}


@pytest.fixture(autouse=True)
def import_dir(app: Flask, tmp_path: Path, no_csrf: None) -> None:
    app.config["IMPORT_DIR"] = str(tmp_path / "imports")


def export(client: Any, form: str = "xliff", state: str = "") -> bytes:
    answer = client.post(f"{FILES}/export", data={"to": "en", "state": state, "form": form})
    assert answer.status_code == 200
    content: bytes = answer.data
    answer.close()
    return content


def upload(client: Any, content: bytes, made: str = "people") -> Any:
    data = {"made": made, "file": (BytesIO(content), "texts.xlf")}
    return client.post(FILES, data=data, content_type="multipart/form-data")


def imported(client: Any, content: bytes, made: str = "people") -> str:
    """Import a file; return the page on which it was looked at."""
    address = upload(client, content, made).location
    page = client.get(address).text
    assert client.post(f"{address}/apply").status_code == 302
    return str(page)


def filled(content: bytes, german: str, body: str) -> bytes:
    """Return a file with the translation of one German text."""
    pattern = rf"(<source[^>]*>{re.escape(german)}</source>\s*<target[^>]*>)[^<]*"
    text, count = re.subn(pattern, lambda m: m[1] + body, content.decode())
    assert count == 1
    return text.encode()


def change(offer: Offer, german: str, **how: Any) -> None:
    offer.title = offer.title.merged({"de": german}, **how)
    db.session.commit()


@pytest.mark.parametrize("form", ["xliff", "xlsx"])
@pytest.mark.parametrize("made", ["people", "machine"])
def test_what_comes_back_unchanged_changes_nothing(as_user: Any, form: str, made: str) -> None:
    offer = make_offer(title=TITLE)
    change(offer, "Hilfe beim neuen Antrag")
    version, stored = offer.version, offer.title
    client = as_user("amal")
    address = upload(client, export(client, form), made).location
    assert "Import 0" not in client.get(address).text
    client.post(f"{address}/apply")
    db.session.expire_all()
    assert (offer.version, offer.title) == (version, stored)


@pytest.mark.parametrize(("made", "state"), [("people", "current"), ("machine", "machine")])
def test_a_translation_that_comes_back_says_who_made_it(
    as_user: Any, made: str, state: str
) -> None:
    offer = make_offer(title={"de": "Hilfe <3 & mehr"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe &lt;3 &amp; mehr", "Help &amp; more")
    imported(client, content, made)
    assert (offer.title.bodies["en"], offer.title.state("en")) == ("Help & more", state)


def test_a_table_brings_translations_as_well(as_user: Any) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    book = load_workbook(BytesIO(export(client, "xlsx")))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[4].value == "Hilfe":
            row[5].value = "Help"
    file = BytesIO()
    book.save(file)
    imported(client, file.getvalue())
    assert offer.title.state("en") == "current"


def test_what_was_made_from_an_older_german_text_comes_back_outdated(as_user: Any) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe", "Help")
    change(offer, "Rat und Hilfe")
    imported(client, content)
    assert (offer.title.bodies["en"], offer.title.state("en")) == ("Help", "outdated")


def test_a_small_correction_meanwhile_outdates_nothing(as_user: Any) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe", "Help")
    change(offer, "Hilfe.", minor=True)
    imported(client, content)
    assert offer.title.state("en") == "current"


def test_an_office_can_say_that_an_old_translation_fits(as_user: Any) -> None:
    offer = make_offer(title=TITLE)
    change(offer, "Hilfe beim neuen Antrag")
    client = as_user("amal")
    content = export(client, state="outdated").replace(b"needs-adaptation", b"final")
    imported(client, content)
    assert offer.title.state("en") == "current"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("&lt;script>alert(1)&lt;/script>", "markup"),
        ('Help<x id="1"/>', "markup"),
        ("Pay at https://evil.example/x", "evil.example"),
        ("Help\u202etxt", "not allowed"),
        ("x" * 301, "300"),
    ],
)
def test_a_dangerous_translation_is_refused_with_its_reason(
    as_user: Any, body: str, reason: str
) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    assert reason in imported(client, filled(export(client), "Hilfe", body))
    assert offer.title.state("en") == "missing"


def test_a_changed_german_text_an_unknown_id_and_one_given_twice_are_refused(as_user: Any) -> None:
    make_offer(title={"de": "Hilfe"}, summary={"de": "Rat"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe", "Help").decode()
    unit = re.search(r"<trans-unit.*?</trans-unit>", content, re.DOTALL)
    assert unit is not None
    unknown = re.sub(r'id="[^"]*"', 'id="offer/nothing"', unit[0])
    page = imported(client, content.replace(unit[0], unit[0] * 2 + unknown).encode())
    assert "more than once" in page
    assert "no such text" in page
    assert page.rindex("rejected:") < page.index("not translated</td>")  # what matters comes first
    changed = content.replace(">Hilfe</source>", ">Anderes</source>")
    assert "in the file was changed" in imported(client, changed.encode())


def test_entries_of_another_district_are_as_if_they_did_not_exist(as_user: Any) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    content = filled(export(as_user("amal")), "Hilfe", "Help")
    boris = as_user("boris")
    assert b"Hilfe" not in export(boris)
    assert "no such text" in imported(boris, content)
    assert offer.title.state("en") == "missing"


def test_a_file_belongs_to_whoever_brought_it(as_user: Any) -> None:
    make_offer(title={"de": "Hilfe"})
    amal = as_user("amal")
    address = upload(amal, export(amal)).location
    boris = as_user("boris")
    assert boris.get(address).status_code == 404
    assert boris.post(f"{address}/apply").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"<xliff", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff', "definitions"),
        (b'version="1.2"', b'version="2.1"', "XLIFF"),
        (b'target-language="en"', b'target-language="tlh"', "Unknown language"),
        (b' target-language="en"', b"", "which language"),
        (b"</xliff>", b"", "damaged"),
        (b"Hilfe", b"Hilfe&#1;", "damaged"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(
    as_user: Any, old: bytes, new: bytes, message: str
) -> None:
    make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    answer = upload(client, export(client).replace(old, new, 1))
    assert answer.status_code == 422
    assert message in answer.text


def test_texts_in_another_language_than_their_file_says_are_refused(as_user: Any) -> None:
    make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe", "Help")
    answer = upload(client, content.replace(b'target-language="en"', b'target-language="ar"'))
    assert answer.status_code == 422
    assert "several languages" in answer.text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\x00\x01"])
def test_what_is_no_such_file_at_all_says_which_to_give(as_user: Any, content: bytes) -> None:
    answer = upload(as_user("amal"), content)
    assert answer.status_code == 422
    assert "XLIFF or XLSX file that was exported here" in answer.text


def test_a_machine_does_not_replace_a_person_nor_the_older_the_newer(as_user: Any) -> None:
    offer = make_offer(title={"de": "Hilfe"})
    client = as_user("amal")
    content = filled(export(client), "Hilfe", "Aid")
    offer.title = offer.title.merged({"en": "Help"})
    db.session.commit()
    assert "by people" in imported(client, content, "machine")
    change(offer, "Rat und Hilfe")
    offer.title = offer.title.merged({"en": "Advice and help"})
    db.session.commit()
    assert "later German text" in imported(client, content)
    assert offer.title.bodies["en"] == "Advice and help"


def test_texts_that_wait_and_are_not_in_the_file_are_named(as_user: Any) -> None:
    make_offer(title={"de": "Hilfe"}, summary={"de": "Rat"})
    client = as_user("amal")
    content = re.sub(
        rb"<trans-unit[^>]*>\s*<source[^>]*>Rat<.*?</trans-unit>",
        b"",
        export(client),
        flags=re.DOTALL,
    )
    assert "not in the file" in imported(client, content)


@pytest.mark.parametrize("name", ["carla", "emil"])
def test_readers_neither_export_nor_import(as_user: Any, name: str) -> None:
    client = as_user(name)
    assert client.get(FILES).status_code == 403
    assert upload(client, b"<xliff/>").status_code == 403
