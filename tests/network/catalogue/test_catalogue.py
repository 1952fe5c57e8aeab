"""Each question of the catalogue has the answer that can be seen in a small network."""

from dataclasses import replace
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.network.analysis import Network, figures
from registry.network.catalogue import brokers, failing, shape
from registry.network.catalogue.partners import partners
from registry.network.catalogue.ranks import Compared, shown
from registry.network.catalogue.results import digest, results
from registry.network.state import Kind, Rule, Standing, State
from registry.network.trust import Detail
from tests.network.catalogue.literal import (
    ALONE,
    APART,
    CIRCLE,
    EMPTY,
    EVERYBODY,
    NO,
    STAR,
    TWO_CLIQUES,
    link,
    of,
    state,
)

KITE = of(nx.krackhardt_kite_graph())


def who_brokers(given: State) -> list[int]:
    return [each.actor for each in results(given).brokers]


def test_whoever_is_named_twice_by_the_same_counts_once() -> None:
    twice = replace(STAR, links=(*STAR.links, link(0, 1, kind=Kind.JOINT)))
    found = partners(twice)
    assert found.named == {0: 5, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert found.most_named == (0,)


def test_a_link_that_one_side_reports_names_only_the_other() -> None:
    assert partners(replace(state(2, []), links=(link(0, 1, by_target=None),))).named == {
        0: 0,
        1: 1,
    }


def test_silence_is_not_isolation() -> None:
    known = state(3, [(0, 1)])
    silent = replace(known, nodes={**known.nodes, 2: replace(known.nodes[2], answered=False)})
    assert partners(known).isolated == (2,)
    assert (partners(silent).isolated, partners(silent).unknown) == ((), (2,))
    assert partners(silent).standing[0] is Standing.CONNECTED


def test_in_the_kite_the_one_between_is_not_the_one_with_most_partners() -> None:
    assert who_brokers(KITE) == [7]


def test_the_middle_of_a_star_brokers() -> None:
    assert who_brokers(STAR) == [0]


def test_both_ends_of_the_only_link_between_two_groups_broker() -> None:
    assert who_brokers(TWO_CLIQUES) == [3, 4]


@pytest.mark.parametrize("network", [EMPTY, ALONE, CIRCLE, EVERYBODY, APART])
def test_nobody_brokers_where_nobody_stands_out(network: State) -> None:
    assert who_brokers(network) == []


def test_effective_sizes_are_those_of_networkx() -> None:
    graph = KITE.graph()
    sizes = brokers.effective_sizes(graph)
    assert sizes == pytest.approx(nx.effective_size(graph))
    assert sizes[7] == pytest.approx(3 - 2 / 3)


SPORT_AND_LANGUAGE = {0: ("sport",), 1: ("sport",), 3: ("language",), 4: ("language",)}


def only(given: State) -> list[brokers.Between]:
    groups = {key: node.fields for key, node in given.nodes.items()}
    return list(brokers.only_contacts(given.graph(), groups))


def test_the_only_contact_between_two_fields() -> None:
    found = only(state(5, [(0, 1), (1, 2), (2, 3), (3, 4)], fields=SPORT_AND_LANGUAGE))
    assert found == [brokers.Between(2, "language", "sport")]


@pytest.mark.parametrize(
    "more",
    [[(0, 3)], [(0, 5), (5, 4)]],
    ids=["two of them work together", "another knows both"],
)
def test_a_second_way_between_two_fields_leaves_nobody_the_only_contact(
    more: list[tuple[int, int]],
) -> None:
    links = [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert only(state(6, [*links, *more], fields=SPORT_AND_LANGUAGE)) == []


def test_fields_that_share_an_actor_need_no_contact() -> None:
    shared = {**SPORT_AND_LANGUAGE, 5: ("sport", "language")}
    assert only(state(6, [(1, 2), (2, 3)], fields=shared)) == []


def test_without_its_middle_a_star_falls_into_single_actors() -> None:
    (found,) = results(STAR).failing
    assert (found.actor, found.pieces, found.lost) == (0, (1, 1, 1, 1, 1), 4)
    assert failing.falls_away(STAR, 0).alone == (1, 2, 3, 4, 5)


def test_the_bridge_between_two_groups_and_both_of_its_ends_hold_the_network_together() -> None:
    found = results(TWO_CLIQUES)
    assert [(each.actor, each.pieces) for each in found.failing] == [(3, (4, 3)), (4, (4, 3))]
    assert found.bridges == (failing.Bridge(3, 4, 4),)
    falling = failing.falls_away(TWO_CLIQUES, 3)
    assert falling.pieces == ((4, 5, 6, 7), (0, 1, 2))
    assert falling.cut_off == (0, 1, 2)
    assert falling.alone == ()


def test_where_everybody_works_with_everybody_nobody_is_missed() -> None:
    found = results(EVERYBODY)
    assert (found.failing, found.bridges) == ((), ())
    assert failing.falls_away(EVERYBODY, 0).cut_off == ()


def test_the_tail_of_the_kite_hangs_on_two_actors() -> None:
    assert [(each.actor, each.pieces) for each in results(KITE).failing] == [
        (7, (7, 2)),
        (8, (8, 1)),
    ]


def test_two_groups_without_a_link_are_two_parts() -> None:
    assert results(APART).parts == ((0, 1, 2, 3), (4, 5, 6, 7))
    assert results(ALONE).parts == results(EMPTY).parts == ()


def test_the_core_is_whoever_has_most_partners_within_it() -> None:
    tail = state(6, [*clique_of_four(), (3, 4), (4, 5)])
    assert results(tail).core == shape.Core(3, (0, 1, 2, 3))
    assert results(ALONE).core == shape.Core(0, ())


def clique_of_four() -> list[tuple[int, int]]:
    return [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_links_between_fields_count_in_each_field_of_both() -> None:
    fields = {0: ("sport",), 1: ("sport", "health"), 2: ("health",)}
    graph = state(3, [(0, 1), (1, 2)]).graph()
    found = shape.mixing(graph, fields)
    assert found.groups == ("health", "sport")
    assert found.between("sport", "health") == found.between("health", "sport") == 2
    assert found.between("sport", "sport") == 1
    assert found.between("health", "health") == 1


def test_a_contested_link_does_not_count_where_both_have_to_say_so() -> None:
    contested = replace(state(2, []), links=(link(0, 1, by_target=NO),))
    assert contested.graph().number_of_edges() == 1
    assert contested.graph(rule=Rule.BOTH).number_of_edges() == 0


def test_equal_values_share_a_rank() -> None:
    found = shown({"a": 0.5, "b": 0.2, "c": 0.5, "d": 0.1}, Detail.RANKS)
    assert [found[key].rank for key in "acbd"] == [1, 1, 3, 4]


def test_thirds_give_no_number_away() -> None:
    found = shown({"a": 0.5, "b": 0.2, "c": 0.1}, Detail.THIRDS)
    assert found == {"a": Compared(third=3), "b": Compared(third=2), "c": Compared(third=1)}


def test_with_few_answers_only_what_was_counted_is_said() -> None:
    assert shown({"a": 4}, Detail.COUNTS, counted=True) == {"a": Compared(4)}
    assert shown({"a": 0.4}, Detail.COUNTS) == {"a": Compared()}


networks = st.integers(2, 14).flatmap(
    lambda size: st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))).map(
        lambda links: (size, sorted({(min(pair), max(pair)) for pair in links if len({*pair}) > 1}))
    )
)


@settings(max_examples=150, deadline=None)
@given(networks)
def test_what_falls_apart_is_what_networkx_finds_by_removing_it(
    drawn: tuple[int, list[tuple[int, int]]],
) -> None:
    given_state = state(*drawn)
    graph = given_state.graph()
    found = failing.failing(graph)
    assert {each.actor for each in found} == set(nx.articulation_points(graph))
    for each in found:
        pieces = failing.falls_away(given_state, each.actor).pieces
        assert tuple(map(len, pieces)) == each.pieces
    assert {(each.one, each.other) for each in failing.bridges(graph)} == {
        (min(pair), max(pair)) for pair in nx.bridges(graph)
    }
    for bridge in failing.bridges(graph):
        cut = graph.copy()
        cut.remove_edge(bridge.one, bridge.other)
        sides = [len(nx.node_connected_component(cut, end)) for end in (bridge.one, bridge.other)]
        assert bridge.lost == min(sides)


@settings(max_examples=100, deadline=None)
@given(networks, st.randoms(use_true_random=False))
def test_no_answer_depends_on_names_or_order(
    drawn: tuple[int, list[tuple[int, int]]], random: Random
) -> None:
    size, links = drawn
    names = random.sample(range(100), size)
    shuffled: Network = nx.Graph()
    shuffled.add_nodes_from(names)
    mixed = [(names[one], names[other])[:: random.choice((1, -1))] for one, other in links]
    random.shuffle(mixed)
    shuffled.add_edges_from(mixed)
    plain = state(size, links).graph()
    assert answers(shuffled, {name: key for key, name in enumerate(names)}) == answers(
        plain, {key: key for key in range(size)}
    )


def test_the_same_network_read_in_another_order_is_the_same() -> None:
    other = replace(STAR, nodes=dict(reversed(STAR.nodes.items())), links=STAR.links[::-1])
    assert digest(STAR.graph()) == digest(other.graph())
    assert results(STAR) is results(other)
    assert digest(STAR.graph()) != digest(replace(STAR, links=STAR.links[1:]).graph())


def answers(graph: Network, back: dict[int, int]) -> list[object]:
    """Return all answers about a network under the names of another."""
    known = figures(graph)
    fields = {actor: "abc"[back[actor] % 3] for actor in graph}
    return [
        {back[each.actor] for each in brokers.brokers(graph, known)},
        {(back[each.actor], each.one, each.other) for each in brokers.only_contacts(graph, fields)},
        {(back[each.actor], each.pieces) for each in failing.failing(graph)},
        {(frozenset((back[e.one], back[e.other])), e.lost) for e in failing.bridges(graph)},
        {frozenset(back[actor] for actor in part) for part in shape.parts(graph)},
        {back[actor] for actor in shape.core(known).actors},
        dict(shape.mixing(graph, fields).counts),
    ]
