"""Who could be invited to a conference, and what rules ask of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from registry.core.text import fold

Criteria = Mapping[str, frozenset[str]]


class Code(StrEnum):
    """Why somebody is invited, or is not."""

    RULE = "rule"  # invited by a rule
    HAND = "hand"  # invited by hand
    WALK_IN = "walk_in"  # came without having been invited
    SAME_ADDRESS = "same_address"  # a remark: another invitation goes to the same house
    INACTIVE = "inactive"
    HAND_OUT = "hand_out"
    RULE_OUT = "rule_out"
    NO_RULE = "no_rule"
    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    OBJECTED = "objected"
    DUPLICATE = "duplicate"
    QUOTA = "quota"  # the category has all its seats
    TOTAL = "total"  # so has the conference


class Last(StrEnum):
    """What came of the last invitation to an earlier conference."""

    ATTENDED = "attended"
    ABSENT = "absent"
    DECLINED = "declined"
    NEVER = "never"  # has not been invited yet


UNWRITABLE = {Code.NO_ADDRESS, Code.NO_CONSENT, Code.OBJECTED}


@dataclass(frozen=True)
class Reason:
    """A code with its facts, as JSON keeps them."""

    code: Code
    facts: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        return {"code": self.code.value, **self.facts}


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be invited. `key` is public; `beside` are bodies and individuals.

    `obstacle` is what speaks against writing at all: inactive, no address, no consent, objected.
    `mailbox` and `house` are compared with those of others, "" with none. Who has no address but
    a telephone can be invited by hand.
    """

    key: str
    name: str
    category: str
    beside: bool = False
    fields: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    tier: str = "none"
    last: Last = Last.NEVER
    findings: frozenset[str] = frozenset()
    obstacle: Code | None = None
    mailbox: str = ""
    house: str = ""
    telephone: bool = False

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    def has(self, criterion: str) -> frozenset[str]:
        """Return what this one is, as far as a criterion of rules asks for it."""
        own: dict[str, frozenset[str]] = {
            "categories": frozenset({self.category}),
            "fields": self.fields,
            "municipalities": self.municipalities,
            "tiers": frozenset({self.tier}),
            "last": frozenset({self.last.value}),
            "findings": self.findings,
        }
        return own[criterion]


CRITERIA = ("categories", "fields", "municipalities", "tiers", "last", "findings")


@dataclass(frozen=True)
class Rule:
    """A rule; without criteria it fits every organisation. Rules stand in their order."""

    key: str
    invites: bool
    criteria: Criteria = field(default_factory=dict)
    seats: int | None = None
    priority: int = 1

    def fits(self, candidate: Candidate) -> bool:
        """Return whether every criterion is met. Bodies and individuals only by their category."""
        if candidate.beside and not self.criteria.get("categories"):
            return False
        asked = ((name, values) for name, values in self.criteria.items() if values)
        return all(values & candidate.has(name) for name, values in asked)

    def met(self, candidate: Candidate) -> dict[str, list[str]]:
        """Return which values of each criterion somebody meets."""
        asked = {name: values for name, values in self.criteria.items() if values}
        return {name: sorted(values & candidate.has(name)) for name, values in asked.items()}
