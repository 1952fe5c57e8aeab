"""Networks in the formats of Gephi, visone, yEd, Pajek, Kumu and of spreadsheets."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import SubElement

import networkx as nx
import xlsxwriter
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from registry.core.tables import write_csv
from registry.network.formats.tables import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    SIDE_COLUMNS,
    Row,
    Tables,
    Wording,
)

ABOUT = ("fact", "value")
Writer = Callable[[Tables], bytes]


def network(tables: Tables) -> Any:
    """Return the tables as one directed network with parallel links, each by its own key.

    Which links have a direction is an attribute; without direction the first side stays the first.
    """
    made: Any = nx.MultiDiGraph()
    made.graph.update(title=tables.title, **tables.about)
    for row in tables.nodes:
        made.add_node(row["id"], **_without(row, "id"))
    for row in tables.edges:
        key = f"e{row['id']}"
        made.add_edge(
            row["source"], row["target"], key=key, **_without(row, "source", "target", "id")
        )
    return made


def graphml(tables: Tables) -> bytes:
    """Return GraphML, as visone, yEd, Gephi and igraph read it."""
    writer: Any = GraphMLWriter(infer_numeric_types=True)
    writer.add_graph_element(network(tables))
    writer.xml.find("graph").set("edgedefault", _direction(tables))
    made = io.BytesIO()
    writer.dump(made)
    return made.getvalue()


def gexf(tables: Tables) -> bytes:
    """Return GEXF 1.2, as Gephi and Polinode read it: with the direction of each link."""
    found = network(tables)
    for _one, _other, key, facts in found.edges(keys=True, data=True):
        facts["id"] = key
        facts["type"] = "directed" if facts["directed"] else "undirected"
    writer: Any = GEXFWriter(version="1.2draft")
    writer.add_graph(found)
    writer.graph_element.attrib.pop("name")  # the format knows none
    writer.graph_element.set("defaultedgetype", _direction(tables))
    SubElement(writer.xml.find("meta"), "description").text = _described(tables)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pajek(tables: Tables) -> bytes:
    """Return a Pajek network: links with a direction as arcs, others as edges, by intensity.

    Pajek knows no attributes; of one kind at a time it tells the most.
    """
    numbers = {row["id"]: number for number, row in enumerate(tables.nodes, 1)}
    lines = [f"*Network {_described(tables)}", f"*Vertices {len(numbers)}"]
    lines += [f'{number} "{_quoted(row)}"' for number, row in enumerate(tables.nodes, 1)]
    for head, directed in (("*Arcs", True), ("*Edges", False)):
        rows = [row for row in tables.edges if row["directed"] is directed]
        ends = ((numbers[row["source"]], numbers[row["target"]], row["weight"]) for row in rows)
        lines += [head, *(" ".join(map(str, each)) for each in ends)] if rows else []
    return "\r\n".join([*lines, ""]).encode()


def kumu(tables: Tables) -> bytes:
    """Return what Kumu imports: elements and connections."""
    elements = [{**row, "type": row.get("category", "")} for row in tables.nodes]
    connections = [
        {
            **_without(row, "source", "target", "kind_label"),
            "from": row["source"],
            "to": row["target"],
            "type": row["kind_label"],
            "direction": "directed" if row["directed"] else "undirected",
        }
        for row in tables.edges
    ]
    found = {"elements": elements, "connections": connections}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def csv(tables: Tables) -> bytes:
    """Return CSV tables in one ZIP file, with the heads that Gephi knows, and what they rest on."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in (
            ("nodes", NODE_COLUMNS, tables.nodes),
            ("edges", (*EDGE_COLUMNS, *SIDE_COLUMNS), tables.edges),
            ("about", ABOUT, _about(tables)),
        ):
            text = io.StringIO()
            heads = [_GEPHI.get(column, column) for column in columns]
            write_csv(text, heads, ([_gephi(row, each) for each in columns] for row in rows))
            entry = zipfile.ZipInfo(f"{name}.csv")
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.getvalue().encode())
    return made.getvalue()


def xlsx(tables: Tables) -> bytes:
    """Return a workbook for people: actors, links with names, and what the figures rest on."""
    word, names = tables.word, {row["id"]: row["label"] for row in tables.nodes}
    links = [
        {**row, "source": names[row["source"]], "target": names[row["target"]]}
        for row in tables.edges
    ]
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, columns, rows in (
            ("nodes", NODE_COLUMNS, list(tables.nodes)),
            ("edges", EDGE_COLUMNS, links),
            ("about", ABOUT, _about(tables)),
        ):
            sheet = book.add_worksheet(word("column", name))
            sheet.write_row(0, 0, [word("column", column) for column in columns], bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, [_told(row.get(each), word) for each in columns])
            sheet.autofit()
    return made.getvalue()


WRITERS: dict[str, Writer] = {
    "graphml": graphml,
    "gexf": gexf,
    "pajek": pajek,
    "kumu": kumu,
    "csv": csv,
    "xlsx": xlsx,
}
ENDINGS = {"pajek": "net", "kumu": "json", "csv": "zip"}
_GEPHI = {
    "id": "Id",
    "label": "Label",
    "source": "Source",
    "target": "Target",
    "directed": "Type",
    "weight": "Weight",
}


def _about(tables: Tables) -> list[Row]:
    word = tables.word
    return [{"fact": word("column", name), "value": value} for name, value in tables.about.items()]


def _described(tables: Tables) -> str:
    """Return in one line what a file holds, and what it rests on."""
    facts = [f"{each['fact']}: {_told(each['value'], tables.word)}" for each in _about(tables)]
    return " ".join("; ".join([tables.title, *facts]).split())


def _direction(tables: Tables) -> str:
    """Return what is said of a whole file: one direction is enough to make it directed."""
    return "directed" if any(row["directed"] for row in tables.edges) else "undirected"


def _gephi(row: Row, column: str) -> Any:
    value = row.get(column)
    if column == "directed":
        return "Directed" if value else "Undirected"
    return str(value).lower() if isinstance(value, bool) else value


def _told(value: Any, word: Wording) -> Any:
    return word("yes", str(value)) if isinstance(value, bool) else value


def _quoted(row: Row) -> str:
    """Return a label for Pajek, which knows no way to write a quotation mark inside one."""
    return " ".join(str(row["label"]).replace('"', "'").split())


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}
