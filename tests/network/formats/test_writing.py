"""Each format is read back by another program, or by the plain rules of the format."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import igraph
import openpyxl
import pytest
from defusedxml import ElementTree
from lxml import etree

from registry.network.formats import tables, writing
from registry.network.formats.tables import Choice, Tables
from registry.network.state import Kind, Link, Node, State
from tests.factories.network import DAY, said

NASTY = 'Verein "Ä" & <b>Söhne</b>\x0b, عربي'
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"


def word(scheme: str, key: str) -> str:
    return f"{scheme} {key}"


@pytest.fixture
def made() -> Tables:
    """Three actors, of which one is alone, and three links: two between the same two."""
    nodes = {
        1: Node(1, "k1", NASTY, "V", "police", ("advice", "work"), ("09576143",), True, True),
        2: Node(2, "k2", "=Zwei", asked=True, lat=49.2, lon=11.1),
        3: Node(3, "k3", "Drei", example=True),
    }
    links = (
        Link("l1", Kind.EXCHANGE, 1, 2, said(3), said(1, valid_from=DAY)),
        Link("l2", Kind.REFERRAL, 2, 1, said(2, written=True), said(0)),
        Link("l3", Kind.REFERRAL, 1, 2, None, said(1)),
        Link("l4", Kind.WISH, 1, 3, said(1)),
    )
    state = State("09576", DAY, nodes, links)
    return tables.tables(state, Choice(), "Netz\x00werk", word)


def read(content: bytes, ending: str, folder: Path) -> igraph.Graph:
    path = folder / f"net.{ending}"
    path.write_bytes(content)
    return igraph.Graph.Read(str(path), format=ending)


def test_graphml_keeps_actors_links_and_attributes_in_another_program(
    made: Tables, tmp_path: Path
) -> None:
    found = read(writing.graphml(made), "graphml", tmp_path)
    assert found.vs["id"] == ["k1", "k2", "k3"]
    assert found.vs["label"] == [NASTY.replace("\x0b", ""), "=Zwei", "Drei"]
    assert found.vs["answered"] == [True, False, False]
    assert [(each.source, each.target) for each in found.es] == [(0, 1), (0, 1), (1, 0)]
    told = sorted(
        (each.tuple, each["kind"], each["weight"], each["confirmed"], each["contested"])
        for each in found.es
    )
    assert told == [
        ((0, 1), "exchange", 3, True, False),
        ((0, 1), "referral", 1, False, False),
        ((1, 0), "referral", 2, False, True),
    ]
    # igraph reads the ids of actors where it should read those of links.
    links = ElementTree.fromstring(writing.graphml(made)).iter(f"{GRAPHML}edge")
    assert [each.get("id") for each in links] == ["el1", "el3", "el2"]


def test_pajek_keeps_actors_links_and_intensity_in_another_program(
    made: Tables, tmp_path: Path
) -> None:
    found = read(writing.pajek(made), "pajek", tmp_path)
    assert found.vs["name"] == ["Verein 'Ä' & <b>Söhne</b>, عربي", "=Zwei", "Drei"]
    weights = sorted((each.tuple, each["weight"]) for each in found.es)
    assert weights == [((0, 1), 1), ((0, 1), 2), ((0, 1), 3)]


def test_gexf_says_of_each_link_whether_it_has_a_direction(made: Tables) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf12.xsd")))
    schema.assertValid(etree.fromstring(writing.gexf(made)))
    root = ElementTree.fromstring(writing.gexf(made))
    assert "column answered: 1" in root.findtext(f"{GEXF}meta/{GEXF}description")
    nodes = {each.get("id"): each.get("label") for each in root.iter(f"{GEXF}node")}
    assert nodes == {"k1": NASTY.replace("\x0b", ""), "k2": "=Zwei", "k3": "Drei"}
    edges = {each.get("id"): each for each in root.iter(f"{GEXF}edge")}
    assert {key: each.get("type") for key, each in edges.items()} == {
        "el1": "undirected",
        "el2": "directed",
        "el3": "directed",
    }
    assert [edges["el2"].get(name) for name in ("source", "target", "weight")] == ["k2", "k1", "2"]
    declared = {each.get("id") for each in root.iter(f"{GEXF}attribute")}
    assert {each.get("for") for each in root.iter(f"{GEXF}attvalue")} <= declared


def test_a_file_of_links_without_direction_says_so(made: Tables, tmp_path: Path) -> None:
    plain = replace(made, edges=tuple(row for row in made.edges if not row["directed"]))
    assert not read(writing.graphml(plain), "graphml", tmp_path).is_directed()
    assert b'defaultedgetype="undirected"' in writing.gexf(plain)
    assert read(writing.graphml(made), "graphml", tmp_path).is_directed()


def test_kumu_gets_elements_and_connections(made: Tables) -> None:
    found = json.loads(writing.kumu(made))
    assert [each["id"] for each in found["elements"]] == ["k1", "k2", "k3"]
    one = found["connections"][1]
    assert (one["from"], one["to"], one["type"], one["direction"]) == (
        "k2",
        "k1",
        "kind referral",
        "directed",
    )


def test_csv_has_the_heads_of_gephi_and_no_formulas(made: Tables) -> None:
    archive = zipfile.ZipFile(io.BytesIO(writing.csv(made)))
    found = {}
    for name in archive.namelist():
        text = io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="")
        found[name] = list(csv.DictReader(text, delimiter=";"))
    assert [row["Label"] for row in found["nodes.csv"]][1] == "'=Zwei"
    assert [(row["Source"], row["Target"], row["Type"]) for row in found["edges.csv"]] == [
        ("k1", "k2", "Undirected"),
        ("k2", "k1", "Directed"),
        ("k1", "k2", "Directed"),
    ]


def test_xlsx_names_actors_and_says_what_the_figures_rest_on(made: Tables) -> None:
    book = openpyxl.load_workbook(io.BytesIO(writing.xlsx(made)))
    actors, links, about = book.worksheets
    assert [row[1].value for row in actors.iter_rows(min_row=2)][1:] == ["=Zwei", "Drei"]
    assert actors["B3"].data_type == "s"
    assert [cell.value for cell in links[2]][1:3] == [NASTY.replace("\x0b", ""), "=Zwei"]
    told = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
    assert (told["column asked"], told["column answered"]) == (2, 1)


def test_an_empty_network_is_a_file_of_every_format(made: Tables, tmp_path: Path) -> None:
    empty = replace(made, nodes=(), edges=())
    for write in writing.WRITERS.values():
        assert write(empty)
    assert read(writing.graphml(empty), "graphml", tmp_path).vcount() == 0
