"""Placeholders of letters: `{{ frist }}` stands for what is written there. Pure.

Nothing is evaluated: a placeholder is one of the names below or it is unknown, which is said.
"""

import re
from collections.abc import Callable, Mapping

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NOTICE = "datenschutz"  # what a contact is told with the first letter (Art. 14 GDPR)
# Of the text of a letter, in the order in which a page explains them.
OF_TEXT = (
    "konferenz",
    "motto",
    "termin",
    "tag",
    "uhrzeit",
    "ort",
    "frist",
    "organisation",
    "plaetze",
    "nummer",
    "absender",
)
# Of a template of one's own, besides.
OF_TEMPLATE = (
    *OF_TEXT,
    "anschrift",
    "anrede",
    "text",
    "betreff",
    "gruss",
    "funktion",
    "absender_anschrift",
    "ruecksendezeile",
    "unser_zeichen",
    "telefon",
    "e_mail",
    "datum",
    "anlagen",
    "tagesordnung",
    "wuensche",
    NOTICE,
    "antwortadresse",
    "qr",
    "logo",
)


def unknown(text: str, known: tuple[str, ...] = OF_TEXT) -> list[str]:
    """Return the names of placeholders that nothing stands for, each once."""
    found = (match[1] for match in PLACEHOLDER.finditer(text))
    return list(dict.fromkeys(name for name in found if name not in known))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return the text with each placeholder replaced; unknown ones stay to be seen."""

    def said(match: re.Match[str]) -> str:
        return facts.get(match[1], match[0])

    replace: Callable[[re.Match[str]], str] = said
    return PLACEHOLDER.sub(replace, text)


def paragraphs(text: str) -> list[str]:
    """Return what empty lines divide."""
    return [
        each.strip() for each in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if each.strip()
    ]
