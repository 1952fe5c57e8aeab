"""What a letter says: facts in, plain data for the typesetter and for merging out. Pure.

Letters are the office's correspondence and always German, as DIN 5008 lays them out; so is this.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from registry.conferences import german
from registry.conferences.letters import filling, saying
from registry.conferences.letters.measuring import (
    WINDOW,
    address_width,
    return_width,
)
from registry.conferences.letters.norm import Fitted, cut, fitted
from registry.conferences.letters.saying import Kind

GREETING = "Mit freundlichen Grüßen"
AGENDA = "Tagesordnung"
NEEDS = {
    "interpreting": "Dolmetschen in die Sprache: ____________________",
    "step_free": "Zugang ohne Stufen",
    "children": "Kinderbetreuung für ____ Kinder",
    "food": "Essen: ____________________",
    "other": "Anderes: ____________________",
}
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
WISHES = "Arbeitsgruppen: bitte mit 1, 2, 3 sagen, welche Ihnen am liebsten sind."
CONSENT = (
    "Diese Angaben sind freiwillig. Ich bin damit einverstanden, dass sie nur für diese Konferenz "
    "verwendet und danach gelöscht werden. Das kann ich jederzeit widerrufen."
)


@dataclass(frozen=True)
class Sender:
    """Who invites: the actor of the duty, its address, and what the information block names."""

    name: str
    street: str = ""
    city: str = ""
    function: str = ""
    phone: str = ""
    email: str = ""
    logo: bytes = b""
    logo_text: str = ""

    @property
    def lines(self) -> list[str]:
        return [line for line in (self.street, self.city) if line]


@dataclass(frozen=True)
class Hours:
    """A day of a conference."""

    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class Occasion:
    """The conference as a letter tells of it."""

    title: str
    motto: str = ""
    days: Sequence[german.Span] = ()
    place: str = ""
    deadline: date | None = None
    reference: str = ""
    text: str = ""
    enclosures: Sequence[str] = ()
    agenda: Sequence[tuple[str, int | None]] = ()
    groups: Sequence[str] = ()
    needs: Sequence[str] = ()
    deputies: bool = True
    example: bool = False
    kind: Kind = Kind.INVITATION
    before: date | None = None  # the first day, as those invited know it
    because: str = ""

    @property
    def answers(self) -> bool:
        """Return whether a letter asks for an answer."""
        return self.kind != Kind.CANCELLED


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to; `spare` are lines of the address that may give way, in order."""

    number: int
    organisation: str
    address: Sequence[str]
    salutation: str
    seats: int = 1
    spare: Sequence[str] = ()
    link: str = ""
    qr: str = field(default="", repr=False)
    answered: bool = False
    notice: str = ""  # what must be told of the contact's data (Art. 14 GDPR)

    @cached_property
    def fitted(self) -> Fitted:
        return fitted(self.address, self.spare, address_width, WINDOW)


def short_date(day: date) -> str:
    return german.day(day).partition(", ")[2]


def facts(occasion: Occasion, sender: Sender, to: Recipient) -> dict[str, str]:
    """Return what the placeholders of a text stand for."""
    return {
        "konferenz": occasion.title,
        "motto": occasion.motto,
        "termin": "\n".join(german.appointments(occasion.days))
        or "Der Termin wird noch bekannt gegeben.",
        "tag": german.dates(occasion.days),
        "uhrzeit": german.times(occasion.days),
        "ort": occasion.place or "Der Ort wird noch bekannt gegeben.",
        "frist": german.day(occasion.deadline) if occasion.deadline else "",
        "organisation": to.organisation,
        "plaetze": "einen Platz" if to.seats == 1 else f"{to.seats} Plätze",
        "nummer": str(to.number),
        "absender": sender.name,
    }


def body(occasion: Occasion, sender: Sender, to: Recipient) -> list[str]:
    """Return the paragraphs of a letter."""
    told = facts(occasion, sender, to) | {
        "bisher": german.day(occasion.before) if occasion.before else "",
        "grund": occasion.because,
    }
    return saying.paragraphs(occasion.kind, told, occasion.text, answered=to.answered)


def subject(occasion: Occasion) -> str:
    return saying.subject(
        occasion.kind,
        {
            "konferenz": occasion.title,
            "erster_tag": short_date(occasion.days[0].day) if occasion.days else "",
            "bisher": short_date(occasion.before) if occasion.before else "",
        },
    )


def return_line(sender: Sender) -> str:
    return cut(" · ".join([sender.name, *sender.lines]), return_width, WINDOW)


def information(occasion: Occasion, sender: Sender, today: date) -> list[tuple[str, str]]:
    """Return the information block, label and value."""
    rows = (
        ("Unser Zeichen", occasion.reference),
        ("Bearbeitung", sender.function),
        ("Telefon", sender.phone),
        ("E-Mail", sender.email),
        ("Datum", short_date(today)),
    )
    return [(label, value) for label, value in rows if value]


def enclosures(occasion: Occasion) -> list[str]:
    if not occasion.answers:
        return []
    own = [AGENDA] if occasion.agenda else []
    return [*own, "Antwortabschnitt", *occasion.enclosures]


def furniture(occasion: Occasion, sender: Sender, today: date) -> dict[str, str]:
    """Return what placeholders of a template stand for besides, the same in all letters."""
    return {
        "betreff": ("Beispieldaten: " if occasion.example else "") + subject(occasion),
        "gruss": GREETING,
        "funktion": sender.function,
        "absender_anschrift": " · ".join(sender.lines),
        "ruecksendezeile": return_line(sender),
        "unser_zeichen": occasion.reference,
        "telefon": sender.phone,
        "e_mail": sender.email,
        "datum": short_date(today),
        "anlagen": "\n".join(enclosures(occasion)),
        "tagesordnung": "\n".join(
            f"{number}. {title}" for number, (title, _minutes) in enumerate(occasion.agenda, 1)
        ),
        "wuensche": _wishes(occasion.groups),
    }


def _wishes(groups: Sequence[str]) -> str:
    """Return the lines of a slip that ask for working groups; nothing where there are none."""
    return "\n".join([WISHES, *(f"☐ {title}" for title in groups)]) if groups else ""


def document(
    occasion: Occasion,
    sender: Sender,
    letters: Sequence[Recipient],
    today: date,
    *,
    proof: bool = False,
) -> dict[str, Any]:
    """Return what the template `letters` sets: the same for all once, and each letter's own."""
    told = {
        **frame(occasion, sender, today, subject(occasion)),
        "proof": proof,
        "enclosures": enclosures(occasion),
        "agenda": [
            {"title": title, "minutes": f"{minutes} Min." if minutes else ""}
            for title, minutes in occasion.agenda
        ],
        "answers": occasion.answers,
        "numbered": False,  # pages are counted where a letter needs it
        "slip": _slip(occasion, sender),
    }
    made = [_letter(occasion, sender, each) for each in letters]
    everywhere = _has_arabic(told)
    for each in made:
        each["arabic"] = everywhere or _has_arabic(each)
    return {**told, "arabic": False, "letters": made}


def frame(occasion: Occasion, sender: Sender, today: date, about: str) -> dict[str, Any]:
    """Return what `documents/din5008.typ` sets on every letter, whatever it is about."""
    return {
        "title": about,
        "arabic": True,  # names in Arabic may stand anywhere
        "lang": "de",
        "rtl": False,
        "proof": False,
        "example": occasion.example,
        "head": {
            "name": sender.name,
            "lines": sender.lines,
            "logo": list(sender.logo),
            "logo_text": sender.logo_text or sender.name,
        },
        "return_line": return_line(sender),
        "information": information(occasion, sender, today),
        "subject": about,
        "greeting": GREETING,
        "signature": [line for line in (sender.function, sender.name) if line],
    }


def _has_arabic(told: Mapping[str, Any]) -> bool:
    return ARABIC.search(json.dumps(told, ensure_ascii=False)) is not None


def _letter(occasion: Occasion, sender: Sender, to: Recipient) -> dict[str, Any]:
    return {
        "number": str(to.number),
        "organisation": to.organisation,
        "address": to.fitted.lines,
        "salutation": to.salutation,
        "paragraphs": body(occasion, sender, to),
        "link": to.link,
        "qr": to.qr,
        "seats": to.seats,
        "notice": _notice(to.notice),
    }


def _notice(text: str) -> dict[str, Any] | None:
    """Return a notice as heading, paragraphs, and lists (of lines that begin with a hyphen)."""
    if not text:
        return None
    heading, *parts = filling.paragraphs(text)
    return {"heading": heading, "parts": [_listed(part) for part in parts]}


def _listed(part: str) -> str | list[str]:
    rows = part.split("\n")
    return [row[2:] for row in rows] if all(row.startswith("- ") for row in rows) else part


def _slip(occasion: Occasion, sender: Sender) -> Mapping[str, Any]:
    deadline = short_date(occasion.deadline) if occasion.deadline else ""
    return {
        "conference": occasion.title,
        "days": german.appointments(occasion.days),
        "to": [sender.name, *sender.lines],
        "by": f"bis {deadline}" if deadline else "",
        "deputies": occasion.deputies,
        "groups": list(occasion.groups),
        "needs": [NEEDS[key] for key in NEEDS if key in occasion.needs],
        "consent": CONSENT,
    }
