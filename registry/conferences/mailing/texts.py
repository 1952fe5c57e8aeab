"""What an invitation by mail says: its placeholders, and the text until another is written. Pure.

`{{ frist }}` stands for what is written there; nothing is evaluated. Where the link stands, the
text is cut: its address is put in while a mail is sent and kept nowhere.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LINK = "link"
NAMES = (
    "anrede",
    "organisation",
    "konferenz",
    "motto",
    "termin",
    "tag",
    "uhrzeit",
    "ort",
    "tagesordnung",
    "frist",
    LINK,
    "plaetze",
    "nummer",
    "absender",
)
USUAL_SUBJECT = "Einladung: {{ konferenz }}, {{ tag }}"
USUAL_TEXT = """{{ anrede }}

wir laden Sie herzlich zur Konferenz „{{ konferenz }}“ ein.
{{ motto }}

{{ termin }}
{{ ort }}

{{ tagesordnung }}

Wir halten für Sie {{ plaetze }} frei. Bitte antworten Sie bis {{ frist }}, ohne Anmeldung, mit \
diesem Link:

{{ link }}

Das Öffnen allein ändert nichts, erst Ihr Absenden zählt. Ihre Antwort können Sie bis dahin ändern.

Der Link gilt nur für Ihre Einladung mit der Nummer {{ nummer }}. Bitte geben Sie ihn nur \
innerhalb Ihrer Stelle weiter.

Mit freundlichen Grüßen
{{ absender }}"""
_CUT = "\0"


class Fault(StrEnum):
    """Why a text cannot be sent."""

    UNKNOWN = "unknown"  # placeholders that nothing stands for
    NO_LINK = "no_link"
    LINK_IN_SUBJECT = "link_in_subject"


def fault(text: str) -> Fault | None:
    """Return what is wrong with the text of a mail."""
    if unknown(text):
        return Fault.UNKNOWN
    return None if LINK in _names(text) else Fault.NO_LINK


def fault_of_subject(subject: str) -> Fault | None:
    if unknown(subject):
        return Fault.UNKNOWN
    return Fault.LINK_IN_SUBJECT if LINK in _names(subject) else None


def unknown(text: str) -> list[str]:
    """Return the placeholders that nothing stands for, each once, as they were typed."""
    found = (match[1] for match in PLACEHOLDER.finditer(text))
    return list(dict.fromkeys(name for name in found if name.lower() not in NAMES))


def _names(text: str) -> set[str]:
    return {match[1].lower() for match in PLACEHOLDER.finditer(text)}


def subject(text: str, values: Mapping[str, str]) -> str:
    """Return a subject in one line."""
    return " ".join(_said(text, values).split()).strip(" ,:")


def parts(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the text in pieces, between which the link stands.

    A line goes if all its placeholders stand for nothing.
    """
    told = {name: value.replace(_CUT, "") for name, value in values.items()} | {LINK: _CUT}
    lines = []
    for line in text.replace("\r\n", "\n").replace(_CUT, "").split("\n"):
        said = _said(line, told)
        if said.strip() or not PLACEHOLDER.search(line):
            lines.append(said.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().split(_CUT)


def _said(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match[1].lower(), match[0]), text)
