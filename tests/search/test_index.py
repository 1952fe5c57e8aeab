"""The index says what plain SQL says: any filters, text and view, before and after any edits."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.core.i18n import ZONE
from registry.maps.viewport import Box, tiles
from registry.search import reader
from registry.search.criteria import Criteria, Moment
from registry.search.index import morton
from registry.search.index.cells import Places
from registry.search.index.ordering import page_of_ids
from tests.factories.registers import RandomRegister
from tests.search.oracle import facets, finding, matching

NOW = Moment(datetime(2026, 11, 24, 10, tzinfo=ZONE), "09576")  # a Tuesday
TOWNS = ("09576143", "09576127", "09576121")
Cell = tuple[int, int]
pytestmark = pytest.mark.usefixtures("database")
BOXES = st.just(Box(10.9, 49.1, 11.4, 49.4)) | st.builds(
    Box.clamped,
    *(st.floats(-190, 12), st.floats(-60, 50), st.floats(11, 200), st.floats(49, 80)),
)


def says_what_sql_says(wanted: Criteria, moment: Moment, box: Box, zoom: int) -> None:
    question = reader.ask(wanted, moment)
    if mended := [word.typed for word in question.understood if word.instead]:
        assert not any(matching.ids(Criteria(q=word), moment) for word in mended)
        return
    start = (wanted.page - 1) * wanted.per_page
    found = page_of_ids(question, start, start + wanted.per_page)
    assert question.total() == len(matching.ids(wanted, moment))
    assert found == finding.page_of_ids(wanted, moment)
    assert question.counts(TOWNS) == facets.counts(wanted, moment, TOWNS)
    level = min(zoom + 5, 24)
    assert cells(Places(question), box, zoom, level) == one_by_one(
        question.wanted, moment, box, zoom, level
    )


def cells(places: Places, box: Box, zoom: int, level: int) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for view in tiles(box, zoom):
        each = places.cells(view, level)
        columns, rows = morton.parts(each.code)
        for column, row, count in zip(columns, rows, each.count, strict=True):
            found[int(column), int(row)] += int(count)
    return found


def one_by_one(wanted: Criteria, moment: Moment, box: Box, zoom: int, level: int) -> Counter[Cell]:
    """Count the places of the hits by tile of a level, place by place."""
    counted: Counter[Cell] = Counter()
    for _key, lat, lon in finding.dots(wanted, moment):
        column, row = (int(each) for each in morton.tiles(lat, lon, zoom))
        views = tiles(box, zoom)
        if any(v.west <= column <= v.east and v.north <= row <= v.south for v in views):
            counted[tuple(int(each) for each in morton.tiles(lat, lon, level))] += 1  # type: ignore[index]
    return counted


def test_any_search_says_what_sql_says() -> None:
    register = RandomRegister(Random(1))
    register.hide_unconfirmed()
    register.fill(20)

    @given(st.integers(0, 10**9), BOXES, st.integers(0, 18))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def any_search(seed: int, box: Box, zoom: int) -> None:
        register.chance = Random(seed)
        says_what_sql_says(register.search(), NOW, box, zoom)

    any_search()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_edit_is_in_the_next_answer(seed: int) -> None:
    register = RandomRegister(Random(seed))
    register.hide_unconfirmed()
    register.fill(20)
    base: Any = reader.current(NOW).index.segments[0]
    for _ in range(12):
        register.edit()
        says_what_sql_says(register.search(), NOW, Box(10.9, 49.1, 11.4, 49.4), 9)
    assert reader.current(NOW).index.segments[0] is base


def test_time_alone_publishes_ends_opens_closes_and_lets_leave() -> None:
    register = RandomRegister(Random(7))
    register.hide_unconfirmed()
    register.fill(20)
    for hours in (0, 3, 4, 24, 48, 72, 24 * 9, 24 * 80):
        later = Moment(NOW.at + timedelta(hours=hours), NOW.ags)
        for _ in range(3):
            says_what_sql_says(register.search(), later, Box(10.9, 49.1, 11.4, 49.4), 9)


def test_an_index_that_was_dropped_is_built_again() -> None:
    register = RandomRegister(Random(8))
    register.fill(5)
    before = reader.find(Criteria(), NOW)
    reader.forget()
    after = reader.find(Criteria(), NOW)
    assert (after.total, after.counts, after.offers) == (before.total, before.counts, before.offers)
