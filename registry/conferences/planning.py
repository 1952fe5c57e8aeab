"""Whom a conference invites, and why; why nobody else. Pure.

Everybody gets one verdict: organisations, bodies, and individuals. Reasons are codes with facts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.conferences.criteria import Candidate, Code, Reason, Rule


@dataclass(frozen=True)
class Pick:
    """Chosen by hand, in or out."""

    invites: bool
    seats: int | None = None


@dataclass(frozen=True)
class Limits:
    """How many seats there are to offer: for each, together (None: any number), by category.

    `order` gives the place of each category in lists, `priorities` which gets its seats first.
    """

    each: int = 1
    total: int | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    priorities: Mapping[str, int] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What becomes of one candidate; `seats` are 0 for whoever is not invited."""

    candidate: Candidate
    seats: int
    reasons: tuple[Reason, ...]

    @property
    def invited(self) -> bool:
        return self.seats > 0

    @property
    def told(self) -> list[dict[str, Any]]:
        return [reason.told() for reason in self.reasons]


@dataclass(frozen=True)
class Plan:
    """One verdict for everybody in the order of the list, and what to think about.

    `fitting` says how many active organisations each rule fits, of `active`; `missing` which
    categories of the framework nobody is invited of.
    """

    verdicts: tuple[Verdict, ...]
    fitting: Mapping[str, int]
    active: int
    missing: tuple[str, ...]

    @property
    def invited(self) -> tuple[Verdict, ...]:
        return tuple(each for each in self.verdicts if each.invited)

    @property
    def seats(self) -> int:
        return sum(each.seats for each in self.verdicts)


def plan(
    candidates: Iterable[Candidate],
    rules: Sequence[Rule],
    picks: Mapping[str, Pick],
    limits: Limits,
    framework: Sequence[str] = (),
) -> Plan:
    """Return the verdict on every candidate. The order of what is given decides nothing."""
    everybody = sorted(candidates, key=lambda each: _place(each, limits))
    chosen, verdicts = [], []
    for each in everybody:
        wish = _wish(each, rules, picks.get(each.key))
        if isinstance(wish, Reason):
            verdicts.append(Verdict(each, 0, (wish,)))
        else:
            chosen.append(wish)
    verdicts += _seated(chosen, limits)
    verdicts.sort(key=lambda each: _place(each.candidate, limits))
    noted = tuple(_neighbours(verdicts))
    invited = {each.candidate.category for each in noted if each.invited}
    return Plan(
        noted,
        {rule.key: _count(rule, everybody) for rule in rules},
        sum(_is_active(each) and not each.beside for each in everybody),
        tuple(category for category in framework if category not in invited),
    )


@dataclass(frozen=True)
class _Wish:
    """Somebody who is to be invited if there are seats; by hand comes first."""

    candidate: Candidate
    seats: int | None
    reason: Reason
    by_hand: bool = False
    priority: int = 0
    position: int = 0


def _wish(candidate: Candidate, rules: Sequence[Rule], pick: Pick | None) -> _Wish | Reason:
    """Return the wish to invite somebody, or the first reason against it."""
    if candidate.obstacle is Code.INACTIVE:
        return Reason(Code.INACTIVE)
    if pick and not pick.invites:
        return Reason(Code.HAND_OUT)
    wish = _by_hand(candidate, pick) if pick else _by_rule(candidate, rules)
    if isinstance(wish, Reason) or candidate.obstacle is None:
        return wish
    by_telephone = candidate.obstacle is Code.NO_ADDRESS and candidate.telephone
    return wish if pick and by_telephone else Reason(candidate.obstacle)


def _by_hand(candidate: Candidate, pick: Pick) -> _Wish:
    return _Wish(candidate, pick.seats, Reason(Code.HAND), by_hand=True)


def _by_rule(candidate: Candidate, rules: Sequence[Rule]) -> _Wish | Reason:
    against = next((rule for rule in rules if not rule.invites and rule.fits(candidate)), None)
    if against:
        return Reason(Code.RULE_OUT, {"rule": against.key, "met": against.met(candidate)})
    for position, rule in enumerate(rules):
        if rule.invites and rule.fits(candidate):
            reason = Reason(Code.RULE, {"rule": rule.key, "met": rule.met(candidate)})
            return _Wish(candidate, rule.seats, reason, priority=rule.priority, position=position)
    return Reason(Code.NO_RULE)


def _seated(wishes: Iterable[_Wish], limits: Limits) -> Iterator[Verdict]:
    """Give out the seats in turn: by hand, then by priority of the category and of the rule."""
    taken: Counter[str] = Counter()
    known: dict[str, Candidate] = {}
    for wish in sorted(wishes, key=lambda each: _turn(each, limits)):
        category, wanted = wish.candidate.category, wish.seats or limits.each
        seats = wanted if wish.by_hand else int(min(wanted, *_left(taken, category, limits)))
        against = None if wish.by_hand else _refused(wish, known, taken, limits)
        if against:
            yield Verdict(wish.candidate, 0, (against,))
            continue
        taken[category] += seats
        for mark in _marks(wish.candidate):
            known.setdefault(mark, wish.candidate)
        yield Verdict(wish.candidate, seats, (wish.reason,))


def _refused(
    wish: _Wish, known: Mapping[str, Candidate], taken: Counter[str], limits: Limits
) -> Reason | None:
    same = next((known[mark] for mark in _marks(wish.candidate) if mark in known), None)
    if same:
        return Reason(Code.DUPLICATE, {"of": same.key, "name": same.name})
    in_category, together = _left(taken, wish.candidate.category, limits)
    if in_category <= 0:
        most = limits.quotas[wish.candidate.category]
        return Reason(Code.QUOTA, {"category": wish.candidate.category, "most": most})
    return Reason(Code.TOTAL, {"most": limits.total}) if together <= 0 else None


def _left(taken: Counter[str], category: str, limits: Limits) -> tuple[float, float]:
    in_category = limits.quotas.get(category, float("inf")) - taken[category]
    total = float("inf") if limits.total is None else limits.total
    return in_category, total - taken.total()


def _marks(candidate: Candidate) -> list[str]:
    """Return by what two entries are taken for one: the mailbox, or name and house together."""
    mailbox = [f"mail {candidate.mailbox}"] if candidate.mailbox else []
    house = [f"house {candidate.house} {candidate.folded}"] if candidate.house else []
    return mailbox + house


def _turn(wish: _Wish, limits: Limits) -> tuple[Any, ...]:
    first = limits.priorities.get(wish.candidate.category, 1)
    order = (first, wish.priority, wish.position)
    return (not wish.by_hand, *order, *_place(wish.candidate, limits))


def _place(candidate: Candidate, limits: Limits) -> tuple[Any, ...]:
    category = limits.order.get(candidate.category, len(limits.order))
    return category, candidate.folded, candidate.key


def _neighbours(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Remark where several invitations go to one house: two organisations may well live there."""
    found = list(verdicts)
    houses: dict[str, list[Candidate]] = defaultdict(list)
    for each in found:
        if each.invited and each.candidate.house:
            houses[each.candidate.house].append(each.candidate)
    for each in found:
        others = [o for o in houses.get(each.candidate.house, ()) if o.key != each.candidate.key]
        if not each.invited or not others:
            yield each
            continue
        remark = Reason(Code.SAME_ADDRESS, {"of": others[0].key, "name": others[0].name})
        yield Verdict(each.candidate, each.seats, (*each.reasons, remark))


def _is_active(candidate: Candidate) -> bool:
    return candidate.obstacle is not Code.INACTIVE


def _count(rule: Rule, candidates: Iterable[Candidate]) -> int:
    return sum(_is_active(each) and rule.fits(each) for each in candidates)
