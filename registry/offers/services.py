"""Keeping offers true: create, change, publish, copy, archive, restore."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import hours as opening
from registry.actors import queries as actor_queries
from registry.actors.models import Contact, Status, Unit
from registry.actors.services import check_regions, touch
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.offers import queries
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
from registry.offers.readiness import missing
from registry.texts.models import TranslatedText
from registry.texts.translated import Translated
from registry.vocabulary.services import choose

Part = TypeVar("Part", Contact, Unit)


def create_offer(
    who: Who,
    actor_uuid: UUID,
    data: Mapping[str, Any],
    *,
    example: bool = False,
    uuid: UUID | None = None,
) -> Offer:
    """Create a draft below an actor that `who` may edit."""
    actor = actor_queries.load_actor(who, actor_uuid)
    require(who, Permission.OFFER_EDIT, actor)
    offer = Offer(actor=actor, example=example or actor.example, status=Status.DRAFT)
    if uuid:
        offer.uuid = uuid
    with db.session.no_autoflush:
        _apply(offer, data)
    db.session.add(offer)
    with recorded(who, "offer.created", offer, new=True):
        db.session.flush()
    return offer


def update_offer(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Offer:
    """Change an offer that still has the given version; it stays with its actor."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    if offer.version != version:
        raise Conflict(offer)
    with recorded(who, "offer.updated", offer):
        _apply(offer, data)
        touch(offer)
        db.session.flush()
    return offer


def publish_offer(who: Who, uuid: UUID) -> Offer:
    """Publish; names what a public entry still lacks."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    if lacking := missing(offer):
        raise Invalid({field: [_("Please fill in before publishing.")] for field in lacking})
    return _set_status(who, offer, Status.PUBLISHED)


def archive_offer(who: Who, uuid: UUID) -> Offer:
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return _set_status(who, offer, Status.ARCHIVED)


def restore_offer(who: Who, uuid: UUID) -> Offer:
    """Bring an offer back as a draft."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return _set_status(who, offer, Status.DRAFT)


def confirm_offer(who: Who, uuid: UUID, day: date) -> Offer:
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    with recorded(who, "offer.confirmed", offer):
        offer.last_confirmed = day
        touch(offer)
    return offer


def copy_offers(who: Who, uuids: Sequence[UUID], shift: timedelta) -> list[Offer]:
    """Copy offers as drafts, every date moved by `shift`; nobody confirmed the copies yet."""
    found = {offer.uuid: offer for offer in queries.load_many(who, uuids)}
    for uuid in uuids:
        if uuid not in found:
            raise NotFound
        require(who, Permission.OFFER_EDIT, found[uuid])
    return [_copy(who, found[uuid], shift) for uuid in uuids]


def delete_demo(who: Who, uuids: Sequence[UUID]) -> int:
    """Delete example offers, those of the given ids, and what else hangs on example actors."""
    require(who, Permission.DATA_TRANSFER, None)
    examples = queries.load_examples(uuids)
    for offer in examples:
        record(who, "offer.deleted", offer)
        db.session.delete(offer)
    db.session.flush()
    return len(examples)


def _load(who: Who, uuid: UUID) -> Offer:
    return queries.load_offer(who, uuid, date.today())


def _set_status(who: Who, offer: Offer, status: Status) -> Offer:
    with recorded(who, f"offer.{status}", offer):
        offer.status = status
        touch(offer)
    return offer


_COPIED_ROWS: dict[str, tuple[str, ...]] = {
    "languages": ("language", "by", "note", "position"),
    "places": ("place", "own_hours", "note", "position"),
    "areas": ("ags",),
    "runs": ("starts_on", "ends_on", "register_by", "times"),
    "closures": ("closed_from", "closed_to", "reason"),
}
_NOT_COPIED = {"id", "uuid", "version", "created_at", "updated_at", "folded", "last_confirmed"}


def _copy(who: Who, offer: Offer, shift: timedelta) -> Offer:
    columns = [attr.key for attr in Offer.__mapper__.column_attrs if attr.key not in _NOT_COPIED]
    copy = Offer(**{name: _shifted(getattr(offer, name), shift) for name in columns})
    copy.actor, copy.status = offer.actor, Status.DRAFT
    with db.session.no_autoflush:
        for name in TERM_LISTS:
            setattr(copy, name, getattr(offer, name))
        for name, parts in _COPIED_ROWS.items():
            kind = Offer.__mapper__.relationships[name].mapper.class_
            rows = [
                kind(**{part: _shifted(getattr(row, part), shift) for part in parts})
                for row in getattr(offer, name)
            ]
            setattr(copy, name, rows)
    db.session.add(copy)
    with recorded(who, "offer.copied", copy, new=True):
        db.session.flush()
    return copy


def _shifted(value: Any, shift: timedelta) -> Any:
    return value + shift if isinstance(value, date) else value


def _apply(offer: Offer, data: Mapping[str, Any]) -> None:
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


def _check_levels(offer: Offer) -> None:
    low, high = offer.level_from, offer.level_to
    if (low is None) != (high is None):
        field = "level_to" if high is None else "level_from"
        raise Invalid({field: [_("Please give both levels, or none.")]})
    if low and high and low.position > high.position:
        raise Invalid({"level_to": [_("The upper level lies below the lower one.")]})


def _set_places(offer: Offer, rows: list[dict[str, Any]]) -> None:
    mine = {place.uuid: place for place in offer.actor.places}
    present = {link.place.uuid: link for link in offer.places}
    links = []
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
    terms = {t.key: t for t in choose("language", [r["language"] for r in rows], "languages")}
    present = {(row.language.key, row.by): row for row in offer.languages}
    kept: dict[tuple[str, str], OfferLanguage] = {}
    for position, row in enumerate(rows):
        key = (row["language"], row["by"])
        target = kept.get(key) or present.get(key) or OfferLanguage(by=row["by"])
        target.language, target.position = terms[row["language"]], position
        target.note = (target.note or Translated()).merged(row.get("note") or {})
        kept[key] = target
    offer.languages = list(kept.values())


def _set_areas(offer: Offer, keys: list[str]) -> None:
    check_regions(keys, "areas")
    present = {area.ags: area for area in offer.areas}
    offer.areas = [present.get(ags) or OfferArea(ags=ags) for ags in dict.fromkeys(keys)]


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
    offer.runs = runs


def _set_closures(offer: Offer, rows: list[dict[str, Any]]) -> None:
    offer.closures = [
        Closure(**{**row, "reason": Translated.of(row.get("reason") or {})}) for row in rows
    ]


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
