"""Whether two entries may be one and the same: a score with its reasons. Pure.

Names are compared without legal forms and with abbreviations written out; what tells entries apart
most surely are numbers ("A1" and "A2"). Distances are flat-earth, in metres.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import cos, hypot, radians

from rapidfuzz import fuzz

from registry.core.text import fold

NEAR_METRES = 100
WITHIN = 80  # how alike a name is to one that says more
ENOUGH = 75  # of 100: from here on two entries may be the same
ALIKE = 80  # the least likeness of names, in percent
TITLES_ALIKE = 85
_DEGREE = 111_320  # metres


class Reason(StrEnum):
    """Why two entries may be the same; templates word them."""

    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SAME_ADDRESS = "same_address"
    NEAR = "near"
    SAME_POSTCODE = "same_postcode"
    NO_PLACE = "no_place"
    SAME_PHONE = "same_phone"
    SAME_DOMAIN = "same_domain"
    SAME_ACTOR = "same_actor"
    SIMILAR_ACTOR = "similar_actor"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry is, as far as it is known."""

    postcode: str = ""
    street: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What entries are compared by, made equal in spelling; `key` is the internal id.

    `whole` is the name with its town: it counts where two are not known to lie in one town.
    """

    key: int
    name: str
    whole: str
    numbers: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()
    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two entries are, 0 to 100, and why."""

    score: int
    reasons: tuple[Reason, ...]


def _folded(pairs: dict[str, str]) -> dict[str, str]:
    return {fold(short): fold(whole) for short, whole in pairs.items()}


_ABBREVIATIONS = _folded(
    {
        "vhs": "Volkshochschule",
        "awo": "Arbeiterwohlfahrt",
        "drk": "Deutsches Rotes Kreuz",
        "brk": "Bayerisches Rotes Kreuz",
        "lra": "Landratsamt",
        "lkr": "Landkreis",
        "kv": "Kreisverband",
        "ov": "Ortsverband",
        "ev": "evangelisch",
        "evang": "evangelisch",
        "evangelische": "evangelisch",
        "evangelisches": "evangelisch",
        "kath": "katholisch",
        "katholische": "katholisch",
        "katholisches": "katholisch",
        "st": "Sankt",
        "internationales": "international",
        "internationaler": "international",
    }
)
# In folded names, where "e. V." has become "e v".
_LEGAL = re.compile(
    r"\b(?:e [vg]|g?gmbh(?: co kg)?|gemeinnutzige|gug|ug|ag|kg|k ?d ?o ?r|aor|ev$|"
    r"arge|arbeitsgemeinschaft)\b"
)
_SMALL = {fold(word) for word in ("und", "der", "die", "das", "für", "im", "in", "am", "an", "des")}
_BEFORE_HOST = re.compile(r"^(?:.*@|\w+://)?(?:www\.)?")
_NO_DIGIT = re.compile(r"\D")
_STREET = re.compile(r"str(?:asse)?(?=\d|$)")
_FREE_MAIL = ("gmail.", "gmx.", "web.de", "t-online.", "outlook.", "hotmail.", "yahoo.", "freenet.")


def plain(name: str) -> str:
    """Return a name by which it is compared: no legal form, no small words, nothing shortened."""
    whole = fold(name)
    words = (_ABBREVIATIONS.get(word, word) for word in _LEGAL.sub(" ", whole).split())
    return " ".join(word for word in words if word not in _SMALL) or whole


def without_town(name: str, towns: Iterable[str]) -> str:
    """Return a plain name without its towns: what all of a town are called tells nothing."""
    idle = {word for town in towns for word in _words_of(town)}
    return " ".join(word for word in name.split() if word not in idle) or name


@lru_cache(maxsize=20_000)
def _words_of(town: str) -> tuple[str, ...]:
    return tuple(fold(town).split())


def numbers(name: str) -> frozenset[str]:
    """Return the words of a plain name that hold digits."""
    return frozenset(word for word in name.split() if not word.isalpha())


def phone(number: str | None) -> str:
    """Return a German number as digits with its leading zero, "" where it is none."""
    if not number:
        return ""
    digits = _NO_DIGIT.sub("", number.replace("(0)", ""))
    for country in ("0049", "49"):
        if digits.startswith(country):
            digits = "0" + digits[len(country) :]
    return digits if len(digits) >= 6 else ""


def domain(address: str | None) -> str:
    """Return the domain of an e-mail or web address, "" where it belongs to everybody."""
    host = _BEFORE_HOST.sub("", (address or "").strip().lower()).partition("/")[0]
    return "" if host.startswith(_FREE_MAIL) else host.partition(":")[0]


@lru_cache(maxsize=20_000)
def street(text: str | None) -> str:
    return _STREET.sub("str", fold(text or "").replace(" ", ""))


def spot(
    road: str | None, code: str | None, city: str | None, lat: float | None, lon: float | None
) -> Spot:
    return Spot(code or "", street(road), city or "", lat, lon)


def traits(
    key: int,
    name: str,
    spots: Sequence[Spot],
    phones: Iterable[str | None] = (),
    hosts: Iterable[str | None] = (),
) -> Traits:
    """Return what an entry is compared by; `hosts` are web and e-mail addresses."""
    whole = plain(name)
    short = without_town(whole, [each.city for each in spots])
    return Traits(
        key,
        short,
        whole,
        numbers(short),
        tuple(spots),
        frozenset(map(phone, phones)) - {""},
        frozenset(map(domain, hosts)) - {""},
    )


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """Compare two actors; None where they are not alike enough."""
    named = _names(one, other, ALIKE)
    if named is None:
        return None
    placed, bonus = _places(one.spots, other.spots)
    reasons = [_name_reason(named), *placed]
    if one.phones & other.phones:
        reasons.append(Reason.SAME_PHONE)
        bonus += 25
    if one.domains & other.domains:
        reasons.append(Reason.SAME_DOMAIN)
        bonus += 10
    return _enough(0.6 * named + bonus, reasons)


def offer_likeness(one: Traits, other: Traits, *, same_actor: bool) -> Likeness | None:
    """Compare two offers of one actor, or of two that are alike."""
    named = _names(one, other, TITLES_ALIKE)
    if named is None:
        return None
    placed, bonus = _places(one.spots, other.spots)
    if bonus < 15:
        return None
    owner = Reason.SAME_ACTOR if same_actor else Reason.SIMILAR_ACTOR
    return _enough(0.6 * named + min(bonus, 20) + 10, [_name_reason(named), owner, *placed])


def _names(one: Traits, other: Traits, least: int) -> float | None:
    if one.numbers != other.numbers:
        return None
    of_a_town = _share_town(one.spots, other.spots)
    mine, theirs = (one.name, other.name) if of_a_town else (one.whole, other.whole)
    # "Sprach-Café" and "Sprachcafé" differ in a blank alone.
    joined, others = mine.replace(" ", ""), theirs.replace(" ", "")
    if joined == others:
        return 100
    found = max(
        fuzz.token_sort_ratio(mine, theirs, score_cutoff=least),
        fuzz.ratio(joined, others, score_cutoff=least),
    )
    if not found and least <= WITHIN:
        # "Caritas" and "Caritas Kreisstelle" may be the same, in fewer words.
        within = fuzz.token_set_ratio(mine, theirs, score_cutoff=100)
        return WITHIN if within else None
    return found or None


def _share_town(mine: Iterable[Spot], theirs: Iterable[Spot]) -> bool:
    """Return whether two lie in one town, as far as both say where they lie."""
    towns = {_words_of(each.city) for each in theirs}
    return any(_words_of(each.city) in towns for each in mine)


def _name_reason(named: float) -> Reason:
    return Reason.SAME_NAME if named == 100 else Reason.SIMILAR_NAME


def _places(mine: Iterable[Spot], theirs: Iterable[Spot]) -> tuple[list[Reason], int]:
    """Return the best reason that two sets of places give, and what it is worth."""
    pairs = [(one, other) for one in mine for other in theirs if _comparable(one, other)]
    if not pairs:
        return [Reason.NO_PLACE], 15
    if any(_same_address(one, other) for one, other in pairs):
        return [Reason.SAME_ADDRESS], 30
    if any(_near(one, other) for one, other in pairs):
        return [Reason.NEAR], 30
    if any(one.postcode and one.postcode == other.postcode for one, other in pairs):
        return [Reason.SAME_POSTCODE], 15
    return [], -25  # of the same name in another town: a branch


def _comparable(one: Spot, other: Spot) -> bool:
    both_on_map = one.lat is not None and other.lat is not None
    return both_on_map or bool(one.postcode and other.postcode) or _same_address(one, other)


def _same_address(one: Spot, other: Spot) -> bool:
    same_town = not one.postcode or not other.postcode or one.postcode == other.postcode
    return bool(one.street) and one.street == other.street and same_town


def _near(one: Spot, other: Spot) -> bool:
    distance = metres(one, other)
    if distance is None or distance > NEAR_METRES:
        return False
    # Where a place's coordinates are not known, those of its town stand in for them.
    return distance > 0 or (bool(one.street) and one.street == other.street)


def metres(one: Spot, other: Spot) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    east = (one.lon - other.lon) * cos(radians(one.lat)) * _DEGREE
    return hypot((one.lat - other.lat) * _DEGREE, east)


def _enough(score: float, reasons: list[Reason]) -> Likeness | None:
    whole = min(round(score), 100)
    return Likeness(whole, tuple(reasons)) if whole >= ENOUGH else None
