"""What a brochure and its sheet say of one offer, in the language of the request.

Works on publicly dumped offers. A piece is {"text", "lang"}: typesetters and screen readers need
to know which language a text really is in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.core.i18n import current, iso_day, long_date, short_date
from registry.offers.opening import hours_at
from registry.offers.pages import spoken_hours
from registry.texts.markup import blocks
from registry.texts.translated import Dumped, Shown, Translated
from registry.vocabulary.pages import label

Offer = Mapping[str, Any]
Piece = dict[str, str]
LEFT_TO_RIGHT = ("phone", "email", "website")


def piece(text: str, language: str = "") -> Piece:
    """Return a text with its language (default: the one of the request), without its region."""
    return {"text": text, "lang": (language or current().tag).partition("-")[0]}


def shown(text: Mapping[str, str] | Translated) -> Shown:
    """Return a dumped text in the language of the request, or the nearest to it."""
    if isinstance(text, Dumped):
        text = text.text
    made = text if isinstance(text, Translated) else Translated.of(text)
    return made.shown(current().tag)


def said(text: Mapping[str, str] | Translated) -> Piece:
    found = shown(text)
    return piece(found.body, found.language)


def prose(text: Mapping[str, str] | Translated) -> list[Piece]:
    """Return the paragraphs of a text; of its markup nothing but the words stays."""
    found = shown(text)
    lines = (line for block in blocks(found.body) for line in block.lines)
    plain = ("".join(part.text for part in line).strip() for line in lines)
    return [piece(line, found.language) for line in plain if line]


def body(offer: Offer) -> list[Piece]:
    """Return the summary of an offer, or its description where it has none."""
    return prose(offer["summary"]) or prose(offer["description"])


def about_texts(offer: Offer) -> list[str]:
    """Say what a reader has to know of the language of an offer's texts."""
    found = [each for each in map(shown, (offer["title"], offer["summary"])) if each.body]
    tag = current().tag
    states = {"missing" if each.language != tag else each.state for each in found}
    sentences = {
        "missing": _("This entry is there in German only."),
        "machine": _("This entry was translated by machine. Nobody has checked it."),
        "outdated": _("The German text of this entry is newer."),
    }
    return [sentence for state, sentence in sentences.items() if state in states]


def rows(offer: Offer) -> list[dict[str, Any]]:
    """Return label and lines of all that is known of an offer."""
    told = ((key, told_by(offer)) for key, (_label, told_by) in FACTS.items())
    return [
        {"label": str(FACTS[key][0]), "lines": lines, "ltr": key in LEFT_TO_RIGHT}
        for key, found in told
        if (lines := _once(found))
    ]


def address(place: Mapping[str, Any]) -> str:
    """Return the address of a public place in one line."""
    town = " ".join(filter(None, (place["postcode"], place["city"])))
    return ", ".join(filter(None, (place["name"], place["street"], town)))


def _once(lines: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(line for line in lines if line))


def _places(offer: Offer) -> list[str]:
    return [_place(link) for link in offer["places"]]


def _place(link: Mapping[str, Any]) -> str:
    place = link["details"]
    if place["confidential"]:
        return _("The address is confidential. Please call.")
    return ", ".join(filter(None, (address(place), said(link["note"])["text"])))


def _hours(offer: Offer) -> list[str]:
    told = [_hours_at(link, named=len(offer["places"]) > 1) for link in offer["places"]]
    if offer["by_appointment"]:
        told.append(_("Only by appointment. Please call or write first."))
    return told + [_closure(row) for row in offer["closures"] if row["closed_to"] >= _today()]


def _hours_at(link: Mapping[str, Any], *, named: bool) -> str:
    hours, name = hours_at(link), link["details"]["name"]
    spoken = spoken_hours(hours) if hours else ""
    return f"{name}: {spoken}" if spoken and named and name else spoken


def _closure(row: Mapping[str, Any]) -> str:
    return _(
        "Temporarily closed from %(start)s to %(end)s",
        start=long_date(date.fromisoformat(row["closed_from"])),
        end=long_date(date.fromisoformat(row["closed_to"])),
    )


def _runs(offer: Offer) -> list[str]:
    coming = [row for row in offer["runs"] if (row["ends_on"] or row["starts_on"]) >= _today()]
    days = ([row["starts_on"], row["ends_on"]] for row in coming)
    return ["–".join(short_date(date.fromisoformat(day)) for day in pair if day) for pair in days]


def _phones(offer: Offer) -> list[str | None]:
    contact = offer["contact_details"] or {}
    return [contact.get("phone"), *(link["details"]["phone"] for link in offer["places"])]


def _whom(offer: Offer) -> list[str]:
    return [*_terms("target_group", offer["target_groups"]), _ages(offer)]


def _ages(offer: Offer) -> str:
    low, high = offer["min_age"], offer["max_age"]
    if low and high is not None:
        return _("%(low)s to %(high)s years", low=low, high=high)
    if low:
        return _("from %(age)s years", age=low)
    return _("up to %(age)s years", age=high) if high is not None else ""


def _levels(offer: Offer) -> list[str]:
    ends = dict.fromkeys(filter(None, (offer["level_from"], offer["level_to"])))
    return ["–".join(label("level", key).body for key in ends)]


def _costs(offer: Offer) -> list[str]:
    return [*_terms("cost", [offer["cost"]]), said(offer["cost_note"])["text"]]


def _terms(scheme: str, keys: Iterable[str | None]) -> list[str]:
    return [", ".join(label(scheme, key).body for key in keys if key)]


def _today() -> str:
    return date.today().isoformat()


Told = Callable[[Offer], Iterable[str | None]]
FACTS: dict[str, tuple[Any, Told]] = {
    "place": (_l("Place"), _places),
    "hours": (_l("Opening hours"), _hours),
    "phone": (_l("Telephone"), _phones),
    "email": (_l("E-mail"), lambda offer: [(offer["contact_details"] or {}).get("email")]),
    "contact_point": (
        _l("Contact point"),
        lambda offer: _terms("service_type", offer["contact_point_for"]),
    ),
    "website": (_l("Website"), lambda offer: [offer["booking_url"] or offer["actor"]["website"]]),
    "format": (_l("Format"), lambda offer: _terms("format", offer["formats"])),
    "whom": (_l("For whom"), _whom),
    "eligibility": (
        _l("Who may take part"),
        lambda offer: _terms("eligibility", offer["eligibility"]),
    ),
    "languages": (
        _l("Languages spoken"),
        lambda offer: _terms("language", (row["language"] for row in offer["languages"])),
    ),
    "level": (_l("Course level"), _levels),
    "runs": (_l("Course runs"), _runs),
    "cost": (_l("Cost"), _costs),
    "documents": (_l("Please bring"), lambda offer: _terms("document", offer["documents"])),
    "confirmed": (_l("Last confirmed"), lambda offer: [iso_day(offer["last_confirmed"] or "")]),
}
