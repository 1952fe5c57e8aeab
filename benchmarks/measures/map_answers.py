"""Goal 3: the clusters and points of a view, whatever the filters, from the question on.

Without the rows that the few points say more with. SQL counts the places with hits in each cell and
leaves joining neighbours, middles and boxes to others.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.plain_sql import PlainSql, must_equal
from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import Times, alternately, medians, p50, turns
from registry.maps.viewport import DEEPER, Box, features, tiles
from registry.search import reader
from registry.search.criteria import Criteria
from registry.search.index.cells import Places, Tiles, shift
from registry.vocabulary import queries as vocabulary

ALL = """
    SELECT code >> :shift, count(*) FROM tile
    WHERE code BETWEEN :low AND :high AND place_id IN
      (SELECT place_id FROM offer_place WHERE offer_id IN (SELECT id FROM shown))
    GROUP BY 1
"""
FILTERED = """
    SELECT code >> :shift, count(*) FROM tile
    WHERE code BETWEEN :low AND :high AND place_id IN
      (SELECT place_id FROM offer_place WHERE offer_id IN
        (SELECT id FROM shown
         WHERE id IN (SELECT offer_id FROM offer_term
                      WHERE term_id IN (SELECT value FROM json_each(:field)))
           AND id IN (SELECT offer_id FROM offer_language
                      WHERE term_id IN (SELECT value FROM json_each(:language)))
           AND id IN (SELECT offer_id FROM offer_term
                      WHERE term_id IN (SELECT value FROM json_each(:format)))))
    GROUP BY 1
"""
CHOSEN = {"field": ("advice", "language"), "language": ("ar", "uk"), "format": ("on_site",)}
FIVE = Criteria(chosen=CHOSEN)
ASKED = (Criteria(), Criteria(chosen={"field": ("advice",)}), FIVE, Criteria(q="beratung"),
         Criteria(q="deutschkurs", chosen=CHOSEN))  # fmt: skip


@dataclass(frozen=True)
class View:
    name: str
    box: Box
    zoom: int

    @property
    def tiles(self) -> Tiles:
        (found,) = tiles(self.box, self.zoom)
        return found

    @property
    def level(self) -> int:
        """Return the level of its cells."""
        return self.zoom + DEEPER

    def holds(self, cell: int) -> bool:
        return bool(self.tiles.holds(np.array([cell], np.uint64) << shift(self.level))[0])


GERMANY = View("Germany", Box(5.87, 47.27, 15.04, 55.06), 6)
REGION = View("a region", Box(10.0, 48.5, 12.0, 50.0), 9)
VIEWS = (GERMANY, REGION, View("a city", Box(13.3, 52.45, 13.5, 52.55), 12),
         View("a street", Box(13.38, 52.50, 13.42, 52.53), 15))  # fmt: skip
BESIDE_SQL = ((GERMANY, Criteria(), "no filter"), (GERMANY, FIVE, "five values of three facets"),
              (REGION, FIVE, "the same filters"))  # fmt: skip


def measure(sizes: Sizes) -> list[Row]:
    few, many = (_any_of_all(size) for size in (sizes.smallest, sizes.middle))
    wanted = Wanted("cost", 2.0, short_of(sizes.middle, 100_000))
    what = f"Map answer, {len(VIEWS)} views × {len(ASKED)} filters"
    fewer = f"with {sizes.smallest:,} offers"
    flat = Row(what, many, few, fewer, wanted, goal=3, offers=sizes.middle)
    return [flat, *_beside_sql(sizes.largest)]


def _any_of_all(offers: int) -> float:
    """Return the median of all views with all filters."""
    times: Times = []
    with asked(offers) as register:
        for view in VIEWS:
            for wanted in ASKED:
                times += alternately(7, _answer(register, view, wanted))[0]
    return p50(times)


def _answer(register: Register, view: View, wanted: Criteria) -> Callable[[], object]:
    def answer() -> object:
        question = reader.ask(wanted, register.moment)
        return features(Places(question), view.box, view.zoom)

    return answer


def _beside_sql(offers: int) -> list[Row]:
    with asked(offers) as register:
        sql = PlainSql(register)
        sql.prepare_tiles()
        rows = [_row(register, sql, *each) for each in BESIDE_SQL]
        sql.close()
    return rows


def _row(register: Register, sql: PlainSql, view: View, wanted: Criteria, filters: str) -> Row:
    statement, values = FILTERED if wanted.chosen else ALL, _values(view, wanted)

    def grouped() -> dict[int, int]:
        return sql.pairs(statement, values)

    theirs = {cell: count for cell, count in grouped().items() if view.holds(cell)}
    must_equal(f"map of {view.name}, {filters}", _cells(register, view, wanted), theirs)
    ours, beside = medians(turns(register.offers, 5), _answer(register, view, wanted), grouped)
    # In a small view SQL has little to count: the goal is about a large one.
    limit = 300 if view is GERMANY and wanted is FIVE else None
    gain = Wanted("gain", limit, short_of(register.offers, 1_000_000) if limit else "")
    what = f"Map answer, {view.name}, {filters}"
    by_cell, n = "SQL GROUP BY per cell", register.offers
    return Row(what, ours, beside, by_cell, gain, goal=3, offers=n)


def _cells(register: Register, view: View, wanted: Criteria) -> dict[int, int]:
    """Return the places of a view by cell, before neighbours are joined."""
    found = Places(reader.ask(wanted, register.moment)).cells(view.tiles, view.level)
    return dict(zip(found.code.tolist(), found.count.tolist(), strict=True))


def _values(view: View, wanted: Criteria) -> dict[str, object]:
    schemes, edges = vocabulary.schemes(), view.tiles.edges()
    terms = {
        name: json.dumps([schemes[name][key].id for key in keys])
        for name, keys in wanted.chosen.items()
    }
    low, high = int(edges.min()), int(edges.max()) - 1
    return {"shift": int(shift(view.level)), "low": low, "high": high, **terms}
