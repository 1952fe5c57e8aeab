"""What each row of a file would do. Pure: actors and links are given, nothing is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from rapidfuzz import fuzz, process

from registry.core.ranges import backwards
from registry.core.text import fold
from registry.exchange.sheets.cells import Reader
from registry.exchange.sheets.columns import Column
from registry.exchange.sheets.words import Meanings
from registry.network.links.importing.columns import BESIDES, BY_WORDS, TITLES
from registry.network.links.importing.reading import Row
from registry.network.links.models import Cooperation, Side
from registry.network.state import DIRECTED

NEAR = 70  # percent of likeness from which a name is proposed
SIDES = {"by_source": Side.SOURCE, "by_target": Side.TARGET}
_FLIPPED = {Side.SOURCE: Side.TARGET, Side.TARGET: Side.SOURCE}
Values = dict[str, Any]


class Refusal(Exception):
    """A row cannot be taken: where in it the reason lies, and the reason."""

    def __init__(self, key: str, reason: Any) -> None:
        super().__init__(key)
        self.key, self.reason = key, reason


@dataclass(frozen=True)
class Known:
    """What the register has: actors by id and by folded names, links by kind and ends."""

    ids: Mapping[str, int]
    names: Mapping[str, tuple[int, ...]]
    labels: Mapping[int, str]
    links: Mapping[tuple[str, int, int], Cooperation]
    kinds: Meanings
    intensities: Meanings
    fields: Meanings
    reader: Reader

    def link(self, kind: str, one: int, other: int) -> tuple[Cooperation | None, bool]:
        """Return the link that is there, and whether its ends stand the other way round."""
        there = self.links.get((kind, one, other))
        if there or kind in DIRECTED:
            return there, False
        there = self.links.get((kind, other, one))
        return there, there is not None


@dataclass(frozen=True)
class Plan:
    """What a row would do. `said` holds by side what it brings of a report; `link` is there.

    `names` are those of both actors as the row has them, once it is known who is meant.
    """

    row: Row
    verdict: str
    column: str = ""
    reason: str = ""
    kind: str = ""
    ends: tuple[int, int] = (0, 0)
    link: Cooperation | None = None
    said: Mapping[Side, Values] = field(default_factory=dict)
    field: str | None = None
    names: tuple[str, str] = ("", "")


def judge(rows: Iterable[Row], known: Known) -> Iterator[Plan]:
    """Yield a plan for each row; a side of a link that an earlier row speaks of is refused."""
    seen: dict[tuple[str, int, int, Side], int] = {}
    for row in rows:
        try:
            plan = _plan(row, known)
            for side in plan.said:
                name = (plan.kind, *plan.ends, side)
                if name in seen:
                    reason = _("This row says the same as line %(line)s.", line=seen[name])
                    raise Refusal("source", reason)
                seen[name] = row.number
        except Refusal as refused:
            title = TITLES.get(refused.key, "")
            plan = Plan(row, "rejected", column=title, reason=str(refused.reason))
        yield plan


def _plan(row: Row, known: Known) -> Plan:
    one, other = _actor(row, "source", known), _actor(row, "target", known)
    if one == other:
        raise Refusal("target", _("An actor cannot be linked with itself."))
    kind = _word(row, "kind", known.kinds)
    names = (known.labels[one], known.labels[other])
    said, topic = _said(row, known, one, other), None
    if "field" in row.cells:
        topic = _word(row, "field", known.fields)
    link, flipped = known.link(kind, one, other)
    if flipped or (link is None and kind not in DIRECTED and one > other):
        one, other = other, one
        said = {_FLIPPED[side]: values for side, values in said.items()}
    _refuse_older(link, said)
    verdict = "new" if link is None else _compared(link, said, topic)
    ends = (one, other)
    return Plan(row, verdict, "", "", kind, ends, link, said, topic, names)


def _actor(row: Row, key: str, known: Known) -> int:
    text = row.cells.get(key, "")
    if not text:
        raise Refusal(key, _("The name of the actor is missing."))
    if text.lower() in known.ids:
        return known.ids[text.lower()]
    name = row.cells.get(f"{key}_name", text)
    found = known.names.get(fold(name), ())
    if len(found) > 1:
        raise Refusal(key, _("Several actors have this name. Please give the id."))
    if not found:
        raise Refusal(key, _unknown(name, known))
    return found[0]


def _unknown(name: str, known: Known) -> str:
    found = process.extract(
        fold(name), list(known.names), scorer=fuzz.WRatio, limit=3, score_cutoff=NEAR
    )
    keys = (known.names[each][0] for each, _score, _at in found)
    near = dict.fromkeys(known.labels[key] for key in keys)
    if not near:
        return _("This actor is not in the register: %(name)s", name=name[:100])
    return _(
        "This actor is not in the register: %(name)s. Did you mean: %(near)s?",
        name=name[:100],
        near="; ".join(near),
    )


def _word(row: Row, key: str, words: Meanings) -> str:
    text = row.cells.get(key, "")
    if (found := words.key(text)) is None:
        possible = "; ".join(words.labels.values())
        raise Refusal(key, _("Unknown value. Possible: %(words)s", words=possible))
    return found


def _said(row: Row, known: Known, one: int, other: int) -> dict[Side, Values]:
    """Return what a row says by side: each its own intensity, or one for those it names."""
    own = {side: row.cells[key] for key, side in SIDES.items() if key in row.cells}
    if not own:
        text = row.cells.get("intensity", "1")
        own = dict.fromkeys(_speakers(row, known, one, other), text)
    return {
        side: {"intensity": _intensity(text, known), **_besides(row, side, known)}
        for side, text in own.items()
    }


def _intensity(text: str, known: Known) -> int:
    found = known.intensities.key(text.removesuffix(".0").removesuffix(",0"))
    if found is None:
        raise Refusal("intensity", _("Please write 0 (none) to 3 (closely)."))
    return int(found)


def _speakers(row: Row, known: Known, one: int, other: int) -> list[Side]:
    """Return whose word a row is: that of the first side, unless it says otherwise."""
    text = row.cells.get("by", "")
    sides = {"": [Side.SOURCE]}
    for key, words in BY_WORDS.items():
        meant = [SIDES[key]] if key in SIDES else list(SIDES.values())
        sides |= dict.fromkeys(map(fold, words.split("; ")), meant)
    if fold(text) in sides:
        return sides[fold(text)]
    named = {*known.names.get(fold(text), ()), known.ids.get(text.lower())}
    found = [side for end, side in ((one, Side.SOURCE), (other, Side.TARGET)) if end in named]
    if not found:
        raise Refusal("by", _("Only the two sides report. Possible: von; nach; beide"))
    return found


def _besides(row: Row, side: Side, known: Known) -> Values:
    """Return what a row says besides the intensity: of this side alone, else of the whole link."""
    told = {key: row.cells[name] for key in BESIDES if (name := f"{side}_{key}") in row.cells}
    cells, found = told or row.cells, Values()
    for key, kind in BESIDES.items():
        if key in cells:
            cell = known.reader.of(Column(f"link.{key}", TITLES[key], kind))(cells[key])
            if cell.problem:
                raise Refusal(key, cell.problem)
            found[key] = date.fromisoformat(cell.value) if kind == "date" else cell.value
    for key, reason in backwards(found).items():
        raise Refusal(key, reason)
    if found.get("reported_on", date.min) > date.today():
        raise Refusal("reported_on", _("This day has not come yet."))
    return found


def _refuse_older(link: Cooperation | None, said: Mapping[Side, Values]) -> None:
    """Refuse what is older than what stands there, or does not go together with it."""
    for side, values in said.items():
        if (there := link.report(side) if link else None) is None:
            continue
        if values.get("reported_on", there.reported_on) < there.reported_on:
            raise Refusal("reported_on", _("There is a newer report already."))
        whole = {"valid_from": there.valid_from, "valid_to": there.valid_to, **values}
        for key, reason in backwards(whole).items():
            raise Refusal(key, reason)


def _compared(link: Cooperation, said: Mapping[Side, Values], topic: str | None) -> str:
    for side, values in said.items():
        there = link.report(side)
        if there is None or any(getattr(there, name) != new for name, new in values.items()):
            return "changed"
    return "changed" if topic and topic != getattr(link.field, "key", None) else "unchanged"
