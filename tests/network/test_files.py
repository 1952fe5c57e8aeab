"""`registry network analyse` reads what other programs wrote, and says what it cannot read."""

import json
from pathlib import Path

import igraph
import networkx as nx
import pytest
from click.testing import CliRunner

from registry.cli.network import analyse

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def answer(file: Path) -> dict[str, object]:
    done = CliRunner().invoke(analyse, [str(file), "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("directed", [False, True])
def test_a_file_of_another_program_has_the_figures_that_program_counts(
    tmp_path: Path, directed: bool
) -> None:
    file = tmp_path / "net.graphml"
    theirs = igraph.Graph.Erdos_Renyi(n=40, m=70, directed=directed)
    theirs.add_vertices(2)
    theirs.write_graphml(str(file))
    mine = answer(file)
    plain = theirs.as_undirected()
    assert (mine["nodes"], mine["edges"]) == (theirs.vcount(), plain.ecount())
    assert mine["density"] == pytest.approx(theirs.density())
    assert mine["components"] == len(plain.components())
    assert mine["bridges"] == len(plain.bridges())
    assert mine["transitivity"] == pytest.approx(plain.transitivity_undirected())
    actors = list(mine["actors"].values())  # type: ignore[attr-defined]
    assert [each["betweenness"] for each in actors] == pytest.approx(theirs.betweenness())
    assert [each["core"] for each in actors] == plain.coreness()
    assert [each["in_degree"] for each in actors] == theirs.indegree()
    assert [each["degree"] for each in actors] == plain.degree()
    cut = [number for number, each in enumerate(actors) if each["articulation"]]
    assert cut == sorted(plain.articulation_points())
    constraint = [each["constraint"] for each in actors]
    assert constraint[-1] is None
    known = [one for one, degree in zip(plain.constraint(), plain.degree(), strict=True) if degree]
    assert [each for each in constraint if each is not None] == pytest.approx(known)


def test_without_json_it_is_a_text_with_a_line_for_each_actor(tmp_path: Path) -> None:
    file = tmp_path / "kite.graphml"
    nx.write_graphml(nx.krackhardt_kite_graph(), file)
    said = CliRunner().invoke(analyse, [str(file)]).stdout
    assert "density: 0.4000" in said
    assert said.splitlines()[-1].startswith("9\t1\t1\t1\t0.0000")


def graph(content: str) -> str:
    return f'{HEAD}<graph edgedefault="directed">{content}</graph></graphml>'


def test_groups_keep_their_actors_and_links_may_have_a_direction_of_their_own(
    tmp_path: Path,
) -> None:
    """As yEd nests them and Gephi mixes them; other facts of an actor do not matter."""
    file = tmp_path / "net.graphml"
    file.write_text(
        graph(
            '<node id="group"><graph edgedefault="directed"><node id="a"/><node id="b"/>'
            '<edge source="a" target="b"/></graph></node>'
            '<node id="c"><data key="unknown">1</data></node>'
            '<edge source="b" target="c" directed="false"/>'
        )
    )
    actors = answer(file)["actors"]
    told = {key: (each["in_degree"], each["out_degree"]) for key, each in actors.items()}  # type: ignore[attr-defined]
    assert told == {"group": (0, 0), "a": (0, 1), "b": (2, 1), "c": (1, 1)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kein XML",
        "<html/>",
        f"{HEAD}</graphml>",
        graph("<node/>"),
        graph('<node id="a"/><node id="a"/>'),
        graph('<edge source="a"/>'),
        graph('<hyperedge><endpoint node="a"/></hyperedge>'),
        HEAD + 2 * "<graph/>" + "</graphml>",
    ],
)
def test_what_holds_no_network_is_one_clear_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "net.graphml"
    file.write_text(text)
    done = CliRunner().invoke(analyse, [str(file), "--json"])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "net.graphml" in done.stderr
