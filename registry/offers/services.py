"""Keeping offers true: create, change, submit, publish, copy, archive, restore."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import queries as actor_queries
from registry.actors import services as actors
from registry.actors.changes import touch
from registry.actors.life import Life, Problems
from registry.actors.models import Actor, Status
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed, NotFound, errors_at
from registry.offers import queries
from registry.offers.changes import apply_changes, arrange
from registry.offers.due.queries import LEGAL_WARNING
from registry.offers.models import TERM_LISTS, Offer
from registry.offers.readiness import missing
from registry.offers.schemas import OfferSchema

MAX_SHIFT = timedelta(days=3660)


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
        apply_changes(offer, data)
    db.session.add(offer)
    with recorded(who, "offer.created", offer, new=True):
        db.session.flush()
    return offer


def update_offer(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Offer:
    """Change an offer that still has the given version, or let the change wait for the office.

    It stays with its actor.
    """
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    arrange(offer)
    return OFFERS.update(who, offer, version, data)


def create_entry(
    who: Who,
    region: str,
    actor: Mapping[str, Any] | UUID,
    contact: Mapping[str, Any] | None,
    place: Mapping[str, Any] | None,
    offer: Mapping[str, Any],
) -> Offer:
    """Create an offer with its contact, its place and its actor (or below an actor that exists).

    All of it or nothing: the caller commits only where no error was raised.
    """
    require(who, Permission.OFFER_EDIT, None)
    provider = _provider(who, region, actor)
    reached, found = actors.add_to_actor(who, provider.uuid, contact, place)
    links: dict[str, Any] = {"places": [{"place": {"uuid": found.uuid}}]} if found else {}
    if reached:
        links["contact"] = {"uuid": reached.uuid}
    with errors_at("offer"):
        return create_offer(who, provider.uuid, {**offer, **links})


def _provider(who: Who, region: str, actor: Mapping[str, Any] | UUID) -> Actor:
    if not isinstance(actor, UUID):
        with errors_at("actor"):
            return actors.create_actor(who, region, actor)
    try:
        found = actor_queries.load_actor(who, actor)
        require(who, Permission.ACTOR_EDIT, found)
    except (NotFound, NotAllowed):
        raise Invalid({"existing": [_("This organisation does not exist.")]}) from None
    return found


def preview_offer(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Offer:
    """Change it for a look at what would come of it; the caller rolls back."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.change(who, offer, data)


def publish_offer(who: Who, uuid: UUID) -> Offer:
    """Publish; names what a public entry still lacks."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.publish(who, offer)


def submit_offer(who: Who, uuid: UUID) -> Offer:
    """Put a draft up for review."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.submit(who, offer)


def take_back_offer(who: Who, uuid: UUID) -> Offer:
    """Take back what waits for the office."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.take_back(who, offer)


def archive_offer(who: Who, uuid: UUID) -> Offer:
    """Take an offer out of sight, or ask the office to."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.archive(who, offer)


def restore_offer(who: Who, uuid: UUID) -> Offer:
    """Make a draft of an offer again."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.restore(who, offer)


def confirm_offer(who: Who, uuid: UUID, day: date) -> Offer:
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    return OFFERS.confirm(who, offer, day)


def tell_free_places(who: Who, uuid: UUID, told: Mapping[UUID, str], day: date) -> Offer:
    """Say how many places runs of an offer have left, as of a day; everyone sees it at once."""
    offer = _load(who, uuid)
    require(who, Permission.OFFER_EDIT, offer)
    runs = {run.uuid: run for run in offer.runs}
    if not told.keys() <= runs.keys():
        raise NotFound
    with recorded(who, "offer.updated", offer):
        for key, availability in told.items():
            runs[key].availability, runs[key].availability_as_of = availability, day
        touch(offer)
    return offer


def copy_offers(who: Who, uuids: Sequence[UUID], shift: timedelta) -> list[Offer]:
    """Copy offers as drafts, every date moved by `shift`; nobody confirmed the copies yet."""
    require(who, Permission.OFFER_EDIT, None)
    if abs(shift) > MAX_SHIFT:
        raise Invalid({"shift": [_("Please move the dates by ten years at most.")]})
    found = {offer.uuid: offer for offer in queries.load_many(who, uuids)}
    for uuid in uuids:
        if uuid not in found:
            raise NotFound
        require(who, Permission.OFFER_EDIT, found[uuid])
    return [_copy(who, offer, shift) for offer in found.values()]


def warnings(offer: Offer, day: date) -> list[str]:
    """Return what keeps an offer from its readers, as sentences for the person who saves."""
    found = []
    if offer.status == Status.PUBLISHED and offer.actor.status != Status.PUBLISHED:
        found.append(_("The provider is not published, so nobody else sees this offer yet."))
    if offer.valid_to and offer.valid_to < day:
        found.append(_("This offer has ended, so nobody else sees it."))
    if any(term.valid_to and term.valid_to <= day + LEGAL_WARNING for term in offer.legal_bases):
        found.append(_("A legal basis of this offer ends soon or has ended."))
    return found


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
    return queries.load_offer(who, uuid, date.today(), lock=True)


def _applied(_who: Who, offer: Offer, data: Mapping[str, Any]) -> None:
    apply_changes(offer, data)
    if data.keys() & TERM_LISTS.keys():
        arrange(offer)


def _lacking(offer: Offer) -> Problems:
    return {field: [_("Please fill in before publishing.")] for field in missing(offer)}


OFFERS = Life("offer", OfferSchema, _applied, _lacking)


_COPIED_ROWS: dict[str, tuple[str, ...]] = {
    "languages": ("language", "by", "note", "position"),
    "places": ("place", "own_hours", "note", "position"),
    "areas": ("ags",),
    "runs": ("starts_on", "ends_on", "register_by", "times"),
    "closures": ("closed_from", "closed_to", "reason"),
}
_NOT_COPIED = {
    "id",
    "uuid",
    "version",
    "created_at",
    "updated_at",
    "folded",
    "folded_title",
    "last_confirmed",
}


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
