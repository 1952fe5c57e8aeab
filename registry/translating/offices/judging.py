"""What each text that came back would do to its entry, and why some do nothing. Pure but for words.

What was made from an older version of the German text becomes outdated, as after any change. Other
words in the same version are a small correction, after which translations fit, if they are alike;
else the text was taken away and written anew, and its translation is refused.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask_babel import gettext as _

from registry.texts.markup import blocks
from registry.texts.translated import Made
from registry.translating.offices.ids import TextId, is_harmless, writable
from registry.translating.offices.reading import Line
from registry.translating.units import Unit

_TAG = re.compile(r"<\s*[a-zA-Z/!?]")
VERDICTS = ("new", "changed", "fits", "outdated", "unchanged", "empty", "absent", "rejected")
TAKEN = ("new", "changed", "fits", "outdated")
ALIKE = 0.5  # share of letters that two wordings have in common


@dataclass(frozen=True)
class Goal:
    """The language of a file, and whether a machine translated it."""

    language: str
    machine: bool


@dataclass(frozen=True)
class Verdict:
    """One text of the report; `made` is there if it is to be set. `old` stands in the register."""

    kind: str
    entry: str = ""
    label: str = ""
    body: str = ""
    old: str = ""
    reason: str = ""
    key: str = ""
    made: Made | None = None


def judge(unit: Unit, known: TextId, line: Line, goal: Goal) -> Verdict:
    """Return what a line does to the text that it is about."""
    language, body, old = goal.language, line.body, unit.body(goal.language)
    same, made = body == writable(old).strip(), Made(_version(unit, known), goal.machine)
    if problem := _mismatch(unit, known, line) or ("" if same else _danger(unit, line)):
        return Verdict("rejected", body=body, old=old, reason=problem)
    if not body:
        return Verdict("empty", old=old)
    if same and not _is_news(unit, line, language, made):
        return Verdict("unchanged", body=body, old=old)
    if old and (problem := _surpassed(unit, language, made)):
        return Verdict("rejected", body=body, old=old, reason=problem)
    return Verdict(_kind(unit, made, old, same=same), body=body, old=old, key=unit.key, made=made)


def _kind(unit: Unit, made: Made, old: str, *, same: bool) -> str:
    if made.version < unit.version:
        return "outdated"
    if same:
        return "fits"
    return "changed" if old else "new"


def _version(unit: Unit, known: TextId) -> int:
    """Return from which version of the German text a translation was made."""
    return unit.version if known.is_of(unit.german) else min(known.version, unit.version)


def _is_news(unit: Unit, line: Line, language: str, made: Made) -> bool:
    """Return whether the words that stand there already are said to fit now, by a person."""
    fits = made.version == unit.version and unit.state(language) != "current"
    return line.confirmed and fits and not made.machine


def _is_another(unit: Unit, known: TextId, german: str) -> bool:
    """Return whether the German text was not changed since the export but replaced."""
    if known.is_of(unit.german) or known.version < unit.version:
        return False
    alike = SequenceMatcher(None, german[:2000], unit.german[:2000], autojunk=False).ratio()
    return known.version > unit.version or alike < ALIKE


def _surpassed(unit: Unit, language: str, made: Made) -> str:
    """Return why a translation must not replace the one that is there; empty if it may."""
    present = unit.text.by_language[language]
    if present.machine and not made.machine:
        return ""
    if present.version > made.version:
        return _("A translation of a later German text stands there.")
    if made.machine and not present.machine and present.version == made.version:
        return _("A machine translation does not replace one by people.")
    return ""


def _mismatch(unit: Unit, known: TextId, line: Line) -> str:
    """Return why a line is not about the text as it was handed out; empty if it is."""
    if not known.is_of(line.german):
        return _("The German text in the file was changed.")
    if _is_another(unit, known, line.german):
        return _("The German text is another one now. Please export it again.")
    return ""


def _danger(unit: Unit, line: Line) -> str:
    """Return what a translation must not hold, in words; empty if there is nothing."""
    if line.odd or (_TAG.search(line.body) and not _TAG.search(unit.german)):
        return _("The translation holds markup.")
    if not is_harmless(line.body):
        return _("This character is not allowed.")
    if len(line.body) > unit.limit:
        return _("Please use at most %(limit)s characters.", limit=unit.limit)
    if foreign := sorted(_targets(line.body) - _targets(line.german) - _targets(unit.german)):
        return _("This link is not in the German text: %(link)s", link=foreign[0][:100])
    return ""


def _targets(text: str) -> set[str]:
    """Return where the links of a text lead: hosts of pages, whole addresses of mail."""
    return set(_hosts(text))


def _hosts(text: str) -> Iterator[str]:
    for block in blocks(text):
        for piece in (each for line in block.lines for each in line):
            if piece.href.startswith("mailto:"):
                yield piece.href.lower().partition("?")[0]
            elif piece.href:
                yield re.sub(r"^https?://", "", piece.href.lower()).partition("/")[0]


def absent(units: Iterable[Unit], seen: Container[str], language: str) -> Iterator[Unit]:
    """Yield the texts of an entry that wait for a translation and do not stand in the file."""
    for unit in units:
        if unit.key not in seen and unit.state(language) in ("missing", "outdated", "machine"):
            yield unit


def counted(verdicts: Iterable[Verdict]) -> Counter[str]:
    """Return how many texts there are by verdict."""
    return Counter(each.kind for each in verdicts)


def takes(counts: Counter[str]) -> int:
    """Return how many texts are set, or would be."""
    return sum(counts[kind] for kind in TAKEN)
