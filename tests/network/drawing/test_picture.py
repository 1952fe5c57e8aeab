"""What stands in the picture of a network."""

from dataclasses import replace

from defusedxml import ElementTree

from registry.network.drawing import svg
from registry.network.drawing.marks import marks
from registry.network.drawing.scene import Scene, as_data, named, placed, scene
from registry.network.state import Kind, Link, State
from tests.factories.network import said, state


def drawn(network: State, **asked: object) -> Scene:
    return scene(network, placed(network), marks(["welfare"]), **asked)  # type: ignore[arg-type]


def test_no_two_of_eighteen_categories_look_alike_even_without_colour() -> None:
    found = marks([f"category {number}" for number in range(18)])
    assert len({(mark.shape, mark.filled) for mark in found.values()}) == 18
    assert len(set(found.values())) == 19


def test_a_line_is_as_thick_as_the_closest_link_and_confirmed_if_one_is() -> None:
    network = state("ab")
    one_sided = Link("x", Kind.REFERRAL, 2, 1, said(3))
    (line,) = drawn(replace(network, links=(*network.links, one_sided))).lines
    assert (line.state, line.intensity, line.arrows) == ("confirmed", 3, (False, False))


def test_a_directed_kind_has_an_arrow_at_its_end() -> None:
    (line,) = drawn(state("ab", kind=Kind.FUNDING)).lines
    assert line.arrows == (False, True)


def test_a_link_that_one_side_denies_is_marked() -> None:
    network = state("ab")
    denied = replace(network.links[0], by_target=said(0))
    (line,) = drawn(replace(network, links=(denied,))).lines
    assert line.state == "contested"


def test_filtering_moves_nobody() -> None:
    network = state("ab bc cd de ea", alone="x")
    places = placed(network)
    part = scene(network.only(nodes=[1, 2]), places, marks([]))
    assert [(dot.x, dot.y) for dot in part.dots] == [places.spots[1], places.spots[2]]


def test_wishes_are_drawn_only_when_asked_for() -> None:
    network = state("ab", kind=Kind.WISH)
    assert not drawn(network).lines
    assert len(drawn(network, kinds=[Kind.WISH]).lines) == 1


def test_names_are_text_in_the_drawing_whatever_they_hold() -> None:
    network = state("ab")
    evil = replace(network.nodes[1], name="<script>&\x00\"'")
    picture = drawn(replace(network, nodes={**network.nodes, 1: evil}))
    root = ElementTree.fromstring(f"<svg>{svg.drawn(picture, {})}</svg>")
    assert "<script>&\"'" in "".join(root.itertext())


def test_long_names_take_two_short_lines() -> None:
    node = replace(state("ab").nodes[1], short="", name="Zentrum Bayern Familie und Soziales Roth")
    assert named(node) == ("Zentrum Bayern", "Familie und …")
    whole = replace(node, name="Nachbarschaftshilfe Spalt")
    assert named(whole) == ("Nachbarschaftshilfe", "Spalt")
    divided = replace(node, name="Dampfschifffahrtsgesellschaft Rothsee")
    assert named(divided)[0] == "Dampfschifffahrts-"


def test_everything_drawn_is_handed_to_the_script() -> None:
    picture = drawn(state("ab bc", alone="x", silent="y"))
    kinds = [each.get("classes", "") for each in as_data(picture, {})]
    assert len(kinds) == 5 + 2 + 2
    assert kinds.count("heading") == 2
