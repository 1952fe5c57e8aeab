"""Leading on from an answer into the survey of the network, or taking what has ended."""

from collections.abc import Collection
from datetime import date

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, Who, require
from registry.actors.models import Actor, Status
from registry.conferences.invitations.models import Invitation
from registry.conferences.replies import closing
from registry.conferences.replies.partners import queries
from registry.core import tokens
from registry.core.errors import NotFound
from registry.core.tokens import Link
from registry.network.links.models import Via
from registry.network.links.services import report_for
from registry.network.rounds.services import PURPOSE
from registry.upkeep.campaigns import asking


def is_asked(invitation: Invitation, today: date) -> bool:
    """Return whether whoever answers is asked for partners: an organisation that has some."""
    actor = _asking(invitation, today)
    return actor is not None and bool(queries.load_asked(actor) or queries.known(actor))


def lead_on(who: Who, invitation: Invitation, today: date) -> Link | None:
    """Return a link to the survey that is under way, None where there is none.

    What is filled in there is the survey's own draft.
    """
    require(who, Permission.CONFERENCE_ANSWER, invitation)
    asked = queries.load_asked(_actor(invitation, today))
    if asked is None:
        return None
    given_out = tokens.living(PURPOSE, [asked.uuid]).get(asked.uuid)
    return given_out or tokens.issue(PURPOSE, asked.uuid, asking.lasting(asked.round.deadline))


def correct(who: Who, invitation: Invitation, ended: Collection[str], today: date) -> int:
    """Report that it works with some partners (public ids) no more, and with the others still.

    Return how many links that touched. Partners it has not named itself are passed over.
    """
    require(who, Permission.CONFERENCE_ANSWER, invitation)
    actor = _actor(invitation, today)
    told = {
        each.id: {way: 0 if each.uuid in ended else level for way, level in each.ways.items()}
        for each in queries.known(actor)
    }
    grant = Grant(Role.ACTOR_EDITOR, actor.region, actor.id)
    itself = Who("link", who.label, grants=(grant,))
    return report_for(itself, actor, told, on=today, via=Via.ROUND)


def _actor(invitation: Invitation, today: date) -> Actor:
    actor = _asking(invitation, today)
    if actor is None:
        raise NotFound
    return actor


def _asking(invitation: Invitation, today: date) -> Actor | None:
    """Return the organisation that may be asked while answers are taken, None where none may."""
    conference, actor = invitation.conference, invitation.actor
    is_open = closing.answering(conference, today) == closing.Answering.OPEN
    mine = actor is not None and actor.status == Status.PUBLISHED
    return actor if conference.asks_network and is_open and mine else None
