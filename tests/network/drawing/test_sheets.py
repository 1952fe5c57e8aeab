"""The network as a matrix and on a sheet of A3."""

from dataclasses import replace

import pytest
from defusedxml import ElementTree

from registry.network.drawing.marks import marks
from registry.network.drawing.matrix import by_category, by_core, matrix
from registry.network.drawing.poster import Words, lettered, poster
from registry.network.drawing.scene import placed, scene
from registry.network.state import Kind, Rule
from tests.factories.network import said, state

WORDS = Words(
    title="Netzwerk <Roth>",
    subtitle="Stand 2. November 2026",
    headings={"isolated": "Isoliert", "unknown": "Unbekannt"},
    legend="Zeichen",
    categories=[("Verbände & Vereine", marks(["welfare"])["welfare"])],
    states={"confirmed": "bestätigt", "one-sided": "einseitig", "contested": "strittig"},
    thickness="Dicke",
    direction="Pfeil",
    facts=["Rücklauf 3 von 4", "Gezählt, wenn eine Seite meldet"],
    example="Beispieldaten",
)


def test_a_link_without_direction_stands_in_both_halves() -> None:
    found = matrix(state("ab"), [1, 2])
    assert set(found.cells) == {(1, 2), (2, 1)}
    assert found.cells[1, 2].state == "confirmed"


def test_of_a_directed_kind_the_row_is_the_source() -> None:
    found = matrix(state("ab", kind=Kind.FUNDING), [1, 2], [Kind.FUNDING])
    assert (found.directed, set(found.cells)) == (True, {(1, 2)})


def test_only_confirmed_links_are_there_if_asked_for() -> None:
    assert not matrix(state("ab", both=False), [1, 2], rule=Rule.BOTH).cells


def test_actors_can_be_ordered_by_category_or_from_the_core_to_the_rim() -> None:
    network = state("ab bc ca cd", alone="e")
    sports = replace(network.nodes[4], category="sports")
    network = replace(network, nodes={**network.nodes, 4: sports})
    assert by_category(network, ["sports"]) == [4, 1, 2, 3, 5]
    assert by_core(network.graph(), network) == [3, 1, 2, 4, 5]


def test_a_poster_is_a_document_that_says_what_it_rests_on() -> None:
    network = state("ab bc", alone="d", silent="e")
    evil = replace(network.nodes[1], name="</svg><script>")
    denied = replace(network.links[0], by_target=said(0))
    network = replace(network, nodes={**network.nodes, 1: evil}, links=(denied, network.links[1]))
    root = ElementTree.fromstring(poster(scene(network, placed(network), marks([])), WORDS))
    words = " ".join(root.itertext())
    for expected in ("Netzwerk <Roth>", "Rücklauf 3 von 4", "Beispieldaten", "</svg><script>"):
        assert expected in words
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    assert not [each for each in root.iter() if each.get("style") or "script" in each.tag]


@pytest.mark.parametrize("actors", ["", "a"])
def test_a_network_of_nobody_or_of_one_has_a_poster_too(actors: str) -> None:
    network = state("", alone=actors)
    assert ElementTree.fromstring(poster(scene(network, placed(network), marks([])), WORDS))


def test_words_can_be_set_apart_from_the_drawing() -> None:
    network = state("ab", alone="c")
    drawn = scene(network, placed(network), marks([]))
    drawing, words = lettered(drawn, WORDS)
    assert "<text" not in drawing
    told = {each.words: each for each in words}
    assert told["Netzwerk <Roth>"].size == 38
    assert told["a"].anchor == "middle"
    assert 0 < told["a"].x < 1200
    assert told["a"].y < told["Isoliert"].y < told["c"].y
