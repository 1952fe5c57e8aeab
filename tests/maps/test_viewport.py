"""Clusters and points, as properties that hold for any places in any view."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.maps.viewport import MAX_FEATURES, Box, Cluster, Dot, Point, cell, features

ROTH = Box(10.9, 48.9, 11.5, 49.4)
WORLD = Box(-180, -90, 180, 90)
LATS = st.floats(-90, 90, allow_nan=False)
LONS = st.floats(-180, 180, allow_nan=False)
ZOOMS = st.integers(-5, 30)
BOXES = st.builds(
    Box.clamped,
    *(st.floats(-1000, 1000), st.floats(-90, 0), st.floats(-1000, 1000), st.floats(0, 90)),
)


@st.composite
def many_dots(draw: st.DrawFn) -> list[Dot]:
    spots = draw(st.lists(st.tuples(LATS, LONS), max_size=40))
    twice = draw(st.lists(st.sampled_from(spots), max_size=10)) if spots else []
    return [Dot(key, lat, lon) for key, (lat, lon) in enumerate([*spots, *twice])]


def places_in(drawn: list[Cluster | Point]) -> int:
    return sum(each.count if isinstance(each, Cluster) else len(each.keys) for each in drawn)


@given(many_dots(), BOXES, ZOOMS)
def test_counts_add_up_to_the_places_in_the_box(dots: list[Dot], box: Box, zoom: int) -> None:
    inside = [dot for dot in dots if box.holds(dot.lat, dot.lon)]
    assert places_in(features(dots, box, zoom)) == len(inside)


@given(many_dots(), BOXES, ZOOMS, st.randoms(use_true_random=False))
def test_the_order_of_places_changes_nothing(
    dots: list[Dot], box: Box, zoom: int, chance: random.Random
) -> None:
    shuffled = dots[:]
    chance.shuffle(shuffled)
    assert features(shuffled, box, zoom) == features(dots, box, zoom)


@given(many_dots(), ZOOMS)
def test_a_cluster_lies_in_the_box_that_shows_it(dots: list[Dot], zoom: int) -> None:
    for each in features(dots, WORLD, zoom):
        if isinstance(each, Cluster):
            # The mean of floats may miss the edge by the last digit.
            assert each.box.south - 1e-9 <= each.lat <= each.box.north + 1e-9
            assert each.box.west - 1e-9 <= each.lon <= each.box.east + 1e-9
            assert each.count > 1


@given(LATS, LONS, LONS, LONS)
def test_a_box_across_the_antimeridian_holds_what_its_two_halves_hold(
    lat: float, lon: float, west: float, east: float
) -> None:
    box = Box(west, -90, east, 90)
    halves = [Box(west, -90, 180, 90), Box(-180, -90, east, 90)]
    expected = box.west <= lon <= box.east or (
        box.crosses_antimeridian and any(half.holds(lat, lon) for half in halves)
    )
    assert box.holds(lat, lon) == expected


def test_fiji_is_found_from_both_sides_of_the_antimeridian() -> None:
    taveuni = Dot(1, -16.85, -179.97)
    assert features([taveuni], Box.clamped(177, -18, 182, -15), 8) == [Point(-16.85, -179.97, (1,))]


@pytest.mark.parametrize("zoom", [0, 10, 18])
def test_no_places_draw_nothing(zoom: int) -> None:
    assert features([], ROTH, zoom) == []


def test_neighbours_are_a_cluster_until_the_view_is_close() -> None:
    town_hall, library = Dot(1, 49.2460, 11.0910), Dot(2, 49.2470, 11.0930)
    [cluster] = features([town_hall, library], ROTH, 9)
    assert isinstance(cluster, Cluster)
    assert cluster.count == 2
    assert len(features([town_hall, library], ROTH, 16)) == 2


@pytest.mark.parametrize("zoom", [3, 12, 16, 19])
def test_places_at_the_same_coordinates_are_one_point_at_every_zoom(zoom: int) -> None:
    house = [Dot(1, 49.2, 11.1), Dot(2, 49.2, 11.1)]
    assert features(house, ROTH, zoom) == [Point(49.2, 11.1, (1, 2))]


def test_too_many_points_are_drawn_as_clusters_instead() -> None:
    dots = [Dot(n, -60 + n * 0.02, -170 + n * 0.05) for n in range(MAX_FEATURES + 500)]
    drawn = features(dots, WORLD, 18)
    assert len(drawn) <= MAX_FEATURES
    assert places_in(drawn) == len(dots)


def test_the_corners_of_the_world_have_a_cell() -> None:
    assert cell(Dot(1, 90, 180), 2) == (3, 0)
    assert cell(Dot(1, -90, -180), 2) == (0, 3)


def test_a_box_wider_than_the_world_is_the_world() -> None:
    assert Box.clamped(-400, -100, 400, 100) == WORLD
