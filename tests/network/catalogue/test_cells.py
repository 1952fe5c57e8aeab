"""What is needed and not offered; who could do something about it; where a site reaches most."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.network.catalogue.cells import Coverage, Needed, cells
from registry.network.catalogue.meeting import meetings
from registry.network.catalogue.same_offers import OfferFacts
from registry.network.catalogue.siting import Spot, kilometres, siting
from registry.network.state import Kind, Link, State
from tests.factories.network import said, state

ROTH, GREDING = "09576143", "09576122"
NEED = Needed("n", "advice", GREDING, "ar", None, 40)
COURSE = OfferFacts("o1", 1, ("advice",), (GREDING,), ("ar", "de"), ())


def coverage(need: Needed, *offers: OfferFacts) -> Coverage:
    [cell] = cells([need], offers)
    return cell.coverage


def test_a_need_is_open_hangs_on_one_provider_or_is_covered() -> None:
    assert coverage(NEED) is Coverage.OPEN
    assert coverage(NEED, COURSE, replace(COURSE, key="o2")) is Coverage.ONE_PROVIDER
    assert coverage(NEED, COURSE, replace(COURSE, key="o2", actor=2)) is Coverage.COVERED


def test_where_nobody_says_how_many_need_it_nothing_is_claimed() -> None:
    assert coverage(replace(NEED, persons=None), COURSE) is Coverage.UNKNOWN
    assert coverage(replace(NEED, persons=0)) is Coverage.COVERED


@pytest.mark.parametrize(
    "other",
    [
        {"fields": ("work",)},
        {"municipalities": (ROTH,)},
        {"languages": ("de",)},
        {"target_groups": ("women",)},
    ],
)
def test_an_offer_of_another_field_place_language_or_group_covers_nothing(
    other: dict[str, Any],
) -> None:
    need = replace(NEED, target_group="young_people")
    assert coverage(need, replace(COURSE, **other)) is Coverage.OPEN
    assert coverage(need, COURSE) is Coverage.ONE_PROVIDER


def test_an_offer_for_the_whole_district_is_one_for_each_of_its_municipalities() -> None:
    assert coverage(NEED, replace(COURSE, municipalities=("09576",))) is Coverage.ONE_PROVIDER


def test_fewer_than_three_persons_are_not_told() -> None:
    [few, some] = cells([replace(NEED, persons=2), replace(NEED, persons=3)], [])[::-1]
    assert (few.persons, some.persons) == (None, 3)


def with_places(made: State, **places: str) -> State:
    nodes = {
        key: replace(node, municipalities=(places[node.name],) if node.name in places else ())
        for key, node in made.nodes.items()
    }
    return replace(made, nodes=nodes)


def test_who_could_close_a_gap_meets_who_is_there() -> None:
    # a offers advice in Roth; d is in Greding, where advice is missing, and three steps away.
    made = with_places(state("ab bc cd"), d=GREDING)
    offer = replace(COURSE, municipalities=(ROTH,))
    [found] = meetings(made, [offer], cells([NEED], [offer]))
    assert (found.one, found.other, found.steps, found.gaps) == (1, 4, 3, ("n",))


def test_whoever_works_together_or_knows_somebody_in_between_is_not_proposed() -> None:
    offer = replace(COURSE, municipalities=(ROTH,))
    for links in ("ad bc", "ab bd bc"):
        assert not meetings(with_places(state(links), d=GREDING), [offer], cells([NEED], [offer]))


def test_same_people_in_different_fields_are_a_reason_the_same_field_is_none() -> None:
    one = OfferFacts("o1", 1, ("language",), (ROTH,), (), ("women",))
    other = replace(one, key="o2", actor=2, fields=("work",))
    made = state("", alone="ab")
    [found] = meetings(made, [one, other], ())
    assert (found.clients, found.steps, found.wished) == ((("women", ROTH),), None, False)
    assert not meetings(made, [one, replace(other, fields=("language",))], ())
    assert not meetings(made, [replace(one, target_groups=("all",)), other], ())


def test_a_wish_is_no_link_and_speaks_for_a_meeting() -> None:
    one = OfferFacts("o1", 1, ("language",), (ROTH,), (), ("women",))
    other = replace(one, key="o2", actor=2, fields=("work",))
    made = state("", alone="ab")
    made = replace(made, links=(Link("w", Kind.WISH, 2, 1, said(1)),))
    [found] = meetings(made, [one, other], ())
    assert (found.wished, found.score) == (True, 2)


spots = st.lists(
    st.tuples(st.floats(49.0, 49.4), st.floats(10.9, 11.4), st.integers(0, 500)),
    min_size=1,
    max_size=8,
)


@given(spots, st.integers(1, 3))
def test_the_best_sites_are_those_of_trying_everything(
    drawn: list[tuple[float, float, int]], number: int
) -> None:
    places = [Spot(str(n), lat, lon, persons) for n, (lat, lon, persons) in enumerate(drawn)]
    found = siting(places, places, sites=number, reach_km=8)
    best = max(
        sum(p.persons for p in places if any(kilometres(p, site) <= 8 for site in chosen))
        for chosen in combinations(places, min(number, len(places)))
    )
    assert found.exact
    assert max((choice.persons for choice in found.choices), default=0) == best
    assert [c.persons for c in found.choices] == sorted(
        (c.persons for c in found.choices), reverse=True
    )


def test_people_within_reach_already_are_not_counted_again() -> None:
    near, far = Spot("near", 49.25, 11.09, 100), Spot("far", 49.05, 11.35, 60)
    found = siting([near, far], [near, far], [Spot("site", 49.25, 11.1)], reach_km=5)
    assert (found.reached, found.total) == (100, 160)
    assert [(choice.sites, choice.gains) for choice in found.choices] == [(("far",), (60,))]


def test_many_ways_are_not_all_tried_and_it_says_so() -> None:
    places = [Spot(f"{n:03}", 49 + n / 10, 11, n + 1) for n in range(60)]
    found = siting(places, places, sites=5, reach_km=1)
    assert (found.exact, len(found.choices)) == (False, 3)
    assert found.choices[0].persons == 60 + 59 + 58 + 57 + 56
