"""The verdicts as the preview shows them: what somebody may see of everybody, filtered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may
from registry.conferences.criteria import Code
from registry.conferences.invitations.choosing.queries import Planned
from registry.conferences.invitations.choosing.queries import picks as load_picks
from registry.conferences.invitations.everybody.queries import Entry
from registry.conferences.invitations.models import Pick, Rule
from registry.conferences.invitations.wording import Told, category_name
from registry.conferences.models import Conference
from registry.conferences.planning import Verdict
from registry.conferences.queries import in_the_office
from registry.core.text import fold
from registry.regions import queries as regions

SHOWN = 50  # names of a difference
OUTCOMES: dict[str, Any] = {
    "invited": _l("invited"),
    "not": _l("not invited"),
    Code.HAND: _l("by hand"),
    Code.INACTIVE: _l("not active"),
    Code.NO_ADDRESS: _l("no address"),
    Code.OBJECTED: _l("objected"),
    Code.NO_CONSENT: _l("no consent"),
    Code.DUPLICATE: _l("duplicate"),
    Code.RULE_OUT: _l("left out by a rule"),
    Code.NO_RULE: _l("no rule fits"),
    Code.QUOTA: _l("quota reached"),
    Code.TOTAL: _l("all seats offered"),
    Code.SAME_ADDRESS: _l("same address as another"),
}


@dataclass(frozen=True)
class Wanted:
    """What the preview is asked for; "" for everybody."""

    outcome: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True)
class Line:
    """Somebody in the preview. `change` is added, gone, changed, or "" where nothing changes."""

    key: str
    name: str
    category: str
    seats: int
    reasons: Sequence[Mapping[str, Any]]
    change: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What applying would change, with the first names of each kind."""

    digest: str
    any: bool
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    staying: tuple[str, ...]
    counts: Mapping[str, int]


def told(who: Who, conference: Conference, rules: Sequence[Rule]) -> Told:
    """Return how reasons are told to somebody."""
    places = regions.names({a for rule in rules for a in rule.criteria.get("municipalities") or ()})
    numbers = {str(rule.uuid): number for number, rule in enumerate(rules, 1)}
    return Told(numbers, places, may(who, Permission.NETWORK_READ, In(conference.region)))


def rows(who: Who, conference: Conference, planned: Planned, wanted: Wanted) -> list[Line]:
    """Return all verdicts that are asked for, in the order of the list."""
    inner, text = in_the_office(who, conference), fold(wanted.text)
    found = (each for each in planned.plan.verdicts if _is_wanted(each, wanted))
    lines = (_line(planned, each, inner=inner) for each in found if _sees(planned, each, inner))
    return [line for line in lines if text in fold(line.name)] if text else list(lines)


def _is_wanted(verdict: Verdict, wanted: Wanted) -> bool:
    if wanted.category and verdict.candidate.category != wanted.category:
        return False
    if wanted.outcome in ("invited", "not"):
        return verdict.invited is (wanted.outcome == "invited")
    return not wanted.outcome or any(r.code.value == wanted.outcome for r in verdict.reasons)


def _sees(planned: Planned, verdict: Verdict, inner: bool) -> bool:  # noqa: FBT001
    return inner or planned.entries[verdict.candidate.key].published


def _line(planned: Planned, verdict: Verdict, *, inner: bool) -> Line:
    key, changed = verdict.candidate.key, planned.difference
    columns = changed.changed.get(key, ())
    change = "added" if key in planned.added else "gone" if key in planned.gone else ""
    return Line(
        key,
        name_of(planned.entries[key], inner=inner),
        verdict.candidate.category,
        verdict.seats,
        verdict.told,
        change or ("changed" if columns else ""),
        columns,
    )


def name_of(entry: Entry, *, inner: bool) -> str:
    """Return the name of an entry; outside the office an individual is only its category."""
    person = entry.column == "individual_id"
    return category_name(entry.candidate.category) if person and not inner else entry.name


def counts(planned: Planned) -> Mapping[str, int]:
    """Return how many there are of each outcome."""
    found = Counter(r.code.value for each in planned.plan.verdicts for r in each.reasons)
    invited = len(planned.plan.invited)
    return {**found, "invited": invited, "not": len(planned.plan.verdicts) - invited}


def options(planned: Planned) -> list[tuple[str, str]]:
    """Return the outcomes that there are, each with its number."""
    known = counts(planned)
    return [(key, f"{name} ({known[key]})") for key, name in OUTCOMES.items() if known.get(key)]


def difference(who: Who, conference: Conference, planned: Planned) -> Changes:
    """Return what applying the rules would change."""
    found, inner = planned.difference, in_the_office(who, conference)

    def named(keys: Sequence[str]) -> tuple[str, ...]:
        known = (planned.entries.get(key) for key in keys[:SHOWN])
        return tuple(sorted(name_of(entry, inner=inner) for entry in known if entry))

    lists = {
        "added": found.added,
        "gone": found.gone,
        "changed": tuple(found.changed),
        "staying": found.staying,
    }
    names = {kind: named(keys) for kind, keys in lists.items()}
    sizes = {kind: len(keys) for kind, keys in lists.items()}
    return Changes(found.digest, found.any, **names, counts=sizes)


def picks(who: Who, conference: Conference, planned: Planned) -> list[tuple[str, str, Pick]]:
    """Return what was chosen by hand: key, name and pick."""
    inner = in_the_office(who, conference)
    known = ((key, planned.entries.get(key), row) for key, row in load_picks(conference))
    return [(key, name_of(entry, inner=inner), row) for key, entry, row in known if entry]
