"""Running a campaign: plan, start, remind, close."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.mail import outbox
from registry.core.mail.models import State
from registry.core.mail.outbox import Letter
from registry.offers.models import Offer
from registry.regions import queries as regions
from registry.texts.translated import SOURCE
from registry.upkeep.campaigns import asking, queries
from registry.upkeep.campaigns.models import Campaign, Entry, Request
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.campaigns.planning.choosing import Reachable

PURPOSE = "confirm"


def plan(who: Who, region: str, data: Mapping[str, Any], today: date) -> Campaign:
    """Write down a campaign for the register of `region` (AGS); nobody is asked yet."""
    require(who, Permission.CAMPAIGN_MANAGE, In(region))
    if region not in regions.existing([region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    campaign = Campaign(region=region)
    asking.fill(campaign, data, today)
    db.session.add(campaign)
    with recorded(who, "campaign.created", campaign, new=True):
        db.session.flush()
    return campaign


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Campaign:
    """Change a campaign that is still planned and still has the given version."""
    campaign = _planned(who, uuid, version)
    require(who, Permission.CAMPAIGN_MANAGE, campaign)
    with recorded(who, "campaign.updated", campaign):
        asking.fill(campaign, data, today)
        touch(campaign)
    return campaign


def discard(who: Who, uuid: UUID, version: int) -> None:
    """Delete a campaign that was never started."""
    campaign = _planned(who, uuid, version)
    require(who, Permission.CAMPAIGN_MANAGE, campaign)
    record(who, "campaign.deleted", campaign)
    db.session.delete(campaign)


def start(who: Who, uuid: UUID, version: int, today: date) -> Campaign:
    """Ask every actor that the preview names: one request and at most one mail each."""
    campaign = _planned(who, uuid, version)
    require(who, Permission.CAMPAIGN_MANAGE, campaign)
    asking.check_deadline(campaign.deadline, today)
    found = planning.candidates(campaign.region, today, everybody=campaign.everybody)
    asked = [each for each in found if each.choice.asked]
    if not asked:
        raise Invalid({"name": [_("There is nobody to ask.")]})
    offers = planning.load_offers([each.id for each in asked], today)
    with recorded(who, "campaign.started", campaign):
        campaign.started_on = today
        touch(campaign)
    for each in asked:
        _ask(campaign, each.id, each.choice.contact, offers.get(each.id, []))
    return campaign


def remind(who: Who, uuid: UUID, today: date) -> int:
    """Remind everybody of a campaign who has not answered, nobody twice a day; return how many."""
    campaign = queries.load_campaign(who, uuid, lock=True)
    require(who, Permission.CAMPAIGN_MANAGE, campaign)
    return _remind(who, campaign, today, by_plan=False)


def remind_all(who: Who, today: date) -> int:
    """Send the reminders that are due by the plan of each campaign; return how many."""
    require(who, Permission.CAMPAIGN_MANAGE, None)
    running = [queries.load_campaign(who, c.uuid, lock=True) for c in queries.load_running(who)]
    return sum(_remind(who, campaign, today, by_plan=True) for campaign in running)


def close(who: Who, uuid: UUID, today: date) -> Campaign:
    """End a campaign with all its links; mail that has not left stays here."""
    campaign = queries.load_campaign(who, uuid, lock=True)
    require(who, Permission.CAMPAIGN_MANAGE, campaign)
    if campaign.state != "running":
        raise Conflict(campaign)
    for request in queries.load_requests(campaign):
        tokens.end(PURPOSE, request.uuid)
        if request.mail and request.mail.state == State.WAITING:
            request.mail.state = State.CANCELLED
    with recorded(who, "campaign.closed", campaign):
        campaign.closed_on = today
        touch(campaign)
    return campaign


def _planned(who: Who, uuid: UUID, version: int) -> Campaign:
    campaign = queries.load_campaign(who, uuid, lock=True)
    if campaign.state != "planned" or campaign.version != version:
        raise Conflict(campaign)
    return campaign


def _ask(
    campaign: Campaign, actor_id: int, contact: Reachable | None, offers: Sequence[Offer]
) -> None:
    request = Request(campaign=campaign, actor_id=actor_id, asked_on=campaign.started_on)
    request.entries = [Entry(), *(Entry(offer=offer) for offer in offers)]
    db.session.add(request)
    db.session.flush()
    if contact and contact.email:
        request.contact_id = contact.id
        _write(request, contact.email, reminder=False)


def _remind(who: Who, campaign: Campaign, today: date, *, by_plan: bool) -> int:
    """Write to those who have not answered; by plan only where a reminder is still to come."""
    if campaign.started_on is None or campaign.closed_on or today > campaign.deadline:
        return 0
    steps = asking.steps_behind(campaign, today)
    waiting = queries.load_unanswered(campaign, lock=True)
    due = (row for row in waiting if _is_open(row) and not (by_plan and row.steps >= steps))
    reminded = asking.remindable(due, today)
    for request in reminded:
        _write(request, asking.address(request), reminder=True)
        request.asked_on, request.steps = today, steps
    if reminded:
        record(who, "campaign.reminded", campaign, {"count": [None, len(reminded)]})
    return len(reminded)


def _is_open(request: Request) -> bool:
    return any(entry.answer is None for entry in request.open_entries)


def _write(request: Request, address: str, *, reminder: bool) -> None:
    """Put the one mail about all entries into the outbox, with a link of its own."""
    campaign = request.campaign
    asked = [entry for entry in request.open_entries if entry.answer is None]
    offers = [entry.offer for entry in asked if entry.offer]
    facts = {
        "actor": asking.line(request.actor.name),
        "itself": len(asked) > len(offers),
        "offers": [asking.line(offer.title.shown(SOURCE).body) for offer in offers],
        "deadline": f"{campaign.deadline:%d.%m.%Y}",
        "text": campaign.office_text or "",
    }
    kind = "confirmation_reminder" if reminder else "confirmation_request"
    letter = Letter(kind, address, campaign.region, facts, about=request.uuid)
    link = tokens.issue(PURPOSE, request.uuid, asking.lasting(campaign.deadline))
    request.mail = outbox.post(letter, link)
