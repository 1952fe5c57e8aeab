"""Everybody gets one verdict with its reasons, and no more seats are offered than there are."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry.conferences.criteria import Candidate, Code, Last, Rule
from registry.conferences.planning import Limits, Pick, Plan, plan

EVERYONE = Rule("everyone", invites=True)
CATEGORIES = ("welfare", "police", "volunteer")


def someone(name: str, **fields: Any) -> Candidate:
    return Candidate(**{"key": name, "name": name, "category": "welfare", **fields})


def rule(invites: bool = True, **fields: Any) -> Rule:
    named = {name: fields.pop(name) for name in ("key", "seats", "priority") if name in fields}
    criteria = {name: frozenset(values) for name, values in fields.items()}
    return Rule(**{"key": "a rule", **named}, invites=invites, criteria=criteria)


def codes(found: Plan) -> dict[str, list[str]]:
    return {each.candidate.key: [r.code.value for r in each.reasons] for each in found.verdicts}


def test_criteria_of_one_rule_must_all_be_met_and_each_by_one_of_its_values() -> None:
    asked = rule(categories=["police", "welfare"], fields=["work"], tiers=["federal"])
    fitting = someone("a", fields=frozenset({"work", "health"}), tier="federal")
    found = plan([fitting, someone("b", tier="federal")], [asked], {}, Limits())
    assert codes(found) == {"a": ["rule"], "b": ["no_rule"]}
    [reason, *_others] = found.verdicts[0].reasons
    assert reason.facts["met"] == {
        "categories": ["welfare"],
        "fields": ["work"],
        "tiers": ["federal"],
    }


def test_an_excluding_rule_beats_an_inviting_one_and_a_hand_beats_both() -> None:
    rules = [EVERYONE, rule(False, last=[Last.DECLINED])]
    people = [someone("a", last=Last.DECLINED), someone("b", last=Last.DECLINED), someone("c")]
    found = plan(people, rules, {"b": Pick(True, 3), "c": Pick(False)}, Limits())
    assert codes(found) == {"a": ["rule_out"], "b": ["hand"], "c": ["hand_out"]}
    assert found.seats == 3


def test_what_speaks_against_writing_is_said_and_only_a_telephone_gets_round_it() -> None:
    kinds = (Code.INACTIVE, Code.NO_ADDRESS, Code.NO_CONSENT, Code.OBJECTED)
    people = [someone(kind.value, obstacle=kind, telephone=True) for kind in kinds]
    by_rule = plan(people, [EVERYONE], {}, Limits())
    assert codes(by_rule) == {kind.value: [kind.value] for kind in kinds}
    by_hand = plan(people, [], {kind.value: Pick(True) for kind in kinds}, Limits())
    assert [each.candidate.key for each in by_hand.invited] == ["no_address"]


def test_one_mailbox_gets_one_invitation_and_one_house_may_get_two() -> None:
    people = [
        someone("a", mailbox="info@example.org", house="kirchgasse 1"),
        someone("b", mailbox="info@example.org"),
        someone("c", house="kirchgasse 1"),
        someone("C.", house="kirchgasse 1"),
    ]
    found = plan(people, [EVERYONE], {}, Limits())
    assert codes(found) == {
        "a": ["rule", "same_address"],
        "b": ["duplicate"],
        "C.": ["rule", "same_address"],
        "c": ["duplicate"],
    }
    assert found.verdicts[1].reasons[0].facts["name"] == "a"


def test_seats_go_by_priority_and_what_is_left_of_a_quota_is_given() -> None:
    first = rule(key="first", tiers=["state"], seats=2, priority=1)
    second = rule(key="second", seats=2, priority=2)
    people = [someone("a"), someone("b"), someone("z", tier="state")]
    found = plan(people, [second, first], {}, Limits(quotas={"welfare": 3}))
    # The first rule that fits decides: here it is the one for all.
    assert codes(found) == {"a": ["rule"], "b": ["rule"], "z": ["quota"]}
    found = plan(people, [first, second], {}, Limits(quotas={"welfare": 3}))
    assert {each.candidate.key: each.seats for each in found.verdicts} == {"a": 1, "b": 0, "z": 2}
    total = plan(people, [first, second], {}, Limits(total=2))
    assert codes(total) == {"a": ["total"], "b": ["total"], "z": ["rule"]}


def test_individuals_and_bodies_are_asked_for_by_category_or_by_hand() -> None:
    council = someone("council", category="council", beside=True)
    helper = someone("helper", category="volunteer", beside=True)
    rules = [EVERYONE, rule(categories=["volunteer"])]
    assert codes(plan([council, helper], rules, {}, Limits())) == {
        "council": ["no_rule"],
        "helper": ["rule"],
    }


def test_rules_that_fit_nobody_or_everybody_and_categories_without_anyone_stand_out() -> None:
    nobody = rule(key="nobody", categories=["police"])
    people = [someone("a"), someone("b"), someone("gone", obstacle=Code.INACTIVE)]
    found = plan(people, [EVERYONE, nobody], {}, Limits(), framework=["welfare", "police"])
    assert (found.fitting, found.active) == ({"everyone": 2, "nobody": 0}, 2)
    assert found.missing == ("police",)


people = st.builds(
    someone,
    name=st.text("abcdeÄß’ ", min_size=1, max_size=4),
    category=st.sampled_from(CATEGORIES),
    tier=st.sampled_from(["none", "state"]),
    mailbox=st.sampled_from(["", "x", "y"]),
    house=st.sampled_from(["", "h"]),
    obstacle=st.sampled_from([None, None, None, Code.INACTIVE, Code.OBJECTED]),
)
rules = st.lists(
    st.builds(
        rule,
        invites=st.booleans(),
        categories=st.sets(st.sampled_from(CATEGORIES)),
        tiers=st.sets(st.sampled_from(["none", "state"])),
        seats=st.sampled_from([None, 1, 3]),
        priority=st.integers(1, 3),
    ),
    max_size=4,
)
limits = st.builds(
    Limits,
    each=st.integers(1, 3),
    total=st.none() | st.integers(0, 12),
    quotas=st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 4)),
    priorities=st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, 3)),
)


@given(st.lists(people, max_size=25, unique_by=lambda each: each.key), rules, limits, st.randoms())
def test_any_plan_judges_everybody_once_keeps_to_its_limits_and_needs_no_order(
    everybody: list[Candidate], given_rules: list[Rule], bounds: Limits, chance: Any
) -> None:
    numbered = [replace(each, key=str(number)) for number, each in enumerate(given_rules)]
    found = plan(everybody, numbered, {}, bounds)
    assert Counter(v.candidate.key for v in found.verdicts) == Counter(c.key for c in everybody)
    assert all(verdict.reasons for verdict in found.verdicts)
    assert found.seats <= (float("inf") if bounds.total is None else bounds.total)
    for category, most in bounds.quotas.items():
        assert sum(v.seats for v in found.invited if v.candidate.category == category) <= most
    boxes = [v.candidate.mailbox for v in found.invited if v.candidate.mailbox]
    assert len(boxes) == len(set(boxes))
    assert all(v.candidate.obstacle is None for v in found.invited)
    shuffled = chance.sample(everybody, len(everybody))
    assert plan(shuffled, numbered, {}, bounds) == found
