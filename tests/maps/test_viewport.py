"""Clusters and points, as properties that hold for any places in any view."""

import random
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.maps.grouping import TOO_CLOSE, grouped, middles
from registry.maps.viewport import (
    MAX_FEATURES,
    Box,
    Cluster,
    Point,
    features,
    level_of,
    tiles,
)
from registry.search.index import morton
from tests.factories.dots import Dot, places_of

ROTH = Box(10.9, 48.9, 11.5, 49.4)
WORLD = Box(-180, -90, 180, 90)
Feature = Cluster | Point
DOTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
ZOOMS = st.integers(-5, 30)
BOXES = st.builds(
    Box.clamped,
    *(st.floats(-1000, 1000), st.floats(-90, 0), st.floats(-1000, 1000), st.floats(0, 90)),
)


@st.composite
def many_dots(draw: st.DrawFn) -> list[Dot]:
    spots = draw(st.lists(DOTS, max_size=40))
    return spots + (draw(st.lists(st.sampled_from(spots), max_size=10)) if spots else [])


def count(drawn: list[Feature]) -> int:
    return sum(each.count if isinstance(each, Cluster) else len(each.keys) for each in drawn)


def in_view(dot: Dot, box: Box, zoom: int) -> bool:
    level = level_of(box, zoom)
    column, row = (int(each) for each in morton.tiles(*dot, level))
    parts = tiles(box, level)
    return any(t.west <= column <= t.east and t.north <= row <= t.south for t in parts)


@given(many_dots(), BOXES, ZOOMS)
def test_counts_add_up_to_the_places_in_view(dots: list[Dot], box: Box, zoom: int) -> None:
    assert count(features(places_of(dots), box, zoom)) == sum(in_view(d, box, zoom) for d in dots)


@given(many_dots(), many_dots(), BOXES, ZOOMS)
def test_places_that_came_lately_are_drawn_like_the_others(
    dots: list[Dot], fresh: list[Dot], box: Box, zoom: int
) -> None:
    apart, together = places_of(dots, fresh), places_of([*dots, *fresh])
    assert features(apart, box, zoom) == features(together, box, zoom)


@given(many_dots(), BOXES, ZOOMS, st.randoms(use_true_random=False))
def test_the_order_of_places_changes_nothing(
    dots: list[Dot], box: Box, zoom: int, chance: random.Random
) -> None:
    shuffled = dots[:]
    chance.shuffle(shuffled)
    one, other = (features(places_of(each), box, zoom) for each in (dots, shuffled))
    assert [(each.lat, each.lon) for each in one] == [(each.lat, each.lon) for each in other]


@given(many_dots(), ZOOMS)
def test_a_cluster_lies_in_the_box_that_shows_it(dots: list[Dot], zoom: int) -> None:
    for each in features(places_of(dots), WORLD, zoom):
        if isinstance(each, Cluster):
            assert each.box.south <= each.lat <= each.box.north
            assert each.box.west <= each.lon <= each.box.east
            assert each.count > 1


SQUARES = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 80), st.integers(1, 9)), min_size=1, max_size=60
)


@given(SQUARES)
def test_no_two_groups_overlap(squares: list[tuple[int, int, int]]) -> None:
    x, y, weight = (np.array(each, float) for each in zip(*squares, strict=True))
    x, y = x / 8, y / 8
    group = grouped(np.floor(x) * 1000 + np.floor(y), x, y, weight)
    places = list(zip(*(each.tolist() for each in middles(group, x, y, weight)), strict=True))
    apart = [hypot(a - c, b - d) for n, (a, b) in enumerate(places) for c, d in places[:n]]
    assert all(each >= TOO_CLOSE for each in apart)


@pytest.mark.parametrize("zoom", [0, 3, 8, 12, 16])
def test_a_place_in_the_view_is_drawn_across_the_antimeridian(zoom: int) -> None:
    taveuni = places_of([(-16.85, -179.97)])
    box = Box.clamped(177, -18, 182, -15)
    assert box.crosses_antimeridian
    assert features(taveuni, box, zoom) == [Point(-16.85, -179.97, (1,))]


def test_the_tiles_on_both_sides_of_the_antimeridian_are_asked_once() -> None:
    assert [part.number for part in tiles(Box(170, -10, -170, 10), 0)] == [1]
    assert len(tiles(Box(170, -10, -170, 10), 5)) == 2


@pytest.mark.parametrize("zoom", [0, 10, 18])
def test_no_places_draw_nothing(zoom: int) -> None:
    assert features(places_of([]), ROTH, zoom) == []


def test_neighbours_are_a_cluster_until_the_view_is_close() -> None:
    town_hall, library = (49.2460, 11.0910), (49.2470, 11.0930)
    [cluster] = features(places_of([town_hall, library]), ROTH, 9)
    assert isinstance(cluster, Cluster)
    assert cluster.count == 2
    around = Box(11.09, 49.245, 11.095, 49.248)
    assert len(features(places_of([town_hall, library]), around, 16)) == 2


@pytest.mark.parametrize("zoom", [3, 12, 16, 19])
def test_places_at_the_same_coordinates_are_one_point_at_every_zoom(zoom: int) -> None:
    house = places_of([(49.2, 11.1), (49.2, 11.1)])
    around = Box(11.0995, 49.1995, 11.1005, 49.2005)
    assert features(house, around, zoom) == [Point(49.2, 11.1, (1, 2))]


def test_too_many_points_are_drawn_as_clusters_instead() -> None:
    dots = [(-60 + n * 0.02, -170 + n * 0.05) for n in range(MAX_FEATURES + 500)]
    drawn = features(places_of(dots), WORLD, 18)
    assert len(drawn) <= MAX_FEATURES
    assert count(drawn) == len(dots)


def test_the_same_tile_asked_with_rounded_borders_is_the_same_view() -> None:
    [exact] = tiles(Box(11.25, 48.922499, 11.601562, 49.152970), 10)
    assert exact.number == 1


def test_a_box_wider_than_the_world_is_the_world() -> None:
    assert Box.clamped(-400, -100, 400, 100) == WORLD
