"""The rules of which each may find something in a network that people should talk about: pure.

A rule is a function of all that is known to what it finds. What it finds carries a key that stays
the same for the same matter, and the inputs of its sentence, never the sentence itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from registry.network.catalogue.bodies import Body, much_alike, without_body
from registry.network.catalogue.cells import Cell, Coverage
from registry.network.catalogue.meeting import meetings
from registry.network.catalogue.partners import partners
from registry.network.catalogue.results import results
from registry.network.catalogue.same_offers import OfferFacts, same_offers
from registry.network.state import Kind, Standing, State
from registry.network.trust import Detail, Thresholds, Trust, trust

# Whoever is known through one partner alone is no news; three that lose everybody are.
LOST = 3
# More than these nobody can talk about; the page of figures has all.
BROKERS = 5
MEETINGS = 3  # the page of who should meet has more
MOST = 1000  # proposals that are looked through
NETWORK = "network"  # the form of a body that does not meet


@dataclass(frozen=True)
class Found:
    """What a rule found about some actors (internal keys)."""

    kind: str
    key: str
    actors: tuple[int, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Inputs:
    """All that rules look at; `fields` are the keys of the fields of action in their order."""

    state: State
    thresholds: Thresholds = field(default_factory=Thresholds)
    offers: Sequence[OfferFacts] = ()
    bodies: Sequence[Body] = ()
    fields: Sequence[str] = ()
    cells: Sequence[Cell] = ()

    @cached_property
    def trust(self) -> Trust:
        return trust(self.state)

    @property
    def comparable(self) -> bool:
        """Return whether enough have answered to say who connects others and what falls apart."""
        return self.trust.detail(self.thresholds) is not Detail.COUNTS

    def key(self, kind: str, actors: Iterable[int]) -> str:
        return key(kind, (self.state.nodes[actor].key for actor in actors))


def key(kind: str, about: Iterable[str]) -> str:
    """Return what names a matter: its kind and what it is about (public ids), in any order."""
    found = sorted(about)
    name = found[0] if len(found) == 1 else sha256(" ".join(found).encode()).hexdigest()[:32]
    return f"{kind}:{name}" if found else kind


def few_answers(known: Inputs) -> Iterable[Found]:
    """So few have answered, or nobody was asked, that nothing can be compared."""
    rests = known.trust
    if not known.comparable and (rests.asked or known.state.counting()):
        yield Found("few_answers", "few_answers", (), {})


def unknown(known: Inputs) -> Iterable[Found]:
    """Some were asked, have not answered, and nobody names them."""
    nodes = known.state.nodes
    silent = tuple(key for key in partners(known.state).unknown if nodes[key].asked)
    if silent:
        yield Found("unknown", "unknown", silent, {})


def isolated(known: Inputs) -> Iterable[Found]:
    """An actor has answered, and no cooperation is reported."""
    for actor, standing in known.state.standing().items():
        if standing is Standing.ISOLATED:
            yield Found("isolated", known.key("isolated", [actor]), (actor,), {})


def broker(known: Inputs) -> Iterable[Found]:
    """An actor connects groups that have hardly any other contact."""
    for each in results(known.state).brokers[:BROKERS] if known.comparable else ():
        facts = {"betweenness": round(each.betweenness, 4), "constraint": round(each.constraint, 4)}
        yield Found("broker", known.key("broker", [each.actor]), (each.actor,), facts)


def failing(known: Inputs) -> Iterable[Found]:
    """Without an actor several others lose the connection."""
    for each in results(known.state).failing if known.comparable else ():
        if each.lost >= LOST:
            facts = {"lost": each.lost}
            yield Found("failing", known.key("failing", [each.actor]), (each.actor,), facts)


def parts(known: Inputs) -> Iterable[Found]:
    """There are groups without any link between them."""
    found = results(known.state).parts
    if known.comparable and len(found) > 1:
        smaller = tuple(actor for part in found[1:] for actor in part)
        yield Found("parts", "parts", smaller, {"sizes": [len(part) for part in found]})


def contested(known: Inputs) -> Iterable[Found]:
    """One side reports a link, the other says that there is none."""
    pairs: dict[tuple[int, int], set[Kind]] = {}
    for link in known.state.counting():
        if link.contested:
            pairs.setdefault(link.pair, set()).add(link.kind)
    for pair, kinds in sorted(pairs.items()):
        facts = {"kinds": sorted(kinds)}
        yield Found("contested", known.key("contested", pair), pair, facts)


def doubled(known: Inputs) -> Iterable[Found]:
    """Two providers offer the same to the same people at the same time and place."""
    for each in same_offers(known.offers):
        offers = [each.one.key, each.other.key]
        actors = (each.one.actor, each.other.actor)
        if all(actor in known.state.nodes for actor in actors):
            yield Found(
                "same_offers",
                key("same_offers", offers),
                actors,
                {
                    "offers": offers,
                    "field": each.fields[0],
                    "place": each.municipalities[0],
                    "slots": [list(slot) for slot in each.slots],
                },
            )


def overlapping(known: Inputs) -> Iterable[Found]:
    """Two bodies have most of their members in common."""
    for each in much_alike(body for body in known.bodies if body.form != NETWORK):
        bodies = [each.one.key, each.other.key]
        actors = tuple(actor for actor in each.shared if actor in known.state.nodes)
        facts = {"bodies": bodies, "shared": len(each.shared), "members": each.members}
        yield Found("overlapping", key("overlapping", bodies), actors, facts)


def without_a_body(known: Inputs) -> Iterable[Found]:
    """Nobody meets about a field in which actors work."""
    meeting = [body for body in known.bodies if body.form != NETWORK]
    worked = {each for node in known.state.nodes.values() for each in node.fields}
    bare = without_body((each for each in known.fields if each in worked), meeting)
    if meeting and bare:
        yield Found("no_body", "no_body", (), {"fields": bare})


def open_cells(known: Inputs) -> Iterable[Found]:
    """Something is needed somewhere, and nobody offers it there."""
    for each in known.cells:
        if each.coverage is Coverage.OPEN:
            yield Found("open_cell", key("open_cell", [each.need.key]), (), _needed(each))


def one_provider(known: Inputs) -> Iterable[Found]:
    """What is needed somewhere hangs on a single provider."""
    for each in known.cells:
        if each.coverage is Coverage.ONE_PROVIDER:
            actors = tuple(actor for actor in each.providers if actor in known.state.nodes)
            found_key = key("one_provider", [each.need.key])
            yield Found("one_provider", found_key, actors, _needed(each))


def meeting(known: Inputs) -> Iterable[Found]:
    """Two that have answered and have no link could together offer what nobody offers."""
    uncovered = {each.need.key: each for each in known.cells if each.coverage is Coverage.OPEN}
    proposed = meetings(known.state, known.offers, uncovered.values(), MOST) if uncovered else ()
    for each in [pair for pair in proposed if pair.known and pair.gaps][:MEETINGS]:
        pair = (each.one, each.other)
        facts = _needed(uncovered[each.gaps[0]])
        yield Found("meeting", known.key("meeting", pair), pair, facts)


def _needed(cell: Cell) -> dict[str, Any]:
    need = cell.need
    return {
        "field": need.field,
        "place": need.place,
        "language": need.language,
        "target_group": need.target_group,
        "persons": cell.persons,
    }


Rule = Callable[[Inputs], Iterable[Found]]
RULES: dict[str, Rule] = {
    "few_answers": few_answers,
    "unknown": unknown,
    "isolated": isolated,
    "broker": broker,
    "failing": failing,
    "parts": parts,
    "contested": contested,
    "same_offers": doubled,
    "overlapping": overlapping,
    "no_body": without_a_body,
    "open_cell": open_cells,
    "one_provider": one_provider,
    "meeting": meeting,
}


def find(known: Inputs) -> list[Found]:
    """Return all that the rules find, each with the answers it rests on."""
    rests = asdict(known.trust)
    made = (each for rule in RULES.values() for each in rule(known))
    return [Found(each.kind, each.key, each.actors, {**each.facts, **rests}) for each in made]
