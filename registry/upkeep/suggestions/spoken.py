"""Opening hours as people type them, read as OSM notation where that is possible. Pure."""

import re

from registry.actors import hours

# Beginnings of the days' names in German and English; what follows them is dropped.
_DAYS = {
    "Mo": r"mon?(?:tags?|day)?s?",
    "Tu": r"di(?:enstags?)?|tue?(?:sdays?)?",
    "We": r"mi(?:ttwochs?)?|wed?(?:nesdays?)?",
    "Th": r"do(?:nnerstags?)?|thu?r?s?(?:days?)?",
    "Fr": r"fri?(?:eitags?|tags?|days?)?",
    "Sa": r"sa(?:mstags?|turdays?|t)?",
    "Su": r"so(?:nntags?)?|sun?(?:days?)?",
}
_WORDS = [(re.compile(rf"\b(?:{names})\b\.?", re.IGNORECASE), day) for day, names in _DAYS.items()]
_TO = re.compile(r"\s*(?:\bbis\b|\bto\b|[-–—])\s*", re.IGNORECASE)
_NOISE = re.compile(r"\b(?:uhr|von|from|jeden|every|o'clock)\b:?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:\bund\b|\band\b|&)\s*", re.IGNORECASE)
_DOTTED = re.compile(r"(?<=\d)\.(?=\d\d\b)")


def parsed(typed: str) -> str | None:
    """Return typed hours in OSM notation, None where they cannot be read for sure."""
    text = _DOTTED.sub(":", _NOISE.sub(" ", typed.replace("\n", "; ")))
    for names, day in _WORDS:
        text = names.sub(day, text)
    text = _AND.sub(",", _TO.sub("-", text))
    text = re.sub(r"(?<=[a-z]):\s", " ", re.sub(r"\s+", " ", text)).strip(" ;,")
    try:
        return hours.tidy(text) if text else ""
    except ValueError:
        return None
