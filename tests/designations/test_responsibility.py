"""Who is responsible for whom, told apart from asking every person there could be."""

from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.designations.responsibility import (
    GROUPS,
    OLDEST,
    Point,
    Question,
    choose,
    coverage,
    lacks,
    served,
)

ROTH, SPALT = "09576143", "09576147"
MBE = Point(1, "mbe", ("09576",), (27, OLDEST))
JMD = Point(2, "jmd", ("09576",), (12, 26))
FIB = Point(3, "fib", (ROTH,), statuses=frozenset({"asylum_procedure", "toleration", "return"}))
STATUSES = sorted({status for group in GROUPS for status in group.statuses})
POINTS = st.lists(
    st.builds(
        Point,
        key=st.integers(1, 9),
        service=st.sampled_from(["mbe", "jmd", "fib"]),
        areas=st.sampled_from([("09576",), (ROTH,), (SPALT,), (ROTH, SPALT)]),
        ages=st.tuples(st.integers(0, 40), st.integers(12, OLDEST)).filter(lambda a: a[0] <= a[1]),
        statuses=st.frozensets(st.sampled_from(STATUSES), max_size=5),
        special=st.booleans(),
    ),
    max_size=5,
)

calmly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def first(points: list[Point], **asked: object) -> int:
    return choose(points, Question(**asked)).points[0].key  # type: ignore[arg-type]


def test_the_young_and_the_old_and_the_tolerated_are_each_sent_to_their_own() -> None:
    points = [MBE, JMD, FIB]
    assert first(points, municipalities=(ROTH,), age=34, status="eu") == MBE.key
    assert first(points, municipalities=(ROTH,), age=19, status="eu") == JMD.key
    assert first(points, municipalities=(ROTH,), age=8, status="toleration") == FIB.key


def test_of_two_the_nearer_then_the_one_that_speaks_the_language_comes_first() -> None:
    near = Point(7, "mbe", (SPALT,), (27, OLDEST))
    spoken = Point(8, "mbe", ("09576",), (27, OLDEST), languages=frozenset({"ar"}))
    assert first([MBE, near, spoken], municipalities=(SPALT,), age=40, language="ar") == near.key
    assert first([MBE, near, spoken], municipalities=(ROTH,), age=40, language="ar") == spoken.key


def test_who_knows_nothing_is_sent_to_the_widest() -> None:
    everyone = Point(9, "fib", ("09576",))
    assert first([MBE, JMD, FIB, everyone]) == everyone.key


def test_where_nobody_is_responsible_the_nearest_is_named_and_says_so() -> None:
    choice = choose([JMD, FIB], Question((SPALT,), 40, "toleration"))
    assert choice.fallback
    assert choice.points[0] == FIB
    young = Point(4, "jmd", ("09576",), (12, 26))
    adult = Point(5, "mbe", ("09576",), (27, OLDEST), frozenset({"eu"}))
    assert first([young, adult], age=34, status="unclear") == adult.key  # no youth service


def test_who_names_no_status_gets_two_that_are_there_for_different_people() -> None:
    mbe = [Point(n, "mbe", ("09576",), (27, OLDEST), frozenset({"eu"})) for n in (1, 2)]
    assert choose([*mbe, FIB], Question((ROTH,), 40)).points == (mbe[0], FIB, mbe[1])


@calmly
@given(POINTS, st.sampled_from([ROTH, SPALT]))
def test_gaps_are_those_that_asking_everybody_finds(points: list[Point], ags: str) -> None:
    for cell in coverage(points, [ags])[ags]:
        group = cell.group
        able = [p for p in points if not p.special and p.service in group.services]
        people = product(range(group.ages[0], group.ages[1] + 1), sorted(group.statuses))
        left = {
            (age, status)
            for age, status in people
            if all(lacks(p, Question((ags,), age, status)) for p in able)
        }
        told = {
            (age, status)
            for gap in cell.gaps
            for age in range(gap.ages[0], gap.ages[1] + 1)
            for status in gap.statuses
        }
        assert told == left


@calmly
@given(POINTS, st.sampled_from([None, 8, 20, 60]), st.sampled_from([None, *STATUSES]))
def test_an_answer_fits_or_says_that_none_does(
    points: list[Point], age: int | None, status: str | None
) -> None:
    question = Question((ROTH,), age, status)
    choice = choose(points, question)
    assert sorted(p.key for p in choice.points if not lacks(p, question)) == sorted(
        p.key for p in points if not lacks(p, question)
    )
    assert choice.fallback == all(lacks(p, question) for p in points)


def test_an_offer_serves_a_municipality_by_its_district_or_a_place_in_it_but_once() -> None:
    offers = [(frozenset({"09576", ROTH}), ["school"]), (frozenset({SPALT}), ["school", "work"])]
    counts = served(offers, [ROTH, SPALT])
    assert counts == {ROTH: {"school": 1}, SPALT: {"school": 2, "work": 1}}
