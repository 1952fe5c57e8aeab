"""Two states of a network are compared by name, among those who are in both."""

from dataclasses import replace

from registry.network.snapshots.comparing import changes
from registry.network.snapshots.content import digest, packed, unpacked
from registry.network.state import Kind, State
from tests.factories.network import said, state


def keyed(made: State) -> State:
    """Let the actors of a state be known by their names."""
    return replace(
        made, nodes={key: replace(node, key=node.name) for key, node in made.nodes.items()}
    )


def ends(found: tuple[object, ...]) -> list[str]:
    return [f"{each.source.name}{each.target.name}" for each in found]  # type: ignore[attr-defined]


def test_new_ended_and_newly_confirmed_links_are_told_by_name() -> None:
    before = keyed(state("ab bc cd", both=False))
    after = keyed(state("ab ac", alone="d", both=True))
    found = changes(before, after)
    assert ends(found.new) == ["ac"]
    assert ends(found.ended) == ["bc", "cd"]
    assert ends(found.confirmed) == ["ab"]
    assert not found.doubted


def test_whoever_is_in_one_state_alone_is_named_and_not_compared() -> None:
    found = changes(keyed(state("ab bx")), keyed(state("ab by")))
    assert (ends(found.new), ends(found.ended), found.common) == ([], [], 2)
    assert [node.name for node in (*found.came, *found.went)] == ["y", "x"]


def test_a_link_without_direction_is_the_same_whoever_comes_first() -> None:
    found = changes(keyed(state("ab")), keyed(state("ba")))
    assert (found.new, found.ended) == ((), ())
    turned = changes(keyed(state("ab", kind=Kind.REFERRAL)), keyed(state("ba", kind=Kind.REFERRAL)))
    assert (ends(turned.new), ends(turned.ended)) == (["ba"], ["ab"])


def test_a_wish_that_came_is_no_new_cooperation() -> None:
    assert not changes(keyed(state("", alone="ab")), keyed(state("ab", kind=Kind.WISH))).new


def test_a_state_comes_back_as_it_was_packed_and_its_digest_knows_no_order() -> None:
    made = state("ab bc", silent="d")
    denied = replace(made.links[0], by_target=said(0, valid_from=made.day, written=False))
    made = replace(made, links=(denied, *made.links[1:]))
    assert unpacked(packed(made)) == made
    turned = replace(made, links=made.links[::-1], nodes=dict(reversed(made.nodes.items())))
    assert digest(packed(turned)) == digest(packed(made))
    assert digest(packed(replace(made, links=made.links[1:]))) != digest(packed(made))
