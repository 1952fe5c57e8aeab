"""The brochure, its sheet and the posters, as the office takes them."""

from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from registry.core.db import db
from tests.factories.actors import PLACE, make_actor
from tests.factories.designations import make_designation
from tests.factories.offers import make_offer
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]

ARABIC = "مكتب استشارة الهجرة يساعدكم في الأسئلة حول الإقامة والعمل والسكن"
UKRAINIAN = "Консультації для мігрантів: допомога з питаннями проживання та роботи"
HOSTILE = '#eval("1") *x* $y$ `z` <b>'
HEADINGS = {"/H1", "/H2", "/H3"}
ROTH, HILPOLTSTEIN = "09576143", "09576127"


@pytest.fixture
def office(as_user: Any) -> Any:
    return as_user("amal")


def taken(office: Any, language: str = "de", name: str = "offers", **asked: Any) -> TaggedPdf:
    answer = office.get(f"/{language}/office/brochure/{name}.pdf", query_string=asked)
    assert answer.status_code == 200
    return TaggedPdf(answer.data)


def test_the_brochure_holds_offers_with_their_details_contents_and_both_indexes(
    office: Any,
) -> None:
    actor = make_actor(name="Träger", places=[{**PLACE, "hours": "Mo-Fr 08:00-12:00"}])
    make_offer(actor, title={"de": "Hilfe beim Antrag"})
    book = taken(office)
    assert book.text.count("Hilfe beim Antrag") == 3
    for words in ("Angebotsübersicht", "Inhalt", "Träger", "91154 Roth", "Mo.–Fr. 08:00–12:00"):
        assert words in book.text
    assert {"/H1", "/H2", "/TOC", "/L", "/Link", "/Figure", "/P"} <= book.tags()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_document_is_tagged_names_its_language_and_shows_its_title(
    office: Any, language: str
) -> None:
    make_offer()
    pdf = taken(office, language).pdf
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == language
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", ["offers", "posters"])
def test_headings_leave_no_level_out_and_pictures_and_links_say_what_they_are(
    office: Any, name: str
) -> None:
    make_offer()
    book = taken(office, "ar", name, region=ROTH)
    levels = [0, *(int(tag[2]) for tag, _text in book.said if tag in HEADINGS)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    parts = [part for part in book.pdf.objects if isinstance(part, pikepdf.Dictionary)]
    figures = [part for part in parts if part.get("/S") == "/Figure"]
    links = [part for part in parts if part.get("/Subtype") == "/Link"]
    assert figures
    assert links
    assert all(str(figure.Alt) for figure in figures)
    assert all(str(link.Contents) for link in links)


def test_arabic_and_ukrainian_can_be_read_out_of_the_file_again(office: Any) -> None:
    make_offer(title={"de": "Beratung", "ar": ARABIC, "uk": UKRAINIAN})
    assert ARABIC in taken(office, "ar").text
    make_offer(title={"de": UKRAINIAN})
    assert UKRAINIAN in taken(office).text


def test_an_entry_without_a_translation_stands_in_german_and_says_so(office: Any) -> None:
    make_offer(title={"de": "Nur deutsch"})
    book = taken(office, "en")
    assert "Nur deutsch" in book.text
    assert "This entry is there in German only." in book.text
    assert "German only" not in taken(office, "de").text


def test_what_people_type_stays_text(office: Any) -> None:
    actor = make_actor(name=HOSTILE, places=[{**PLACE, "name": HOSTILE}])
    make_offer(actor, title={"de": HOSTILE}, summary={"de": "#panic() @preview /etc/passwd"})
    assert taken(office).text.count(HOSTILE) == 5


def test_invented_entries_are_marked_and_so_is_the_document(office: Any) -> None:
    make_offer(example=True)
    text = taken(office).text
    assert "Dieses Dokument enthält Beispieldaten." in text
    assert text.count("Beispieldaten") == 2


def test_a_brochure_holds_what_the_overview_shows_of_a_municipality_and_fields(
    office: Any,
) -> None:
    there = {**PLACE, "municipality": HILPOLTSTEIN}
    make_offer(title={"de": "In Roth"}, areas=[])
    make_offer(make_actor(name="B", places=[there]), title={"de": "Anderswo"}, areas=[])
    make_offer(title={"de": "Schule"}, areas=[], fields=["school"])
    make_offer(title={"de": "Entwurf"}, areas=[], status="draft")
    text = taken(office, region=ROTH, field="advice").text
    assert "In Roth" in text
    assert not [word for word in ("Anderswo", "Schule", "Entwurf") if word in text]


def test_the_code_of_a_chapter_leads_to_the_filtered_overview(office: Any, app: Any) -> None:
    make_offer()
    pdf = taken(office, region=ROTH).pdf
    notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    links = [str(note.A.URI) for note in notes if "/URI" in note.get("/A", {})]
    public = app.config["PUBLIC_URL"]
    assert f"{public}/de/offers?field=advice&region={ROTH}" in links


def test_a_confidential_place_does_not_stand_in_a_brochure(office: Any) -> None:
    place = {**PLACE, "name": "Frauenhaus", "street": "Geheimweg 1", "confidential": True}
    make_offer(make_actor(places=[place]), areas=[])
    text = taken(office).text
    assert "Frauenhaus" not in text
    assert "Geheimweg" not in text


def test_the_sheet_has_a_row_for_each_offer_and_no_formulas(office: Any) -> None:
    make_offer(title={"de": "=1+1"})
    answer = office.get("/de/office/brochure/offers.xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).active.values)
    assert rows[1][1] == "=1+1"
    assert len(rows) == 2
    page = load_workbook(BytesIO(answer.data)).active
    assert page["B2"].data_type == "s"


def test_a_poster_names_contact_points_and_emergency_numbers(office: Any) -> None:
    make_designation(make_offer(title={"de": "Migrationsberatung"}))
    poster = taken(office, name="posters", region=ROTH)
    assert len(poster.pdf.pages) == 1
    for words in ("Roth", "Migrationsberatung", "112", "Notrufnummern"):
        assert words in poster.text


def test_without_a_choice_there_is_a_poster_for_each_municipality(office: Any) -> None:
    poster = taken(office, "ar", "posters")
    assert len(poster.pdf.pages) == 16
    assert "Hilpoltstein" in poster.text


def test_the_page_counts_what_is_chosen_and_offers_every_language(office: Any) -> None:
    make_offer()
    page = office.get(f"/de/office/brochure?region={ROTH}&field=advice").text
    assert "1 Angebot<" in page
    assert f"/ar/office/brochure/offers.pdf?field=advice&amp;region={ROTH}" in page


def test_whoever_does_not_read_the_desk_gets_no_documents(as_user: Any, cast: Any) -> None:
    cast.emil.grants = []
    db.session.commit()
    assert as_user("emil").get("/de/office/brochure/offers.pdf").status_code == 403
