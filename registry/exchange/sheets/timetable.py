"""Opening hours as people write them ("Mo, Mi 9.00–11.30 Uhr") as OSM notation. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from registry.actors import hours

BY_APPOINTMENT = '"nach Vereinbarung"'  # a comment in OSM: open or not, nobody knows
_DAYS = {
    "Mo": r"montags?|mo",
    "Tu": r"dienstags?|di|tu",
    "We": r"mittwochs?|mi|we",
    "Th": r"donnerstags?|do|th",
    "Fr": r"freitags?|fr",
    "Sa": r"samstags?|sonnabends?|sa",
    "Su": r"sonntags?|so|su",
}
_APPOINTMENT = re.compile(
    r"\(?\b((sowie|und|oder|sonst|auch|nur|termine?)\s+)*"
    r"(nach|mit|bei)\s+((telefonischer|tel\.|vorheriger|persönlicher|individueller)\s+)*"
    r"(vereinbarung|absprache|anmeldung|voranmeldung|terminvereinbarung|termin)\b\)?"
    r"|\bn\.\s*v\.|\btermine? nach vereinbarung\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"(rund um die uhr|24\s*(h|std\.?|stunden)|24/7|durchgehend geöffnet)", re.I)
_DAILY = re.compile(r"\b(täglich|jeden tag)\b", re.IGNORECASE)
_WEEKDAYS = re.compile(r"\b(werktags|wochentags)\b", re.IGNORECASE)
_FILLERS = re.compile(r"\b(jeden|jede|immer|jeweils|auch|von|vormittags?|nachmittags?|uhr|h)\b\.?")
_AND = re.compile(r"\s*(\bund\b|\bu\.|\bsowie\b|&|\+(?=\s*[a-z]))\s*")
_NTH = re.compile(r"(\d)\.\s*((?:und|u\.|,)\s*(\d)\.\s*)?(?=(mo|di|mi|do|fr|sa|so))")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_NUMBERED = rf"{_DAY}(?:\[[1-5](?:,[1-5])?\])?"
_TIME = r"\d{1,2}(?::\d\d)?"
_SPAN = rf"{_TIME}(?:\s*-\s*{_TIME}|\+)"
_GROUP = re.compile(
    rf"\s*(?P<days>{_NUMBERED}(?:\s*[-,/]\s*{_NUMBERED})*)\s*[:,]?\s*"
    rf"(?P<times>{_SPAN}(?:\s*[,/]\s*{_SPAN})*)\s*[,;/.|]*\s*"
)


@dataclass(frozen=True)
class Times:
    """Hours in OSM notation ("" where none are named), and whether one has to make a date."""

    hours: str
    by_appointment: bool = False

    @property
    def stored(self) -> str:
        """Return what stands in the register: a mere "by appointment" is kept as a comment."""
        return self.hours or (BY_APPOINTMENT if self.by_appointment else "")


@lru_cache(maxsize=4096)
def read(text: str) -> Times:
    """Return what people wrote as hours; raises ValueError where they cannot be understood."""
    try:
        return Times(hours.tidy(text))
    except ValueError:
        pass
    rest = _APPOINTMENT.sub(" ", text)
    by_appointment = rest != text
    plain = _plain(rest)
    if not plain:
        if by_appointment:
            return Times("", by_appointment=True)
        raise ValueError(text)
    return Times(hours.tidy(_rules(plain)), by_appointment)


def written(stored: str) -> str:
    """Return hours with German names of days, if they can be read back to the very same."""
    german = stored
    for osm, name in (("Tu", "Di"), ("We", "Mi"), ("Th", "Do"), ("Su", "So"), ("-", "–")):
        german = re.sub(rf"\b{osm}\b", name, german) if osm != "-" else german.replace(osm, name)
    try:
        return german if read(german) == Times(stored) else stored
    except ValueError:
        return stored


def _plain(text: str) -> str:
    """Return lower-case text with OSM days, times with colons, hyphens and commas."""
    plain = re.sub(r"[–—‑]|\bbis\b(\s+ca\.?)?", "-", text.lower())
    if _ALWAYS.search(plain):
        return "24/7"
    plain = _DAILY.sub("mo-so", _WEEKDAYS.sub("mo-fr", plain))
    plain = re.sub(r"(\d)\s*[.:]\s*(\d\d)(?!\d|\.)", r"\1:\2", plain)
    plain = re.sub(rf"\bab\s+({_TIME})(\s*(?:uhr|h)\b)?", r"\1+", plain)
    plain = re.sub(r"(\d)\s*(?:uhr|h)\b", r"\1", plain)
    plain = _NTH.sub(_numbered, _FILLERS.sub(" ", _AND.sub(", ", plain)))
    for osm, names in _DAYS.items():
        plain = re.sub(rf"\b(?:{names})\b\.?", osm, plain)
    plain = re.sub(r"\b(an )?feiertag(en|s)?\b", "PH", plain)
    plain = re.sub(r"(\[[^\]]*\])\s*(Mo|Tu|We|Th|Fr|Sa|Su)", r"\2\1", plain)
    plain = re.sub(r"\b(im|des|eines)\s+monats?\b|\b(geöffnet|offen)\b|\bim monat\b", " ", plain)
    return re.sub(r"\s+", " ", plain).strip(" ,;.:()")


def _numbered(match: re.Match[str]) -> str:
    second = f",{match[3]}" if match[3] else ""
    return f"[{match[1]}{second}] "


def _rules(plain: str) -> str:
    """Return groups of days and times as OSM rules; raises ValueError for anything else."""
    if plain == "24/7":
        return plain
    found, position, seen = list[str](), 0, set[str]()
    while position < len(plain):
        group = _GROUP.match(plain, position)
        if not group:
            raise ValueError(plain)
        days = re.sub(r"\s*([-,/])\s*", r"\1", group["days"]).replace("/", ",")
        times = ",".join(_span(span) for span in re.split(r"\s*[,/]\s*", group["times"]))
        again = bool(seen & _names(days))
        # After ";" a day named again would lose its first hours; after "," it gets more.
        found += [", " if again else "; ", f"{days} {times}"]
        seen |= _names(days)
        position = group.end()
    return "".join(found[1:])


def _names(days: str) -> set[str]:
    """Return the days that a list with ranges names."""
    order, named = [*hours.DAYS, "PH"], set[str]()
    for part in re.sub(r"\[[^\]]*\]", "", days).split(","):
        first, _to, last = part.partition("-")
        start, end = order.index(first), order.index(last or first)
        named |= set(order[start : end + 1] if start <= end else order[start:7] + order[: end + 1])
    return named


def _span(text: str) -> str:
    parts = re.split(r"\s*-\s*", text.removesuffix("+"))
    tidy = "-".join(_time(part) for part in parts)
    return f"{tidy}+" if text.endswith("+") else tidy


def _time(text: str) -> str:
    hour, _colon, minutes = text.partition(":")
    if int(hour) > 24 or int(minutes or 0) > 59:
        raise ValueError(text)
    return f"{int(hour):02d}:{minutes or '00'}"
