"""Rows of links from a table or a GraphML file, by way of processes that trust nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.exchange.sheets import reading
from registry.network.formats import parsing
from registry.network.links.importing.columns import NEEDED, TITLES, cells, chosen

MOST = 20_000  # rows that somebody waits for in front of a page
_XML = (b"<?xml", b"<graphml", b"\xef\xbb\xbf<?xml")


@dataclass(frozen=True)
class Row:
    """What one row says by our columns; `number` is its line, of a GraphML file its link's."""

    number: int
    cells: dict[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV, XLSX or GraphML file; raises Invalid where it cannot be taken."""
    with _rows(path) as rows:
        found = list[Row]()
        for row in rows:
            if len(found) == MOST:
                raise Invalid({"file": [reading.reason("too_many_rows")]})
            found.append(row)
    return found


@contextmanager
def _rows(path: Path) -> Iterator[Iterator[Row]]:
    with path.open("rb") as file:
        is_xml = file.read(200).lstrip().startswith(_XML)
    if is_xml:
        with reading.told(parsing.__file__, path) as (_form, pieces):
            yield _of_network(pieces)
        return
    with reading.opened(path) as source:
        where = chosen(source.header)
        if missing := [TITLES[key] for key in NEEDED if key not in where]:
            message = _("These columns are missing: %(names)s", names=", ".join(missing))
            raise Invalid({"file": [message]})
        yield (Row(line.number, cells(where, line.cells)) for line in source.lines)


def _of_network(pieces: Iterator[Any]) -> Iterator[Row]:
    """Yield the links of a network; an actor is its id, if that is one of ours, else its label."""
    names: dict[str, str] = {}
    number = 0
    for piece in pieces:
        for what, one, *rest in piece:
            if what == "node":
                names[one] = rest[0]
            else:
                number += 1
                other, facts, _directed = rest
                header = list(facts)
                told = cells(chosen(header), [str(facts[name]) for name in header])
                yield Row(
                    number, {**told, "source": one, "target": other, **_named(names, one, other)}
                )


def _named(names: dict[str, str], one: str, other: str) -> dict[str, str]:
    return {"source_name": names.get(one, one), "target_name": names.get(other, other)}
