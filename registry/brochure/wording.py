"""What the documents say, in the language of the request, as data for their templates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.brochure import facts
from registry.brochure.layout import Book, Group, Offer
from registry.core import qr
from registry.core.i18n import current, short_date
from registry.regions import queries as regions
from registry.regions.emergency import NUMBERS
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.pages import label

Data = dict[str, Any]
LONG = 1500  # characters; beyond, an entry may go on on the next page
INK = "#3d4852"  # of a chapter whose field has no colour


def brochure(book: Book, region: str, day: date) -> Data:
    """Return all that stands in a brochure about a region (AGS, "" for the whole register)."""
    return {
        **_frame(region, day),
        "title": _("Offer overview"),
        "contents": _("Contents"),
        "count": _count(sum(len(each.offers) for each in book.chapters)),
        "example": _example(each for group in book.chapters for each in group.offers),
        "imprint": {"title": _("Imprint"), "lines": _imprint()},
        "chapters": [_chapter(group, region) for group in book.chapters],
        "indexes": _indexes(book),
    }


def _indexes(book: Book) -> list[Data]:
    names = _region_names(group.key for group in book.by_place)
    places = [_entries(_place_name(group, names), group) for group in book.by_place]
    fields = [_entries(_field_name(group.key), group) for group in book.by_field]
    indexes = {_("Offers by place"): places, _("Offers by field of action"): fields}
    return [{"title": title, "groups": found} for title, found in indexes.items() if found]


def posters(pages: Sequence[tuple[str, str, Sequence[Mapping[str, Any]]]], day: date) -> Data:
    """Return what stands on a poster for each municipality: its AGS, its name, contact points."""
    return {
        **_frame("", day),
        "title": _("Offers nearby"),
        "points": _("Contact points"),
        "emergency": {
            "title": _("Emergency numbers"),
            "numbers": [{"number": number, "name": str(name)} for number, name in NUMBERS],
            "note": _("All of them are free of charge."),
        },
        "pages": [_poster(*page) for page in pages],
    }


def overview(**filters: Any) -> str:
    """Return the whole address of the overview in this language, below PUBLIC_URL."""
    given = {name: value for name, value in filters.items() if value}
    path = url_for("search.overview", lang=current().tag, **given)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _frame(region: str, day: date) -> Data:
    """Return what every document has."""
    home = regions.register()
    title = regions.rules(home.ags).title if home else None
    about = regions.region(region) if region else home
    return {
        "lang": current().tag.partition("-")[0],
        "rtl": current().direction == "rtl",
        "register": title or (_("Network register %(region)s", region=home.name) if home else ""),
        "region": about.name if about else "",
        "as_of": _("As of %(moment)s", moment=short_date(day)),
        "scan": _("Scan the code to see the offers as they are today."),
        "example": "",
    }


def _count(number: int) -> str:
    return str(ngettext("%(num)s offer", "%(num)s offers", number))


def _example(offers: Iterable[Offer]) -> str:
    """Say that invented entries are among the offers."""
    if not any(offer["example"] for offer in offers):
        return ""
    return _("This document contains example data. Nothing of it exists.")


def _chapter(group: Group, region: str) -> Data:
    address = overview(field=group.key, region=region)
    term = vocabulary.term("field", group.key) if group.key else None
    return {
        "title": _field_name(group.key),
        "color": (term.color if term else None) or INK,
        "count": _count(len(group.offers)),
        "address": address,
        "qr": qr.svg(address),
        "offers": [_offer(offer) for offer in group.offers],
    }


def _offer(offer: Offer) -> Data:
    notes = [_("Example data")] if offer["example"] else []
    body = facts.body(offer)
    return {
        "id": offer["id"],
        "title": facts.said(offer["title"]),
        "provider": facts.piece(offer["actor"]["name"], "de"),
        "body": body,
        "long": sum(len(each["text"]) for each in body) > LONG,
        "rows": facts.rows(offer),
        "notes": notes + facts.about_texts(offer),
    }


def _field_name(key: str) -> facts.Piece:
    found = label("field", key) if key else None
    return facts.piece(found.body, found.language) if found else facts.piece(_("Offers"))


def _place_name(group: Group, names: Mapping[str, str]) -> facts.Piece:
    if not group.key:
        return facts.piece(_("Online, by telephone or at your home"))
    return facts.piece(names.get(group.key, group.key), "de")


def _region_names(keys: Iterable[str]) -> dict[str, str]:
    return regions.names(key for key in keys if key)


def _entries(name: facts.Piece, group: Group) -> Data:
    entries = [{"id": each["id"], "title": facts.said(each["title"])} for each in group.offers]
    return {"name": name, "entries": entries}


def _imprint() -> list[facts.Piece]:
    home = regions.register()
    own = facts.prose(regions.rules(home.ags).imprint) if home else []
    operator: dict[str, str] = current_app.config["OPERATOR"]
    address = operator["OPERATOR_ADDRESS"].replace(", ", "\n").splitlines()
    reached = (operator["OPERATOR_PHONE"], operator["OPERATOR_EMAIL"])
    told = [facts.piece(line, "de") for line in (operator["OPERATOR_NAME"], *address, *reached)]
    return (own or [each for each in told if each["text"]]) + [
        facts.piece(
            _(
                "The entries come from the providers themselves and from public sources. Each "
                "entry says when it was last confirmed. Binding information is given by the "
                "provider."
            )
        )
    ]


def _poster(ags: str, name: str, points: Sequence[Mapping[str, Any]]) -> Data:
    address = overview(region=ags)
    return {
        "place": name,
        "address": address,
        "qr": qr.svg(address),
        "points": [_point(each) for each in points],
        "example": _("Example data") if any(each["example"] for each in points) else "",
    }


def _point(shown: Mapping[str, Any]) -> Data:
    """Return what a poster says of a contact point, as the finder shows it."""
    title = facts.said(shown["title"]) if shown["title"] else facts.piece(shown["name"], "de")
    where = [facts.address(place) for place in shown["places"] if not place["confidential"]][:1]
    phones = [each["phone"] for each in (*shown["contacts"], *shown["places"]) if each["phone"]]
    return {
        "name": title,
        "provider": facts.piece(shown["name"] if shown["title"] else "", "de"),
        "lines": [facts.piece(line, "de") for line in where],
        "phones": list(dict.fromkeys(phones))[:2],
    }
