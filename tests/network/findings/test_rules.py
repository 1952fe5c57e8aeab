"""Each rule finds its matter in a small network, and nothing in one that has none."""

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from registry.network.catalogue.bodies import Body
from registry.network.catalogue.cells import Needed, cells
from registry.network.catalogue.same_offers import OfferFacts
from registry.network.findings.rules import Inputs, find
from registry.network.state import State
from tests.network.catalogue.literal import (
    APART,
    EMPTY,
    EVERYBODY,
    NO,
    STAR,
    TWO_CLIQUES,
    link,
    of,
    state,
)


def kinds(given: State | Inputs) -> dict[str, tuple[int, ...]]:
    """Return the kinds found with the actors of the last finding of each."""
    known = given if isinstance(given, Inputs) else Inputs(given)
    return {each.kind: each.actors for each in find(known)}


def silent(given: State, *actors: int) -> State:
    nodes = {key: replace(node, answered=key not in actors) for key, node in given.nodes.items()}
    return replace(given, nodes=nodes)


@pytest.mark.parametrize("network", [EMPTY, EVERYBODY])
def test_nothing_is_found_where_there_is_nothing_to_talk_about(network: State) -> None:
    assert find(Inputs(network)) == []


def test_the_hub_of_a_star_connects_and_is_a_single_point_of_failure() -> None:
    assert kinds(STAR) == {"broker": (0,), "failing": (0,)}


def test_both_ends_of_a_bridge_are_found() -> None:
    found = find(Inputs(TWO_CLIQUES))
    assert [(each.kind, each.actors) for each in found] == [
        ("broker", (3,)),
        ("broker", (4,)),
        ("failing", (3,)),
        ("failing", (4,)),
    ]
    assert found[2].facts["lost"] == 3


def test_whoever_connects_but_two_small_actors_is_no_single_point_of_failure() -> None:
    assert kinds(of(nx.krackhardt_kite_graph())) == {"broker": (7,)}


def test_groups_without_a_link_are_found_by_their_sizes() -> None:
    (found,) = find(Inputs(APART))
    assert (found.kind, found.key, found.facts["sizes"]) == ("parts", "parts", [4, 4])


def test_isolated_and_unknown_are_two_matters() -> None:
    four = state(4, [(0, 1)])
    assert kinds(silent(four, 3)) == {"isolated": (2,), "unknown": (3,)}


def test_whoever_was_never_asked_is_not_found() -> None:
    three = silent(state(3, [(0, 1)]), 2)
    unasked = {**three.nodes, 2: replace(three.nodes[2], asked=False)}
    assert kinds(replace(three, nodes=unasked)) == {}


def test_with_few_answers_nobody_is_said_to_connect() -> None:
    assert kinds(silent(TWO_CLIQUES, 0, 1, 5, 6)) == {"few_answers": ()}


def test_where_nobody_was_asked_nothing_can_be_compared() -> None:
    nodes = {key: replace(node, asked=False, answered=False) for key, node in STAR.nodes.items()}
    (found,) = find(Inputs(replace(STAR, nodes=nodes)))
    assert (found.kind, found.facts["asked"]) == ("few_answers", 0)


def test_both_sides_contradicting_each_other_are_one_matter_in_any_order() -> None:
    pair = replace(state(2, []), links=(link(0, 1, by_target=NO),))
    turned = replace(pair, links=(link(1, 0, by_source=NO),))
    (found,), (same,) = find(Inputs(pair)), find(Inputs(turned))
    assert (found.kind, found.actors) == ("contested", (0, 1))
    assert found.key == same.key


def body(key: str, *members: int, form: str = "body", fields: tuple[str, ...] = ()) -> Body:
    return Body(key, key, form, dict.fromkeys(members, "member"), fields)


def test_bodies_that_share_most_members_overlap_but_not_named_networks() -> None:
    bodies = [
        body("a", 0, 1, 2, 3),
        body("b", 0, 1, 2, 3, 4),
        body("c", 0, 1, 2, 3, form="network"),
    ]
    (found,) = find(Inputs(EVERYBODY, bodies=bodies))
    assert (found.kind, found.actors) == ("overlapping", (0, 1, 2, 3))
    assert {**found.facts, "bodies": ["a", "b"], "shared": 4, "members": 5} == found.facts


def test_a_field_of_actors_that_no_body_deals_with() -> None:
    worked = state(2, [(0, 1)], fields={0: ("sport",), 1: ("health",)})
    known = Inputs(
        worked, bodies=[body("a", 0, fields=("sport",))], fields=("sport", "health", "work")
    )
    (found,) = find(known)
    assert (found.kind, found.facts["fields"]) == ("no_body", ["health"])


COURSE: dict[str, Any] = {
    "fields": ("language",),
    "municipalities": ("09576143",),
    "languages": ("de",),
    "slots": ((1, "evening"),),
}


def test_the_same_course_of_two_providers_is_to_be_checked() -> None:
    offers = [OfferFacts("x", 0, **COURSE), OfferFacts("y", 1, **COURSE)]
    (found,) = find(Inputs(EVERYBODY, offers=offers))
    assert (found.kind, found.actors) == ("same_offers", (0, 1))
    assert found.facts["offers"] == ["x", "y"]
    assert (found.facts["field"], found.facts["slots"]) == ("language", [[1, "evening"]])


def test_a_need_that_nobody_meets_hides_small_numbers() -> None:
    needs = [Needed("n", "advice", "09576143", "ar", persons=2)]
    (found,) = find(Inputs(EVERYBODY, cells=cells(needs, [])))
    assert (found.kind, found.key, found.facts["persons"]) == ("open_cell", "open_cell:n", None)


def test_a_single_provider_is_found_and_who_could_close_a_gap_together() -> None:
    """0 offers advice elsewhere; 5 is where it is needed, and no way leads from 0 to 5."""
    nodes = {**APART.nodes, 5: replace(APART.nodes[5], municipalities=("09576127",))}
    offers = [OfferFacts("x", 0, fields=("advice",), municipalities=("09576143",))]
    needs = [Needed(ags, "advice", ags, persons=20) for ags in ("09576143", "09576127")]
    known = Inputs(replace(APART, nodes=nodes), offers=offers, cells=cells(needs, offers))
    found = kinds(known)
    assert (found["one_provider"], found["meeting"]) == ((0,), (0, 5))


def test_a_key_fits_its_column_and_every_finding_says_what_it_rests_on() -> None:
    for each in [*find(Inputs(STAR)), *find(Inputs(TWO_CLIQUES)), *find(Inputs(APART))]:
        assert len(each.key) <= 80
        assert {"asked", "answered", "pairs", "confirmed"} <= each.facts.keys()
