"""Deciding on what waits: accept it, or return it with a reason."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.models import Status
from registry.actors.proposals import store
from registry.actors.proposals.models import Proposal, State, Verb
from registry.audit.services import record
from registry.core.errors import Conflict, Invalid
from registry.core.mail.outbox import Letter, post
from registry.upkeep.kinds import KINDS, Kind
from registry.upkeep.reviewing import queries

MAX_REASON = 1000


def accept(who: Who, uuid: UUID, version: int) -> Any:
    """Do what is wished for, if the entry still has the version that was looked at."""
    proposal, row = _locked(who, uuid)
    require(who, Permission.ENTRY_REVIEW, proposal)
    if row.version != version:
        raise Conflict(row)
    kind = KINDS[proposal.subject_type]
    _fulfil(who, kind, proposal, version)
    store.decide(proposal, State.ACCEPTED)
    return row


def _fulfil(who: Who, kind: Kind, proposal: Proposal, version: int) -> None:
    subject = proposal.subject_id
    if proposal.verb == Verb.UPDATE:
        kind.update(who, subject, version, kind.life.load(proposal.data))
    elif proposal.verb == Verb.PUBLISH:
        kind.publish(who, subject)
    else:
        kind.archive(who, subject)


def send_back(who: Who, uuid: UUID, reason: str) -> Proposal:
    """Return it with a reason, which the submitter reads on the form and in a mail."""
    proposal, row = _locked(who, uuid)
    require(who, Permission.ENTRY_REVIEW, proposal)
    if not reason:
        raise Invalid({"reason": [_("Please give a reason.")]})
    if len(reason) > MAX_REASON:
        message = _("Please use at most %(limit)s characters.", limit=MAX_REASON)
        raise Invalid({"reason": [message]})
    store.decide(proposal, State.RETURNED, reason)
    record(who, f"{proposal.subject_type}.returned", row, {"reason": [None, reason]})
    if row.status == Status.REVIEW:
        KINDS[proposal.subject_type].restore(who, proposal.subject_id)
    _tell(proposal)
    return proposal


def _locked(who: Who, uuid: UUID) -> tuple[Proposal, Any]:
    """Return what waits and its entry, which nobody else changes until the transaction ends."""
    found = queries.load_proposal(who, uuid)
    row = KINDS[found.subject_type].load(who, found.subject_id, lock=True)
    proposal = queries.load_proposal(who, uuid)
    if proposal.state != State.WAITING:
        raise Conflict(row)
    return proposal, row


def _tell(proposal: Proposal) -> None:
    address = queries.address_of(proposal.author_id)
    if address:
        facts = {"title": proposal.label, "reason": proposal.reason, "verb": proposal.verb}
        post(Letter("entry_returned", address, proposal.region, facts, about=proposal.uuid))
