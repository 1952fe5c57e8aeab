"""Putting loaded data into an offer; places, contact and unit must be its provider's own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from registry.actors import hours as opening
from registry.actors.changes import check_regions
from registry.actors.models import Contact, Unit
from registry.core.errors import Invalid
from registry.core.ranges import check_ranges
from registry.offers.models import (
    TERM_LISTS,
    TERM_SINGLES,
    Closure,
    Offer,
    OfferArea,
    OfferLanguage,
    OfferPlace,
    Run,
)
from registry.texts.models import TranslatedText
from registry.texts.translated import SOURCE, Translated
from registry.vocabulary.services import choose, choose_by_key

Part = TypeVar("Part", Contact, Unit)


def apply_changes(offer: Offer, data: Mapping[str, Any]) -> None:
    """Set what `data` names; the offer already knows its actor."""
    reviewed = (offer.easy_text, offer.easy_reviewed_on)
    for name, value in data.items():
        if name in TERM_LISTS:
            setattr(offer, name, choose(TERM_LISTS[name], value, name))
        elif name in TERM_SINGLES:
            keys = [value] if value else []
            setattr(offer, name, next(iter(choose(TERM_SINGLES[name], keys, name)), None))
        elif name in _SETTERS:
            _SETTERS[name](offer, value)
        elif isinstance(getattr(Offer, name).type, TranslatedText):
            setattr(offer, name, (getattr(offer, name) or Translated()).merged(value))
        else:
            setattr(offer, name, value)
    _check_levels(offer)
    check_ranges(offer)
    _check_review(offer, *reviewed)


def arrange(offer: Offer) -> None:
    """Put the terms into their stored order, so that the audit log sees only real changes."""
    ordered = sorted(offer.term_links, key=lambda link: (link.term.scheme, link.position))
    # A list that is being sorted looks empty: nothing may be loaded, and so flushed, meanwhile.
    rank = {id(link): number for number, link in enumerate(ordered)}
    offer.term_links.sort(key=lambda link: rank[id(link)])


def _check_levels(offer: Offer) -> None:
    low, high = offer.level_from, offer.level_to
    if (low is None) != (high is None):
        field = "level_to" if high is None else "level_from"
        raise Invalid({field: [_("Please give both levels, or none.")]})
    if low and high and low.position > high.position:
        raise Invalid({"level_to": [_("The upper level lies below the lower one.")]})


def _check_review(offer: Offer, text: str | None, day: date | None) -> None:
    """Let no review stand that is still to come, or for other words than were reviewed."""
    if offer.easy_reviewed_on and offer.easy_reviewed_on > date.today():
        raise Invalid({"easy_reviewed_on": [_("This day lies in the future.")]})
    changed = text and offer.easy_text and offer.easy_text != text
    if changed and day and offer.easy_reviewed_on == day and day < date.today():
        message = _(
            "The text has changed since then. Please give the day of its new review, or none."
        )
        raise Invalid({"easy_reviewed_on": [message]})


def _set_places(offer: Offer, rows: list[dict[str, Any]]) -> None:
    mine = {place.uuid: place for place in offer.actor.places}
    present = {link.place.uuid: link for link in offer.places}
    links: list[OfferPlace] = []
    for position, row in enumerate(rows):
        uuid = row["place"]["uuid"]
        if uuid not in mine:
            message = _("This place does not belong to the provider.")
            raise Invalid({"places": {position: {"place": [message]}}})
        if any(link.place.uuid == uuid for link in links):
            message = _("This place is listed twice.")
            raise Invalid({"places": {position: {"place": [message]}}})
        link = present.get(uuid) or OfferPlace(place=mine[uuid])
        link.position = position
        own = row.get("own_hours")
        link.own_hours = opening.tidy(own) if own else None
        link.note = (link.note or Translated()).merged(row.get("note") or {})
        links.append(link)
    offer.places = links


def _set_languages(offer: Offer, rows: list[dict[str, Any]]) -> None:
    terms = choose_by_key("language", [row["language"] for row in rows], "languages")
    present = {(row.language.key, row.by): row for row in offer.languages}
    kept: dict[tuple[str, str], OfferLanguage] = {}
    for position, row in enumerate(rows):
        key = (terms[row["language"]].key, row["by"])
        target = kept.get(key) or present.get(key) or OfferLanguage(by=row["by"])
        target.language, target.position = terms[row["language"]], position
        target.note = (target.note or Translated()).merged(row.get("note") or {})
        kept[key] = target
    offer.languages = list(kept.values())


def _set_areas(offer: Offer, keys: list[str]) -> None:
    check_regions(keys, "areas")
    present = {area.ags: area for area in offer.areas}
    offer.areas = [present.get(ags) or OfferArea(ags=ags) for ags in sorted(set(keys))]


def _set_runs(offer: Offer, rows: list[dict[str, Any]]) -> None:
    present = {run.uuid: run for run in offer.runs if run.uuid}
    runs = []
    for number, row in enumerate(rows):
        values = dict(row)
        uuid = values.pop("uuid", None)
        if uuid and uuid not in present:
            raise Invalid({"runs": {number: {"id": [_("This entry does not belong here.")]}}})
        run = present.pop(uuid) if uuid else Run()
        for name, value in values.items():
            setattr(run, name, value)
        run.times = opening.tidy(run.times) if run.times else None
        runs.append(run)
    offer.runs = sorted(runs, key=lambda run: run.starts_on)


def _set_closures(offer: Offer, rows: list[dict[str, Any]]) -> None:
    left = list(offer.closures)
    closures = [_closure(left, row) for row in rows]
    offer.closures = sorted(closures, key=lambda closure: closure.closed_from)


def _closure(left: list[Closure], row: Mapping[str, Any]) -> Closure:
    """Return the closure of these days out of `left`, or that of the same reason, or a new one."""
    days, reason = (row["closed_from"], row["closed_to"]), row.get("reason") or {}
    same = [each for each in left if (each.closed_from, each.closed_to) == days] or [
        each for each in left if reason and each.reason.bodies.get(SOURCE) == reason.get(SOURCE)
    ]
    closure = same[0] if same else Closure()
    if same:
        left.remove(closure)
    closure.closed_from, closure.closed_to = days
    closure.reason = (closure.reason or Translated()).merged(reason)
    return closure


def _set_contact(offer: Offer, value: Mapping[str, UUID | None] | None) -> None:
    offer.contact = _own(offer.actor.contacts, value, "contact")


def _set_unit(offer: Offer, value: Mapping[str, UUID | None] | None) -> None:
    offer.unit = _own(offer.actor.units, value, "unit")


def _own(parts: Sequence[Part], value: Any, field: str) -> Part | None:
    uuid = value.get("uuid") if isinstance(value, Mapping) else value
    if not uuid:
        return None
    for part in parts:
        if part.uuid == uuid:
            return part
    raise Invalid({field: [_("This entry does not belong to the provider.")]})


_SETTERS: dict[str, Callable[[Offer, Any], None]] = {
    "places": _set_places,
    "languages": _set_languages,
    "areas": _set_areas,
    "runs": _set_runs,
    "closures": _set_closures,
    "contact": _set_contact,
    "unit": _set_unit,
}
