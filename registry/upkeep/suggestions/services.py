"""Taking suggestions in, and deciding on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.audit.services import record
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, errors_at
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.upkeep.suggestions import queries
from registry.upkeep.suggestions.models import Kind, State, Suggestion

ANSWER = "suggestion_answered"


@dataclass(frozen=True)
class Wish:
    """What somebody told us; `changes` as in the model."""

    changes: Sequence[Mapping[str, Any]]
    gone: bool = False
    remark: str = ""
    reporter: str | None = None
    language: str = "de"


@dataclass(frozen=True)
class Applied:
    """What the office takes over: loaded data and the version they were decided on."""

    offer: Mapping[str, Any]
    actor: Mapping[str, Any]
    versions: Mapping[str, int]
    archive: bool = False


def suggest(about: Offer | Actor | None, region: str, title: str, wish: Wish) -> Suggestion:
    """Put a wish into the office's queue; open to everyone."""
    if not wish.changes and not wish.gone and not wish.remark:
        raise Invalid({"remark": [_("Please say what is wrong, or correct it below.")]})
    made = Suggestion(
        region=region,
        kind=_kind(about),
        offer=about if isinstance(about, Offer) else None,
        actor=about if isinstance(about, Actor) else None,
        title=title[:300],
        changes=[dict(change) for change in wish.changes],
        gone=wish.gone,
        remark=wish.remark or None,
        reporter=wish.reporter,
        language=wish.language,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _kind(about: Offer | Actor | None) -> Kind:
    if about is None:
        return Kind.NEW
    return Kind.OFFER if isinstance(about, Offer) else Kind.ACTOR


def accept(who: Who, uuid: UUID, applied: Applied, reason: str) -> Suggestion:
    """Take over what was chosen, through the ordinary services, and answer."""
    suggestion = _load(who, uuid)
    require(who, Permission.SUGGESTION_MANAGE, suggestion)
    entry = suggestion.entry
    if entry is None:
        raise Invalid({"entry": [_("Please create the offer from this suggestion.")]})
    provider = entry.actor if isinstance(entry, Offer) else entry
    if applied.offer and isinstance(entry, Offer):
        with errors_at("offer"):
            offers.update_offer(who, entry.uuid, applied.versions["offer"], applied.offer)
    if applied.actor:
        with errors_at("actor"):
            actors.update_actor(who, provider.uuid, applied.versions["actor"], applied.actor)
    if applied.archive:
        archive = offers.archive_offer if isinstance(entry, Offer) else actors.archive_actor
        archive(who, entry.uuid)
    taken = sorted([*applied.offer, *applied.actor])
    return _decide(who, suggestion, State.ACCEPTED, reason, {"details": [None, taken]})


def became(who: Who, uuid: UUID, offer: Offer) -> Suggestion:
    """Note that a suggested offer has become a draft, and answer."""
    suggestion = _load(who, uuid)
    require(who, Permission.SUGGESTION_MANAGE, suggestion)
    suggestion.offer = offer
    return _decide(who, suggestion, State.ACCEPTED, "", {"offer": [None, str(offer)]})


def reject(who: Who, uuid: UUID, reason: str) -> Suggestion:
    """Refuse with a reason, and answer."""
    suggestion = _load(who, uuid)
    require(who, Permission.SUGGESTION_MANAGE, suggestion)
    if not reason.strip():
        raise Invalid({"reason": [_("Please give a reason.")]})
    return _decide(who, suggestion, State.REJECTED, reason, {"reason": [None, reason]})


def mark_spam(who: Who, uuid: UUID) -> Suggestion:
    """Put aside what nobody meant; nobody is answered, and nothing of its text is kept."""
    suggestion = _load(who, uuid)
    require(who, Permission.SUGGESTION_MANAGE, suggestion)
    suggestion.changes, suggestion.remark, suggestion.reporter = [], None, None
    return _decide(who, suggestion, State.SPAM, "", {})


def _load(who: Who, uuid: UUID) -> Suggestion:
    """Return what waits for a decision; whoever comes second is told so."""
    suggestion = queries.load_suggestion(who, uuid, lock=True)
    if suggestion.state != State.OPEN:
        raise Conflict(suggestion)
    return suggestion


def _decide(
    who: Who, suggestion: Suggestion, state: State, reason: str, changes: dict[str, Any]
) -> Suggestion:
    suggestion.state, suggestion.decided_at = state, now()
    suggestion.reason = reason.strip() or None
    if suggestion.reporter:
        _answer(suggestion)
    # Neither the log nor this row remembers who asked.
    suggestion.reporter = None
    record(who, f"suggestion.{state}", suggestion, changes)
    db.session.flush()
    return suggestion


def _answer(suggestion: Suggestion) -> None:
    facts = {
        "title": suggestion.title,
        "accepted": suggestion.state == State.ACCEPTED,
        "new": suggestion.kind == Kind.NEW,
        "reason": suggestion.reason or "",
    }
    outbox.post(
        Letter(
            ANSWER,
            suggestion.reporter or "",
            suggestion.region,
            facts,
            about=suggestion.uuid,
            language=suggestion.language,
        )
    )
