"""Betweenness in pieces is the same as at once, and honest before it is finished."""

from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.analysis import figures
from registry.network.catalogue.results import digest
from registry.network.large import following, queries, services
from registry.network.large.outline import outline
from registry.network.large.paths import Sums, add, estimate, lines, order
from registry.network.queries import load_state
from registry.network.rounds.models import Asked, Round
from registry.network.state import Kind
from registry.network.trust import Trust, trust
from tests.factories.actors import make_actor
from tests.network.test_register import linked

DAY = date(2026, 11, 2)


@pytest.mark.parametrize("seed", range(4))
def test_all_pieces_together_are_exact(seed: int) -> None:
    graph = nx.gnm_random_graph(60, 50 + 30 * seed, seed=seed)
    net, sums = lines(graph), Sums.none(60)
    for start in range(0, 60, 17):
        add(sums, net, order(60)[start : start + 17])
    found = estimate(sums)
    known = nx.betweenness_centrality(graph, normalized=False)
    assert found.exact
    assert np.allclose(found.values, [known[actor] for actor in net.actors], atol=1e-12, rtol=1e-12)
    assert not found.errors.any()


def test_of_those_a_sample_puts_first_the_range_holds_the_value() -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=1)
    net = lines(graph)
    known = nx.betweenness_centrality(graph, normalized=False)
    values = np.array([known[actor] for actor in net.actors])
    held = []
    for seed in range(10):
        sums = Sums.none(400)
        add(sums, net, order(400, seed=seed)[:80])
        found = estimate(sums)
        first = np.argsort(-found.values)[:20]
        held += list(np.abs(found.values - values)[first] <= found.errors[first])
    assert not found.exact
    assert np.mean(held) > 0.9


def test_nothing_followed_yet_is_nothing_known() -> None:
    found = estimate(Sums.none(3))
    assert (found.exact, found.errors.tolist()) == (False, [np.inf] * 3)
    assert estimate(Sums.none(0)).exact


def test_the_outline_is_what_the_figures_say() -> None:
    graph = nx.disjoint_union(nx.krackhardt_kite_graph(), nx.path_graph(3))
    graph.add_node(13)
    found, known = outline(graph, 1), figures(graph)
    assert (found.nodes, found.edges, found.mean_degree) == (14, 20, known.mean_degree)
    assert (found.density, found.centralization) == (known.density, known.degree_centralization)
    assert (found.parts, found.alone, found.largest) == (2, 1, 10)
    assert (found.bridges, found.cutting) == (
        known.bridges,
        sum(each.articulation for each in known.actors.values()),
    )
    assert (found.core, found.core_actors, found.partners) == (3, 7, ((3, 6),))
    assert outline(nx.Graph()).parts == 0


def test_a_large_network_is_read_as_its_state_would_be(database: None) -> None:
    made = [make_actor(name=name) for name in ("Eins", "Zwei", "Drei", "Vier")]
    linked(made[0], made[1], source=2)
    linked(made[1], made[2], source=0, target=2)
    linked(made[2], made[3], source=0)
    linked(made[3], made[0], kind=Kind.WISH, source=1)
    linked(made[0], make_actor(name="Entwurf", status="draft"), source=1)
    state = load_state("09576", DAY).concerned
    found = queries.load_network("09576", DAY)
    assert digest(found) == digest(state.graph())
    assert found.number_of_edges() == 2


def test_a_large_network_is_trusted_as_its_state_would_be(database: None) -> None:
    made = [make_actor(name=name) for name in ("Eins", "Zwei", "Drei")]
    asking = Round(region="09576", name="Herbst", deadline=DAY, started_on=DAY)
    db.session.add(asking)
    for actor, answered in zip(made, (DAY, DAY, None), strict=True):
        db.session.add(Asked(round=asking, actor=actor, asked_on=DAY, answered_on=answered))
    linked(made[0], made[1], source=2, target=1)
    linked(made[1], made[2], source=1, target=1)
    linked(made[1], made[0], kind=Kind.REFERRAL, source=1, target=0)
    state = load_state("09576", DAY)
    assert queries.load_trust("09576", DAY) == trust(state) == Trust(3, 2, 2, 1)


def test_a_run_goes_on_where_it_was_left_off_and_ends_exact(database: None, cast: Any) -> None:
    made = [make_actor(name=f"A{number}") for number in range(4)]
    for one, other in pairwise(made):
        linked(one, other, source=1)
    graph = queries.load_network("09576", DAY)
    with pytest.raises(NotFound):
        services.begin(cast.boris.as_who(), "09576", digest(graph), 4)
    run = services.begin(CONSOLE, "09576", digest(graph), len(graph))
    db.session.commit()
    assert following.left_alone(run)
    begun = Sums.none(4)
    add(begun, lines(graph), order(4)[:3])
    following.note(run, begun)
    db.session.commit()
    assert following.work(run.uuid, DAY) == 1
    db.session.expire_all()
    run = services.begin(CONSOLE, "09576", digest(graph), len(graph))
    assert estimate(following.sums_of(run)).values.tolist() == [0, 2, 2, 0]
    linked(made[0], made[3], source=1)
    db.session.commit()
    assert following.work(run.uuid, DAY) == 0
