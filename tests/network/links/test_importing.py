"""Links from files: what each row would do, said beforehand, and then done at once."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask_babel import force_locale
from openpyxl import Workbook

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.core.db import db
from registry.core.errors import Invalid
from registry.network.exchange import services as exchange
from registry.network.formats.tables import Choice
from registry.network.links.importing import services
from registry.network.links.importing.judging import Plan
from registry.network.links.models import Cooperation
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.network import make_actors, make_link

ROTH = "09576"
PAGE = "/en/office/network/links/import"
HEAD = "Von;Nach;Art;Stärke;Gemeldet von;Seit;Bis;Schriftlich;Feld\n"


@pytest.fixture
def network(database: None) -> list[Actor]:
    return make_actors("Caritas Roth", "Diakonie Roth", "Volkshochschule")


def tried(folder: Path, text: str | bytes) -> list[Plan]:
    path = folder / "links"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with force_locale("en"):
        return services.try_file(CONSOLE, ROTH, path)


def taken(folder: Path, text: str | bytes) -> list[Cooperation]:
    tried(folder, text)
    services.take_in(CONSOLE, ROTH, folder / "links")
    db.session.commit()
    return db.session.query(Cooperation).order_by(Cooperation.id).all()


def test_a_table_of_the_office_becomes_links(network: list[Actor], tmp_path: Path) -> None:
    rows = "Caritas Roth;Diakonie Roth;Verweis;eng;beide;1.3.2025;;ja;Beratung und Orientierung\n"
    [link] = taken(tmp_path, HEAD + rows + "Volkshochschule;caritas roth;Projekt;;;;;;\n")[:1]
    assert (link.kind, link.field and link.field.key) == ("referral", "advice")
    assert [(each.intensity, each.written, each.via) for each in link.reports] == [
        (3, True, "import"),
        (3, True, "import"),
    ]
    assert str(link.by_source and link.by_source.valid_from) == "2025-03-01"


def test_a_workbook_with_english_heads_and_ids_is_read_as_well(
    network: list[Actor], tmp_path: Path
) -> None:
    book, file = Workbook(), BytesIO()
    book.active.append(["From", "To", "Kind", "Strength", "Reported by"])  # type: ignore[union-attr]
    book.active.append(  # type: ignore[union-attr]
        [str(network[0].uuid), str(network[1].uuid), "exchange", 2, "Diakonie Roth"]
    )
    book.save(file)
    [link] = taken(tmp_path, file.getvalue())
    assert [(each.side, each.intensity) for each in link.reports] == [("target", 2)]


def test_a_graphml_file_names_actors_by_label(network: list[Actor], tmp_path: Path) -> None:
    text = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <key id="l" for="node" attr.name="label" attr.type="string"/>
    <key id="k" for="edge" attr.name="kind" attr.type="string"/>
    <key id="w" for="edge" attr.name="weight" attr.type="double"/>
    <graph edgedefault="directed"><node id="a"><data key="l">Caritas Roth</data></node>
    <node id="b"><data key="l">Diakonie Roth</data></node>
    <edge source="a" target="b"><data key="k">joint</data><data key="w">3.0</data></edge>
    </graph></graphml>"""
    [link] = taken(tmp_path, text)
    assert (str(link), link.reports[0].intensity) == ("Caritas Roth – Diakonie Roth", 3)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Karitas Rot;Diakonie Roth;Verweis", "Did you mean: Caritas Roth"),
        ("Xyzzy;Diakonie Roth;Verweis", "not in the register: Xyzzy"),
        ("Diakonie Roth;Diakonie Roth;Verweis", "cannot be linked with itself"),
        ("Caritas Roth;Diakonie Roth;Freundschaft", "Unknown value. Possible: "),
        ("Caritas Roth;;Verweis", "The name of the actor is missing."),
        ("Caritas Roth;Fern;Verweis", "not in the register: Fern"),
        ("Caritas Roth;Diakonie Roth;Verweis;7", "0 (none) to 3"),
        ("Caritas Roth;Diakonie Roth;Verweis;1;Volkshochschule", "Only the two sides report."),
        ("Caritas Roth;Diakonie Roth;Verweis;1;;2.3.2025;1.1.2025", "before the start"),
        ("Caritas Roth;Diakonie Roth;Verweis;1;;irgendwann", "not a date"),
    ],
)
def test_a_row_that_is_wrong_says_why_and_the_others_remain(
    network: list[Actor], tmp_path: Path, row: str, reason: str
) -> None:
    make_actor(name="Fern", region="09573")
    good = "Caritas Roth;Volkshochschule;Wunsch\n"
    wrong, right = tried(tmp_path, f"{HEAD}{row}\n{good}")
    assert (wrong.verdict, wrong.row.number, right.verdict) == ("rejected", 2, "new")
    assert reason in wrong.reason


def test_doubled_rows_are_refused_also_from_the_other_side(
    network: list[Actor], tmp_path: Path
) -> None:
    text = (
        "Caritas Roth;Diakonie Roth;Projekt;2;von\n"
        "Diakonie Roth;Caritas Roth;Projekt;1;nach\n"
        "Diakonie Roth;Caritas Roth;Projekt;1;von\n"
    )
    first, doubled, other = tried(tmp_path, HEAD + text)
    assert [each.verdict for each in (first, doubled, other)] == ["new", "rejected", "new"]
    assert "line 2" in doubled.reason
    [link] = taken(tmp_path, HEAD + text)
    assert sorted(each.intensity for each in link.reports) == [1, 2]


def test_what_is_there_is_changed_or_left_alone_and_nothing_newer_overwritten(
    network: list[Actor], tmp_path: Path
) -> None:
    one, other, third = network
    make_link(one, other, by_source=2)
    make_link(one, third, "exchange", by_source=2)
    head = "Von;Nach;Art;Stärke;Gemeldet am\n"
    text = (
        "Caritas Roth;Diakonie Roth;Projekt;2;\n"
        "Volkshochschule;Caritas Roth;Austausch;3;\n"
        "Caritas Roth;Volkshochschule;Austausch;1;1.1.2020\n"
    )
    same, confirmed, older = tried(tmp_path, head + text)
    assert [each.verdict for each in (same, confirmed, older)] == [
        "unchanged",
        "changed",
        "rejected",
    ]
    links = taken(tmp_path, head + text)
    assert [len(link.reports) for link in links] == [1, 2]
    again = tried(tmp_path, head + text)
    assert [each.verdict for each in again] == ["unchanged", "unchanged", "rejected"]


@pytest.mark.parametrize("form", ["csv", "graphml"])
def test_our_own_export_changes_nothing_though_both_sides_say_different_things(
    network: list[Actor], tmp_path: Path, form: str
) -> None:
    link = make_link(*network[:2], "referral", by_source=2, by_target=1)
    for report, day in zip(link.reports, (date(2025, 3, 1), date(2026, 4, 2)), strict=True):
        report.reported_on, report.valid_from, report.written = day, day, day.year == 2025
    make_link(network[2], network[0], "exchange", by_target=3)
    db.session.commit()
    made = exchange.hand_out(CONSOLE, ROTH, date.today(), Choice(), form).content
    edges = ZipFile(BytesIO(made)).read("edges.csv") if form == "csv" else made
    found = tried(tmp_path, edges)
    assert [each.verdict for each in found] == ["unchanged", "unchanged"]
    assert {name for each in found for name in each.names} == {each.name for each in network}


def test_a_file_without_the_needed_columns_is_refused(database: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        tried(tmp_path, "Von;Stärke\nA;1\n")
    assert "Nach, Art" in str(refused.value)


def test_the_pages_try_first_and_then_import(
    network: list[Actor], as_user: Any, no_csrf: None
) -> None:
    olga = as_user("olga")
    assert olga.get(f"{PAGE}/template").data.startswith(b"PK")
    text = f"{HEAD}Caritas Roth;Diakonie Roth;Verweis\nNiemand;Caritas Roth;Verweis\n"
    where = olga.post(PAGE, data={"text": text}).headers["Location"]
    page = olga.get(where).text
    assert "Import 1 row" in page
    assert "not in the register: Niemand" in page
    assert db.session.query(Cooperation).count() == 0
    assert as_user("amal").get(where).status_code == 404
    assert olga.post(f"{where}/apply").status_code == 302
    assert db.session.query(Cooperation).count() == 1
    assert olga.get(where).status_code == 404


def test_who_may_not_enter_links_imports_none(cast: Cast, as_user: Any, no_csrf: None) -> None:
    assert as_user("carla").get(PAGE).status_code == 403
    empty = as_user("amal").post(PAGE, data={})
    assert empty.status_code == 422
    assert "Please choose a file or paste a table." in empty.text
