"""Letters as a document: our example, the office's own templates, and forged ones."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from registry.conferences.letters.content import subject
from registry.conferences.letters.merging import example
from registry.conferences.letters.merging.documents import docx, fitting
from registry.conferences.letters.merging.templates import Template, opened
from registry.conferences.letters.services import Post
from registry.core.errors import Invalid
from tests.conferences.letters.test_sheet import ARABIC, OCCASION, SENDER, letter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
TORN = (
    '<w:p w14:paraId="1"><w:r><w:rPr><w:b/></w:rPr><w:t>Bis {{ fr</w:t></w:r>'
    "<w:proofErr/><w:r><w:t>ist }} an {{ organisation</w:t></w:r><w:r><w:t> }}!</w:t></w:r></w:p>"
)


@pytest.fixture(autouse=True)
def speaking(app: Flask) -> None:
    """Messages need an application."""


def made(text: str = TORN, **others: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types></Types>")
        archive.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{text}</w:body></w:document>"
        )
        for name, content in others.items():
            archive.writestr(name, content)
    return file.getvalue()


def merged(template: Template, *organisations: str) -> tuple[ET.Element, zipfile.ZipFile]:
    numbers = count(1)
    rows = [letter(next(numbers), [name, "Gasse 1", "91154 Roth"]) for name in organisations]
    post = Post(OCCASION, SENDER, rows, [])
    archive = zipfile.ZipFile(BytesIO(docx(post, template, date(2026, 10, 1))))
    return ET.fromstring(archive.read("word/document.xml")), archive  # noqa: S314


def said(root: ET.Element) -> str:
    return "".join(each.text or "" for each in root.iter(f"{W}t"))


def test_the_example_holds_every_letter_in_order_with_a_code_of_its_own() -> None:
    root, archive = merged(opened(example.docx()), "Verein O’Neill & <Söhne>", f"Haus {ARABIC}")
    text = said(root)
    assert text.index("Verein O’Neill & <Söhne>") < text.index(ARABIC)
    assert "{{" not in text
    assert text.count("☐ Sprache") == text.count("☐ Arbeit") == 2  # once in each letter
    assert len(list(root.iter(f"{W}sectPr"))) == 2
    assert len([name for name in archive.namelist() if "media/" in name]) == 1  # one link here
    leftwards = [r for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}rtl") is not None]
    assert all(ARABIC in "".join(r.itertext()) for r in leftwards)
    assert leftwards
    ids = re.findall(r'docPr id="(\d+)"', archive.read("word/document.xml").decode())
    assert len(set(ids)) == len(ids) == 2


def test_letters_about_an_invented_conference_say_so_in_their_subject() -> None:
    post = Post(replace(OCCASION, example=True), SENDER, [letter(1, ["Verein", "91154 Roth"])], [])
    archive = zipfile.ZipFile(BytesIO(docx(post, opened(example.docx()), date(2026, 10, 1))))
    text = said(ET.fromstring(archive.read("word/document.xml")))  # noqa: S314
    assert f"Beispieldaten: {subject(OCCASION)}" in text


def test_placeholders_that_a_word_processor_tore_up_are_found_and_keep_their_look() -> None:
    template = opened(made())
    assert template.names == ["frist", "organisation"]
    root, _archive = merged(template, "A", "B")
    assert "Bis Dienstag, 10. November 2026 an A!" in said(root)
    bold = [r for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    assert ["".join(r.itertext()) for r in bold[:2]] == ["Bis ", "Dienstag, 10. November 2026"]
    assert "paraId" not in ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (made("<w:p><w:r><w:t>{{ lottery }} {{ ''.__class__ }}</w:t></w:r></w:p>"), "lottery, ''"),
        (made(**{"word/header1.xml": f"<w:hdr {SPACES}>{{{{ frist }}}}</w:hdr>"}), "frist"),
        (made(**{"word/vbaProject.bin": "x"}), "macros"),
        (made(**{"word/embeddings/a.xlsx": "x"}), "macros"),
        (made("<w:p><w:r><w:instrText> DDEAUTO cmd </w:instrText></w:r></w:p>"), "fetches"),
        (
            made(
                **{
                    "word/_rels/document.xml.rels": '<R><Relationship TargetMode="External" '
                    'Type="x/attachedTemplate" Target="http://a"/></R>'
                }
            ),
            "fetches",
        ),
        (made(**{"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "no document"),
        (b"PK\x03\x04", "no document"),
        (b"", "no document"),
        (made("<w:p>"), "no document"),
    ],
)
def test_what_is_no_plain_template_is_refused_with_a_reason(file: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(file)
    (message,) = refused.value.errors["template"]
    assert words in message


def test_a_template_that_unpacks_to_too_much_ends_early() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types></Types>")
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    with pytest.raises(Invalid, match="large"):
        opened(file.getvalue())


def test_the_notice_about_data_stands_where_a_template_has_a_place_for_it() -> None:
    post = Post(OCCASION, SENDER, [letter(notice="Zu Ihren Daten\n\nWas: Name")], [])
    example_ = opened(example.docx())
    assert fitting(post, example_).letters[0].notice
    archive = zipfile.ZipFile(BytesIO(docx(post, example_, date(2026, 10, 1))))
    text = said(ET.fromstring(archive.read("word/document.xml")))  # noqa: S314
    assert "Zu Ihren Daten" in text
    assert fitting(post, opened(made())).letters[0].notice == ""
