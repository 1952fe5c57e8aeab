"""Where actors stand in the picture."""

import random
from uuid import UUID

import pytest

from registry.network.drawing.layout import CELL, Layout, distance, layout

Pairs = set[tuple[int, int]]


def network(actors: int, links: int, seed: int = 1) -> tuple[dict[int, str], Pairs]:
    chance = random.Random(seed)
    keys = {key: str(UUID(int=chance.getrandbits(128))) for key in range(actors)}
    pairs: Pairs = set()
    while len(pairs) < links:
        one, other = sorted(chance.sample(range(actors), 2))
        pairs.add((one, other))
    return keys, pairs


def laid_out(keys: dict[int, str], pairs: Pairs) -> Layout:
    return layout(keys.items(), pairs, {})


def test_the_order_of_reading_does_not_matter() -> None:
    keys, pairs = network(30, 60)
    turned = layout(reversed(keys.items()), sorted(pairs, reverse=True), {})
    assert turned == laid_out(keys, pairs)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_changed_link_moves_others_little(seed: int) -> None:
    keys, pairs = network(80, 200, seed)
    before = laid_out(keys, pairs)
    after = laid_out(keys, pairs - {min(pairs)})
    moved = sorted(distance(before.spots[key], after.spots[key]) for key in keys)
    assert moved[len(moved) // 2] < 0.12 * before.width


def test_eighty_names_do_not_cover_each_other() -> None:
    keys, pairs = network(80, 200)
    spots = list(laid_out(keys, pairs).spots.values())
    assert not [
        (one, other)
        for place, one in enumerate(spots)
        for other in spots[:place]
        if abs(one[0] - other[0]) < 0.95 * CELL[0] and abs(one[1] - other[1]) < 0.9 * CELL[1]
    ]


def test_actors_without_a_link_stand_below_in_rows_of_their_own() -> None:
    keys, pairs = network(10, 20)
    lonely, silent = {10: "a", 11: "b"}, {12: "c"}
    made = layout((keys | lonely | silent).items(), pairs, {"alone": lonely, "unknown": silent})
    lowest = max(made.spots[key][1] for key in keys)
    assert [row.name for row in made.rows] == ["alone", "unknown"]
    assert lowest < made.rows[0].top < made.spots[10][1] < made.rows[1].top < made.spots[12][1]


def test_parts_without_a_link_between_them_stand_apart() -> None:
    pairs = {(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)}
    made = laid_out({key: str(key) for key in range(6)}, pairs)
    spots = [made.spots[key] for key in range(6)]
    assert max(x for x, _y in spots[:3]) < min(x for x, _y in spots[3:])


def test_nobody_one_and_everybody_with_everybody_can_be_drawn() -> None:
    assert laid_out({}, set()).spots == {}
    assert len(laid_out({1: "a"}, set()).spots) == 1
    everybody = {(one, other) for other in range(12) for one in range(other)}
    assert len(laid_out({key: str(key) for key in range(12)}, everybody).spots) == 12
