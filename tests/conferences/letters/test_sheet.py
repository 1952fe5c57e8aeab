"""Where the parts of a letter stand on its sheet (DIN 5008, form B), read from the PDF."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pikepdf
import pytest

from registry.conferences.letters import content, printing, stationery
from registry.conferences.letters.content import Hours, Occasion, Recipient, Sender
from registry.conferences.letters.queries import Badge
from registry.conferences.letters.saying import Kind
from registry.core import qr
from registry.core.documents import making
from tests.factories.layouts import Layout
from tests.factories.pdfs import TaggedPdf

DAY = date(2026, 11, 24)
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
ARABIC = "مركز الثقافة العربية"
LINK = "https://register.example.org/de/invitation?key=" + "AbCd" * 15
LONG = "Verein für Ünterstützung, Begegnung und Teilhabe D’Artagnan-Großmöhringen e. V. Ro"
SENDER = Sender(
    "Landratsamt Roth", "Weinbergweg 1", "91154 Roth", "Integration", "09171 81-0", "i@example.org"
)
OCCASION = Occasion(
    "Integrationskonferenz",
    days=[Hours(DAY, time(9), time(16))],
    place="Schulzentrum, Gartenstraße 30, 91154 Roth",
    deadline=date(2026, 11, 10),
    reference="IK-2026/2",
    agenda=[("Rückblick", 20), ("Situationsanalyse", None)],
    groups=["Sprache", "Arbeit"],
    needs=["step_free"],
)
ADDRESS = [LONG, "Geschäftsstelle", "Frau Dr. Łucja O’Brien", "Lange Gasse 1", "91154 Roth"]


def letter(number: int = 1, address: list[str] | None = None, **fields: Any) -> Recipient:
    lines = address or ADDRESS
    code = qr.svg(LINK, quick=True)
    spare = ["Geschäftsstelle"]
    greeting = "Sehr geehrte Frau Dr. O’Brien,"
    return Recipient(number, lines[0], lines, greeting, 1, spare, LINK, code, **fields)


def told(*letters: Recipient, occasion: Occasion = OCCASION, **options: Any) -> dict[str, Any]:
    return content.document(occasion, SENDER, letters or [letter()], AT.date(), **options)


def printed(*letters: Recipient, **options: Any) -> bytes:
    return making.pdf("letters", told(*letters, **options), AT)


def said(pdf: TaggedPdf) -> list[str]:
    """Return the words of each page."""
    pages = [" ".join(e.text for e in Layout(page).lines()) for page in pdf.pdf.pages]
    return [page.replace("\N{NO-BREAK SPACE}", " ") for page in pages]


@pytest.fixture(scope="module")
def pdf() -> TaggedPdf:
    arabic = [f"Verein {ARABIC} e. V.", "محمد الأحمدي", "Gasse 2", "91154 Roth"]
    return TaggedPdf(printed(letter(7), letter(8, arabic)))


@pytest.fixture(scope="module")
def first(pdf: TaggedPdf) -> Layout:
    return Layout(pdf.pdf.pages[0])


def test_the_address_stands_in_its_window_below_the_line_of_whoever_sends(first: Layout) -> None:
    back = first.line("Landratsamt Roth · Weinbergweg 1 · 91154 Roth")
    assert 45 < back.base < 50
    shown = [each for each in first.lines() if 62.7 < each.base < 90 and each.left < 105]
    assert len(shown) == 6
    assert shown[-1].text == "91154 Roth"
    assert shown[0].base - 2.6 > 62.7
    assert shown[-1].base + 1 < 90
    for line in [back, *shown]:
        assert line.left == pytest.approx(25, abs=0.5)
        assert line.right < 105
    assert all(b.base - a.base == pytest.approx(4.23, abs=0.05) for a, b in pairwise(shown))


def test_marks_to_fold_and_to_punch_stand_at_the_left_edge(first: Layout) -> None:
    marks = {round(each.y, 1): each for each in first.strokes if each.right < 20}
    assert set(marks) == {105.0, 148.5, 210.0}
    assert all(each.left >= 4 for each in marks.values())


def test_nothing_of_the_text_leaves_the_margins(pdf: TaggedPdf) -> None:
    for page in pdf.pdf.pages:
        for line in Layout(page).lines():
            assert line.left > 24.9, line
            assert line.right < 190.1, line
            assert line.base < 290


def test_the_information_block_and_the_subject_stand_where_the_norm_wants_them(
    first: Layout,
) -> None:
    for words in ("Unser Zeichen:", "Bearbeitung:", "Telefon:", "E-Mail:", "Datum:"):
        line = first.line(words)
        assert line.left == pytest.approx(125, abs=0.5)
        assert 50 < line.base < 90
    subject = first.line("Einladung zur Konferenz")
    assert 98.4 < subject.base < 104
    assert "Betreff" not in "".join(each.text for each in first.texts)


def test_agenda_and_slip_stand_on_the_second_page_of_each_letter(pdf: TaggedPdf) -> None:
    assert len(pdf.pdf.pages) == 4
    for page, number in ((1, 7), (3, 8)):
        second = Layout(pdf.pdf.pages[page])
        assert second.line("Tagesordnung").base < 40
        assert second.line(f"Antwort auf die Einladung Nr. {number}").base > 140
        assert second.line("Zugang ohne Stufen")
        assert second.line("freiwillig")


def test_a_letter_is_tagged_and_its_code_says_where_it_leads(pdf: TaggedPdf) -> None:
    root = pdf.pdf.Root
    assert str(root.Lang) == "de"
    with pdf.pdf.open_metadata() as known:
        assert known["pdfuaid:part"] == "1"
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/Figure", "/Link"} <= pdf.tags()
    parts = [part for part in pdf.pdf.objects if isinstance(part, pikepdf.Dictionary)]
    assert [LINK in str(part.Alt) for part in parts if part.get("/S") == "/Figure"] == [True] * 2
    links = [str(part.A.URI) for part in parts if part.get("/Subtype") == "/Link"]
    assert set(links) == {LINK}


def test_an_arabic_name_in_a_german_letter_can_be_read_out_again(pdf: TaggedPdf) -> None:
    assert ARABIC in pdf.text
    assert "محمد الأحمدي" in pdf.text
    assert "O’Brien" in pdf.text


def test_a_draft_says_so_across_every_page_and_no_other_letter_does() -> None:
    draft, sent = pikepdf.open(BytesIO(printed(proof=True))), pikepdf.open(BytesIO(printed()))
    marked = [any(each.text == "Entwurf" for each in Layout(page).texts) for page in draft.pages]
    assert marked == [True, True]
    assert not any(each.text == "Entwurf" for each in Layout(sent.pages[0]).texts)


def test_what_people_type_stays_text() -> None:
    hostile = '#eval("1") *x* $y$ <b> @preview'
    text = TaggedPdf(printed(letter(1, [hostile, "Gasse 1", "91154 Roth"]))).text
    assert text.count(hostile) == 2


def test_a_text_that_goes_on_a_further_sheet_is_numbered_through() -> None:
    long = replace(OCCASION, text="\n\n".join(["Ein Absatz, der etwas länger ist. " * 8] * 12))
    pages = said(TaggedPdf(printed(letter(1), letter(2), occasion=long)))
    numbers = [page.rpartition("Seite ")[2] for page in pages]
    assert numbers == ["1", "2", "3", "", "1", "2", "3"]


def test_moving_says_what_holds_now_and_asks_again_where_the_answer_is_open() -> None:
    moved = replace(OCCASION, kind=Kind.MOVED, before=date(2026, 10, 20))
    open_, _slip, answered, _other = said(
        TaggedPdf(printed(letter(1), letter(2, answered=True), occasion=moved))
    )
    assert "verlegt auf den 24. November 2026" in open_
    assert "20. Oktober 2026 geplant" in open_
    assert "10. November 2026 mit" in open_
    assert "Antwort bleibt bestehen" in answered
    assert LINK.partition("?")[0] in open_


def test_calling_off_asks_for_nothing_and_has_one_sheet() -> None:
    off = replace(OCCASION, kind=Kind.CANCELLED, because="Sturmschaden im Saal")
    made = TaggedPdf(printed(letter(7), occasion=off))
    [page] = said(made)
    assert "Absage der Konferenz" in page
    assert "Sturmschaden im Saal" in page
    assert LINK.partition("?")[0] not in page
    assert "Anlage" not in page
    assert "/Figure" not in made.tags()


def test_the_notice_about_data_is_a_sheet_of_its_own_for_whoever_is_due_one() -> None:
    notice = "Zu Ihren Daten\n\nDarüber informieren wir Sie:\n\n- Was: Name\n- Woher: Web\n\nMehr"
    made = TaggedPdf(printed(letter(7, notice=notice), letter(8)))
    pages = said(made)
    assert [page.rpartition("Nr. ")[2] for page in pages] == [
        *(f"7 · Seite {number}" for number in (1, 2, 3)),
        "",  # printed on both sides, no letter shares a sheet
        *(f"8 · Seite {number}" for number in (1, 2)),
    ]
    assert "Woher: Web" in pages[2]
    assert "/LI" in made.tags()


def test_it_is_counted_how_many_letters_are_set_and_the_file_is_the_same() -> None:
    many = told(*(letter(number) for number in range(1, 46)))
    *counts, file = making.counted("letters", many, AT, "letters")
    assert counts == [20, 40]
    assert file == making.pdf("letters", many, AT)


def test_names_of_any_length_and_script_stay_inside_their_badge() -> None:
    names = [LONG, "Ä" * 80, "محمد عبد الرحمن الأحمدي", "Wolfgang-Maximilian Freiherr von und zu Ü"]
    rows = [Badge(uuid4(), name, "Leitung", LONG) for name in names]
    sheet = stationery.BADGES["L4785"]
    made = TaggedPdf(printing.badges(rows, "Konferenz", "L4785", AT))
    lines = Layout(made.pdf.pages[0]).lines()
    edges = [sheet.left, sheet.left + sheet.width + sheet.gap]
    assert all(any(e < line.left and line.right < e + sheet.width for e in edges) for line in lines)
    assert "محمد عبد الرحمن الأحمدي" in made.text.replace("\n", " ")
