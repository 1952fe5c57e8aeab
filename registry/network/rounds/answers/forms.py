"""The survey as a form: what was typed, and the inputs to type it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from registry.core.forms import Control, Form
from registry.core.text import fold, words
from registry.network.rounds.answers.queries import Partner
from registry.network.rounds.answers.services import Told
from registry.network.rounds.models import Asked
from registry.network.rounds.ways import (
    MOST,
    Difference,
    Partners,
    differences,
    is_partner,
    is_wish,
    together,
    ways,
)
from registry.network.state import Kind
from registry.network.wording import INTENSITIES

LISTED = 500  # actors to choose from on one page; more are found by searching
WAYS = {
    "referral": _l("We send people to them"),
    "referral_in": _l("They send people to us"),
    "exchange": _l("We exchange information"),
    "joint": _l("We have a joint offer or project"),
    "funding": _l("We fund or commission them"),
    "funding_in": _l("They fund or commission us"),
    "shared": _l("We share staff or rooms"),
    "wish": _l("We would like to work with them"),
}
WORDS = {**INTENSITIES, 0: _l("not at all")}
LEVELS = tuple((str(level), word) for level, word in sorted(WORDS.items()))


@dataclass
class Typed:
    """What a form says. `left_out` counts those who are not to be chosen, or not any more."""

    partners: Partners = field(default_factory=dict)
    picked: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    version: int = 0
    search: str = ""
    alone: bool = False
    left_out: int = 0

    def told(self, *, finished: bool) -> Told:
        return Told(self.partners, tuple(self.missing), self.version, finished, self.alone)


@dataclass(frozen=True)
class Block:
    """A chosen partner with its inputs."""

    key: str
    name: str
    errors: tuple[str, ...]
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Line:
    """A difference in words: of which partner, in what, and what each of the two says."""

    partner: str
    what: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Survey:
    """The whole form as the page draws it."""

    version: int
    partners: list[Block]
    wishes: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    picked: list[str]
    missing: Control
    search: str
    alone: bool
    more: int
    errors: Mapping[str, Sequence[str]]
    conflict: list[Line] | None = None


def standing(asked: Asked) -> Typed:
    """Return what is kept of somebody's answer."""
    return Typed(dict(asked.draft), [], list(asked.missing), asked.version)


def read(form: Form, asked: Asked, present: Mapping[str, Partner]) -> Typed:
    """Return what was typed. Who was ticked last is a partner, or a wish where that was pressed."""
    picked = list(dict.fromkeys(form.getlist("pick")))
    typed = Typed(
        picked=[key for key in picked if key in present],
        missing=_lines(form.get("missing", "")),
        version=_number(form.get("version", ""), 10**9),
        search=form.get("q", "").strip()[:100],
        alone="alone" in form,
    )
    kept = [key for key in form.getlist("partner") if key not in form.getlist("remove")]
    given = {*kept, *form.getlist("wished"), *picked}
    typed.left_out = len(given - present.keys())
    for key in kept:
        typed.partners[key] = _levels(form, key, asked)
    for key in form.getlist("wished"):
        typed.partners.setdefault(key, {})[Kind.WISH.value] = 1
    typed.partners = {key: typed.partners[key] for key in typed.partners if key in present}
    return typed


def take_picked(typed: Typed, asked: Asked, *, as_wish: bool) -> None:
    """Let those who were ticked in the list be chosen."""
    for key in typed.picked:
        said = typed.partners.setdefault(key, {})
        said |= {Kind.WISH.value: 1} if as_wish else dict.fromkeys(ways(asked.round.kinds), 0)
    typed.picked = []


def _levels(form: Form, key: str, asked: Asked) -> dict[str, int]:
    return {
        way: _number(form.get(f"level.{key}.{way}", ""), MOST) for way in ways(asked.round.kinds)
    }


def _number(text: str, most: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    return number if number <= most else 0


def _lines(text: str) -> list[str]:
    found = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))


def survey(
    asked: Asked,
    present: Mapping[str, Partner],
    typed: Typed,
    errors: Mapping[str, Sequence[str]],
    *,
    overtaken: bool = False,
) -> Survey:
    """Return the form filled with what was typed; overtaken, with what both have filled in."""
    lines, version = None, typed.version
    if overtaken:
        theirs = {key: said for key, said in asked.draft.items() if key in present}
        lines = [_line(each, present) for each in differences(typed.partners, theirs)]
        typed.partners = together(typed.partners, theirs)
        typed.missing = list(dict.fromkeys([*typed.missing, *asked.missing]))
        version = asked.version
    chosen = {key: said for key, said in typed.partners.items() if key in present}
    by_name = [key for key in present if key in chosen]
    choices, more = _choices(present, chosen, typed)
    return Survey(
        version=version,
        partners=[
            _block(present[key], chosen[key], asked, errors.get(key, ()))
            for key in by_name
            if is_partner(chosen[key])
        ],
        wishes=[(key, present[key].label) for key in by_name if is_wish(chosen[key])],
        choices=choices,
        picked=typed.picked,
        missing=_missing(typed, errors),
        search=typed.search,
        alone=typed.alone,
        more=more,
        errors=errors,
        conflict=lines,
    )


def _choices(
    present: Mapping[str, Partner], chosen: Partners, typed: Typed
) -> tuple[list[tuple[str, str]], int]:
    """Return whom one can tick, and how many more there are; who is ticked is always there."""
    wanted = words(typed.search)
    found = [
        (key, partner.label)
        for key, partner in present.items()
        if key not in chosen and (key in typed.picked or _matches(partner, wanted))
    ]
    found.sort(key=lambda option: option[0] not in typed.picked)
    return found[:LISTED], max(0, len(found) - LISTED)


def _matches(partner: Partner, wanted: Sequence[str]) -> bool:
    text = fold(f"{partner.name} {partner.short}") if wanted else ""
    return all(word in text for word in wanted)


def _block(partner: Partner, said: Mapping[str, int], asked: Asked, errors: Sequence[str]) -> Block:
    controls = tuple(
        Control(
            f"level.{partner.uuid}.{way}",
            WAYS[way],
            "select",
            said.get(way, 0),
            options=LEVELS,
            clearable=False,
        )
        for way in ways(asked.round.kinds)
    )
    return Block(str(partner.uuid), partner.label, tuple(errors), controls)


def _missing(typed: Typed, errors: Mapping[str, Sequence[str]]) -> Control:
    return Control(
        "missing",
        _l("Who is missing in this list?"),
        "text",
        "\n".join(typed.missing),
        help=_l("Organisations only, one in each line, at most 20. The office looks at them."),
        errors=tuple(errors.get("missing", ())),
        hints={"lines": 3},
    )


def _line(each: Difference, present: Mapping[str, Partner]) -> Line:
    said: Any = WORDS.get
    if not each.way:
        said = {None: _l("not chosen"), 1: _l("chosen")}.get
    elif each.way == Kind.WISH:
        said = {0: _l("no"), 1: _l("yes")}.get
    what = WAYS.get(each.way, "")
    return Line(present[each.partner].label, what, said(each.mine), said(each.theirs))
