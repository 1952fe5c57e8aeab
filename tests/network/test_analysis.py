"""The figures agree with what is printed in the literature, and with hand-computed cases."""

from dataclasses import asdict
from math import isnan
from random import Random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.network import analysis
from registry.network.analysis import Network, figures

# Breiger and Pattison 1986; the family that networkx leaves out married into no other.
FLORENTINE = nx.florentine_families_graph()
WITH_PUCCI: Network = FLORENTINE.copy()
WITH_PUCCI.add_node("Pucci")


def star(actors: int) -> Network:
    return nx.star_graph(actors - 1)


def test_krackhardts_kite() -> None:
    found = figures(nx.krackhardt_kite_graph())
    assert (found.nodes, found.edges, found.components) == (10, 18, 1)
    assert found.actors[3].degree == max(each.degree for each in found.actors.values()) == 6
    most = max(found.actors, key=lambda actor: found.actors[actor].betweenness)
    assert most == 7
    assert found.actors[7].betweenness_normalised == pytest.approx(0.389, abs=5e-4)
    assert found.actors[7].betweenness == pytest.approx(14)
    assert found.bridges == 2
    assert [actor for actor, each in found.actors.items() if each.articulation] == [7, 8]


@pytest.mark.parametrize(
    ("family", "share"),
    [("Medici", 0.522), ("Guadagni", 0.255), ("Albizzi", 0.212), ("Salviati", 0.143),
     ("Ridolfi", 0.114), ("Bischeri", 0.104)],
)  # fmt: skip
def test_florentine_families(family: str, share: float) -> None:
    standing = figures(FLORENTINE).actors[family]
    assert standing.betweenness_normalised == pytest.approx(share, abs=5e-4)


def test_a_family_without_ties_changes_the_figures_of_all() -> None:
    without, whole = figures(FLORENTINE), figures(WITH_PUCCI)
    assert (without.nodes, without.edges, without.components) == (15, 20, 1)
    assert without.density == pytest.approx(0.1905, abs=5e-5)
    assert without.degree_centralization == pytest.approx(0.275, abs=5e-4)
    assert without.betweenness_centralization == pytest.approx(0.437, abs=5e-4)
    assert (whole.nodes, whole.edges, whole.components) == (16, 20, 2)
    assert whole.density == pytest.approx(0.1667, abs=5e-5)
    assert whole.degree_centralization == pytest.approx(0.267, abs=5e-4)
    assert whole.betweenness_centralization == pytest.approx(0.383, abs=5e-4)
    assert whole.transitivity == pytest.approx(0.1914894, abs=5e-8)
    assert whole.actors["Pucci"].constraint is None
    assert whole.actors["Pucci"].betweenness == 0


def test_southern_women_in_both_modes() -> None:
    """Davis, Gardner and Gardner 1941; the degree of an event is normalised by the 18 women."""
    davis = nx.davis_southern_women_graph()
    women = {name for name, of in davis.nodes(data=True) if of["bipartite"] == 0}
    found = figures(davis)
    assert (found.nodes, found.edges, len(women)) == (32, 89, 18)
    shares = {name: found.actors[name].degree / 18 for name in ("E8", "E9", "E7")}
    assert shares == pytest.approx({"E8": 0.78, "E9": 0.67, "E7": 0.56}, abs=5e-3)
    assert found.actors["Nora Fayette"].degree / 14 == pytest.approx(0.57, abs=5e-3)
    between = nx.bipartite.betweenness_centrality(davis, women)
    for name, share in {"E8": 0.24, "E9": 0.23, "E7": 0.13, "Nora Fayette": 0.11}.items():
        assert between[name] == pytest.approx(share, abs=5e-3)


def test_structural_holes() -> None:
    """Borgatti 1997, after Burt: the ties of G's partners leave it the most room."""
    holes: Network = nx.Graph(
        [
            (one, other)
            for one, other in ("AB", "AE", "AF", "AG", "BD", "BG", "CG", "DG", "EG", "FG")
        ]
    )
    found = figures(holes)
    assert found.actors["G"].constraint == pytest.approx(0.400, abs=5e-4)
    assert found.actors["A"].constraint == pytest.approx(0.595, abs=5e-4)
    assert found.actors["C"].constraint == pytest.approx(1)


@pytest.mark.parametrize("actors", [3, 4, 9])
def test_a_star_is_as_central_as_can_be_and_a_circle_not_at_all(actors: int) -> None:
    whole, ring = figures(star(actors)), figures(nx.cycle_graph(actors))
    assert whole.degree_centralization == whole.betweenness_centralization == 1
    assert (ring.degree_centralization, ring.betweenness_centralization) == (0, 0)


def test_a_directed_star_whose_rays_answer_is_as_central_as_can_be() -> None:
    assert figures(star(6).to_directed()).betweenness_centralization == pytest.approx(1)


def test_reciprocity_counts_pairs() -> None:
    """Two of three linked pairs name each other: 2/3, where counting links would give 4/5."""
    links: Network = nx.DiGraph([(1, 2), (2, 1), (2, 3), (3, 2), (3, 1)])
    assert figures(links).dyad_reciprocity == pytest.approx(2 / 3)
    assert nx.overall_reciprocity(links) == pytest.approx(4 / 5)
    assert figures(links.to_undirected()).dyad_reciprocity is None


def test_direction_counts_for_names_density_and_paths_alone() -> None:
    links: Network = nx.DiGraph([("a", "b"), ("b", "c"), ("d", "b"), ("b", "a")])
    found = figures(links)
    assert (found.edges, found.density, found.mean_degree) == (3, 4 / 12, 1.5)
    b = found.actors["b"]
    assert (b.in_degree, b.out_degree, b.degree) == (2, 2, 3)
    assert b.betweenness == 3  # a–c, d–a, d–c; nothing leads from c
    assert b.betweenness_normalised == 3 / 6
    assert found.degree_centralization == 1
    assert (found.components, found.bridges) == (1, 3)


def test_links_to_oneself_and_repeated_links_do_not_count() -> None:
    links: Network = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("a", "a"), ("b", "c")])
    plain: Network = nx.DiGraph([("a", "b"), ("b", "c")])
    assert figures(links) == figures(plain)


@pytest.mark.parametrize("actors", [0, 1, 2])
def test_the_smallest_networks_have_figures_where_these_are_defined(actors: int) -> None:
    found = figures(nx.path_graph(actors))
    assert (found.nodes, found.components) == (actors, min(actors, 1))
    assert found.degree_centralization is found.betweenness_centralization is None
    assert found.mean_degree == [None, 0, 1][actors]


def test_everybody_linked_to_everybody_has_no_centre() -> None:
    found = figures(nx.complete_graph(6))
    assert (found.density, found.degree_centralization, found.transitivity) == (1, 0, 1)
    assert {each.core for each in found.actors.values()} == {5}


def network_of(links: list[tuple[int, int]], lonely: set[int], *, directed: bool) -> Network:
    made: Network = nx.DiGraph() if directed else nx.Graph()
    made.add_nodes_from(lonely)
    made.add_edges_from(links)
    return made


NETWORKS = st.builds(
    network_of,
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.sets(st.integers(0, 12)),
    directed=st.booleans(),
)


def rounded(value: Any) -> Any:
    """Return a figure without what the order of adding up leaves at its end."""
    match value:
        case float():
            return round(value, 9)
        case dict():
            return {key: rounded(each) for key, each in value.items()}
    return value


@settings(deadline=None)
@given(NETWORKS, st.randoms(use_true_random=False))
def test_neither_names_nor_order_change_a_figure(network: Network, chance: Random) -> None:
    actors, links = list(network), list(network.edges())
    chance.shuffle(actors)
    chance.shuffle(links)
    again = type(network)()
    again.add_nodes_from(f"Verein {actor}" for actor in actors)
    again.add_edges_from((f"Verein {one}", f"Verein {other}") for one, other in links)
    found = asdict(figures(again))
    found["actors"] = {int(name.split()[1]): each for name, each in found["actors"].items()}
    assert rounded(found) == rounded(asdict(figures(network)))


@given(NETWORKS)
def test_constraint_is_that_of_networkx(network: Network) -> None:
    partners = analysis.undirected(analysis.simple(network))
    expected = nx.constraint(partners)
    assert analysis.constraints(partners) == {
        actor: None if isnan(value) else pytest.approx(value, rel=1e-12)
        for actor, value in expected.items()
    }


def test_the_compiled_backend_gives_the_same() -> None:
    network = nx.barabasi_albert_graph(analysis.MANY, 3, seed=1)
    fast = analysis.betweenness(network)
    plain = nx.betweenness_centrality(network, normalized=False)
    assert fast == pytest.approx(plain, rel=1e-12)
