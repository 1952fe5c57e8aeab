"""What a person is looked for by: an e-mail address, a telephone number, a name. Pure.

Each can be written in many ways; its `form` is always the same, and `forms` are all that stand in
a text.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain

from registry.core.text import fold

ADDRESS = re.compile(r"[^\s\"'<>()\[\],;:|\\]+@[^\s\"'<>()\[\],;:|\\]+\.[^\s\"'<>()\[\],;:|\\.]+")
_GAP = r"[\s\-–/().]{0,3}"  # between the digits of a number
_NUMBER = re.compile(r"[+\d\s\-–/().]+")
_GROUPS = re.compile(r"\+?\d+")
_RUN = re.compile(r"\+?\(?\d[\d\s\-–/().]{3,}\d")
LEAST_DIGITS, LEAST_LETTERS = 5, 3
MOST_WORDS, MOST_GROUPS, MOST_TERMS = 5, 6, 10
# Letters that no accent changes: what the database can look for before it is looked at closely.
_STURDY = frozenset("bfjmpqvwx")
_SCRIPTS = ((0xC0, 0x250), (0x370, 0x530), (0x620, 0x700), (0x1E00, 0x1F00))
_SPECIAL = re.compile("[%_/]")


class Kind(StrEnum):
    ADDRESS = "address"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True)
class Term:
    kind: Kind
    text: str

    @cached_property
    def form(self) -> str:
        return _form(self.kind, self.text)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds it in a text, however it is written there."""
        if self.kind == Kind.PHONE:
            return _phone_pattern(self.form)
        if self.kind == Kind.NAME:
            return _name_pattern([fold(order).split() for order in self._orders])
        # An address is not found inside a longer one.
        either = "|".join(re.escape(each) for each in self._spellings)
        return re.compile(rf"(?<![\w.+-])(?:{either})(?![\w-]|\.\w)", re.IGNORECASE)

    @property
    def likes(self) -> tuple[str, ...]:
        """Return LIKE patterns ("/" escapes) of which a text that holds it fits one at least."""
        if self.kind == Kind.PHONE:
            return (_in_order(self.form),)
        if self.kind == Kind.NAME:
            sturdy = ([char for char in each.lower() if char in _STURDY] for each in self._orders)
            return tuple(map(_in_order, sturdy))
        written = {form for each in self._spellings for form in (each, json.dumps(each)[1:-1])}
        return tuple("%" + _SPECIAL.sub(r"/\g<0>", each) + "%" for each in written)

    @property
    def _spellings(self) -> tuple[str, str]:
        """Return an address in small letters, and as search folds it."""
        return (self.text.strip().lower(), fold(self.text))

    @property
    def _orders(self) -> tuple[str, str]:
        """Return a name as it is said, and as lists have it: "Müller, Maria"."""
        *first, last = self.text.split()
        return (self.text, " ".join((last, *first)))


def read(text: str) -> tuple[Term, ...]:
    """Return what somebody typed, several with semicolons; ValueError names what it cannot be."""
    given = [each.strip() for each in re.split(r"[;\n]", text) if each.strip()]
    if not given or len(given) > MOST_TERMS:
        raise ValueError(text)
    return unique(map(of, given))


def unique(terms: Iterable["Term"]) -> tuple["Term", ...]:
    """Return each term once, however often and differently it is written."""
    found: dict[tuple[Kind, str], Term] = {}
    for term in terms:
        found.setdefault((term.kind, term.form), term)
    return tuple(found.values())


def of(text: str) -> Term:
    """Return the term that one word or phrase is, or raise ValueError."""
    if ADDRESS.fullmatch(text):
        return Term(Kind.ADDRESS, text)
    if _NUMBER.fullmatch(text) and len(_national(text)) >= LEAST_DIGITS:
        return Term(Kind.PHONE, text)
    words = fold(text).split()
    letters = sum(char.isalpha() for char in "".join(words))
    if "@" in text or letters < LEAST_LETTERS or len(words) > MOST_WORDS:
        raise ValueError(text)
    return Term(Kind.NAME, text)


def forms(kind: Kind, text: str) -> set[str]:
    """Return the forms of everything in a text that could be a term of this kind."""
    if kind == Kind.ADDRESS:
        return {_form(kind, each) for each in ADDRESS.findall(text)}
    if kind == Kind.PHONE:
        runs = (_GROUPS.findall(run) for run in _RUN.findall(text))
        return {_national("".join(some)) for run in runs for some in _pieces(run, MOST_GROUPS)}
    return {" ".join(sorted(some)) for some in _pieces(fold(text).split(), MOST_WORDS)}


def again(kind: Kind, form: str) -> Term:
    """Return the term with a form."""
    return Term(kind, f"0{form}" if kind == Kind.PHONE else form)


def _form(kind: Kind, text: str) -> str:
    if kind == Kind.ADDRESS:
        return text.strip().casefold()
    return _national(text) if kind == Kind.PHONE else " ".join(sorted(fold(text).split()))


def _pieces(parts: list[str], most: int) -> Iterable[list[str]]:
    """Yield every few that stand side by side."""
    for start in range(len(parts)):
        for end in range(start + 1, min(start + most, len(parts)) + 1):
            yield parts[start:end]


def _national(text: str) -> str:
    """Return the digits of a number without what stands before it at home or abroad."""
    digits = re.sub(r"\D", "", text)
    abroad = text.lstrip(" (").startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    return digits.removeprefix("49").lstrip("0") if abroad else digits


def _phone_pattern(digits: str) -> re.Pattern[str]:
    before = rf"(?:(?:\+|00){_GAP}(?:4{_GAP}9{_GAP})?)?(?:\(?0{_GAP}){{0,2}}"
    return re.compile(rf"(?<!\d){before}{_GAP.join(digits)}(?!\d)")


def _name_pattern(orders: list[list[str]]) -> re.Pattern[str]:
    """Return what finds words side by side in one of these orders."""
    either = "|".join(r"[\W_]{1,5}".join(map(_word_pattern, order)) for order in orders)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)


def _word_pattern(word: str) -> str:
    letters = (_letter_pattern(letter) for letter in word)
    return "".join(letters).replace(_letter_pattern("s") * 2, f"(?:{_letter_pattern('s') * 2}|ß)")


def _letter_pattern(letter: str) -> str:
    """Return what folds to a letter: with accents, as Umlaut, before an apostrophe."""
    either = re.escape(letter) + "".join(_spelled().get(letter, ()))
    more = "e?" if letter in "aou" else ""
    return rf"[{either}]{more}[\u0300-\u036f\u064b-\u065f'’ʼ`´ـ]*"


@cache
def _spelled() -> dict[str, list[str]]:
    """Return the letters that fold to a plain one."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in map(chr, chain.from_iterable(range(*each) for each in _SCRIPTS)):
        folded = fold(char)
        if len(folded) == 1 and folded != char:
            found[folded].append(char)
    return found


def _in_order(chars: Iterable[str]) -> str:
    return f"%{'%'.join(chars)}%"
