"""The office's page for letters: a draft, the letters, labels, badges, its own document."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from registry.access.policy import CONSOLE
from registry.conferences.fate import services as fate
from registry.conferences.letters.merging import example
from registry.conferences.mailing import queries
from registry.conferences.models import AgendaItem, Conference
from registry.core import tokens
from registry.core.db import db
from tests.conftest import count_queries
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_invitation
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]
HOME = {"street": "Gasse 1", "postcode": "91154", "city": "Roth", "channel": "post"}


@pytest.fixture
def conference(app: Flask) -> Conference:
    app.extensions.setdefault(tokens.PAGES, {}).setdefault("conference", "search.overview")
    made = make_conference(agenda=[AgendaItem(title="Rückblick")])
    for name in ("Verein B", "Amt für A"):
        make_invitation(made, make_actor(name=name), **HOME)
    return made


@pytest.fixture
def office(as_user: Any, no_csrf: None) -> Any:
    return as_user("olga")


def address(conference: Conference, name: str = "") -> str:
    return f"/de/office/conferences/{conference.uuid}/letters{name}"


def test_the_page_says_whom_letters_go_to_and_what_would_be_left_out(
    office: Any, conference: Conference
) -> None:
    long = make_actor(name="Sehr " * 30 + "lang")
    make_invitation(conference, long, unit="Amt 7", function="Leitung", **HOME)
    with count_queries() as statements:
        page = office.get(address(conference)).get_data(as_text=True)
    assert "Verein B" in page
    assert "<bdi>Leitung</bdi>, <bdi>Amt 7</bdi>" in page
    assert len(statements) <= 40


def test_a_draft_and_then_the_letters_come_as_files(office: Any, conference: Conference) -> None:
    draft = office.post(address(conference, "/proof.pdf"))
    assert draft.mimetype == "application/pdf"
    assert conference.frozen_at is None
    archive = office.post(address(conference, "/letters.zip"), data={"which": "all"})
    names = ZipFile(BytesIO(archive.data)).namelist()
    assert names == ["001-amt-fur-a.pdf", "002-verein-b.pdf"]
    said = TaggedPdf(ZipFile(BytesIO(archive.data)).read(names[0])).text
    assert "Antwort auf die Einladung Nr. 1" in said
    assert "Rückblick" in said
    db.session.refresh(conference)
    assert conference.frozen_at is not None
    whole = office.post(address(conference, "/letters.pdf"))
    assert TaggedPdf(whole.data).text.count("Mit freundlichen Grüßen") == 2
    merged = ZipFile(BytesIO(office.post(address(conference, "/letters.docx")).data))
    assert "Verein B" in merged.read("word/document.xml").decode()


def test_labels_stand_in_the_same_order_and_badges_wait_for_answers(
    office: Any, conference: Conference
) -> None:
    labels = office.post(address(conference, "/labels.pdf"), data={"labels": "L7160", "first": "5"})
    text = TaggedPdf(labels.data).text
    assert text.index("Amt für A") < text.index("Verein B")
    refused = office.post(address(conference, "/badges.pdf"))
    assert refused.status_code == 422
    assert "error-summary" in refused.get_data(as_text=True)


def test_the_office_brings_a_document_of_its_own_and_goes_back_to_the_example(
    office: Any, conference: Conference
) -> None:
    given = office.get(address(conference, "/template.docx"), query_string={"example": "1"})
    assert given.data == example.docx()
    send = {"template": (BytesIO(given.data), "Unser Brief.docx")}
    assert office.post(address(conference, "/template"), data=send).status_code == 302
    assert "Unser Brief.docx" in office.get(address(conference)).get_data(as_text=True)
    broken = {"template": (BytesIO(b"x"), "x.docx")}
    assert office.post(address(conference, "/template"), data=broken).status_code == 422
    office.post(address(conference, "/template/remove"))
    assert office.get(address(conference, "/template.docx")).status_code == 404


def test_unknown_placeholders_in_the_text_are_named_and_nothing_is_lost(
    office: Any, conference: Conference
) -> None:
    text = "Bis {{ frst }}"
    answer = office.post(
        address(conference), data={"version": conference.version, "letter_text": text}
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "frst" in page
    assert text in page


def test_strangers_and_readers_get_nothing(
    as_user: Any, no_csrf: None, conference: Conference
) -> None:
    for name, status in (("boris", 404), ("carla", 403)):
        client = as_user(name)
        assert client.get(address(conference)).status_code == status
        assert client.post(address(conference, "/letters.pdf")).status_code == status
        assert client.post(address(conference, "/labels.pdf")).status_code == status


def test_whoever_asks_for_it_is_told_how_many_letters_are_set_before_the_file_comes(
    office: Any, conference: Conference
) -> None:
    counted = {"Accept": "application/x-counted, */*"}
    answer = office.post(address(conference, "/letters.zip"), headers=counted)
    first, *counts, rest = answer.data.split(b"\n", 4)
    assert [first, *counts[:2]] == [b"0 2", b"1 2", b"2 2"]
    word, size, kind, name = counts[2].split(b" ")
    assert (word, kind, name) == (b"file", b"application/zip", b"Briefe.zip")
    assert int(size) == len(rest)
    assert len(ZipFile(BytesIO(rest)).namelist()) == 2
    db.session.expire_all()
    assert all(row.letter_on for row in queries.load_rows(conference))


def test_letters_that_were_broken_off_are_not_noted_as_printed(
    office: Any, conference: Conference
) -> None:
    counted = {"Accept": "application/x-counted, */*"}
    answer = office.post(address(conference, "/letters.zip"), headers=counted, buffered=False)
    begun = iter(answer.response)
    assert next(begun) == b"0 2\n"
    answer.close()
    db.session.expire_all()
    assert not any(row.letter_on for row in queries.load_rows(conference))
    again = office.post(address(conference, "/letters.zip"))
    assert len(ZipFile(BytesIO(again.data)).namelist()) == 2


def test_of_what_is_called_off_only_letters_that_say_so_are_printed(
    office: Any, conference: Conference
) -> None:
    office.post(address(conference, "/letters.pdf"))
    db.session.refresh(conference)
    fate.cancel(CONSOLE, conference.uuid, conference.version, "Sturm", date.today())
    db.session.commit()
    page = office.get(address(conference)).get_data(as_text=True)
    assert 'value="changed" checked' in page
    assert 'value="all"' not in page
    plan = office.get(f"/de/office/conferences/{conference.uuid}").get_data(as_text=True)
    assert "which=changed" in plan
    assert (
        office.post(address(conference, "/letters.pdf"), data={"which": "all"}).status_code == 422
    )
    letters = office.post(address(conference, "/letters.pdf"), data={"which": "changed"})
    assert TaggedPdf(letters.data).text.count("findet nicht statt") == 2
