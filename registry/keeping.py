"""How long every feature's records are kept, and what each holds on a person."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, func, or_

from registry.accounts import holding as accounts
from registry.accounts.models import UserSession
from registry.actors.contacts import holding as contacts
from registry.actors.models import Contact
from registry.actors.proposals.models import Proposal
from registry.audit.models import AuditEntry
from registry.conferences.replies.ageing import holding as participants
from registry.conferences.replies.ageing import queries as ageing
from registry.core.mail.models import BounceReport, Mail, State
from registry.core.throttle import Attempt
from registry.core.tokens import Link
from registry.designations.models import Designation
from registry.exchange.sheets import holding as files
from registry.exchange.sheets import uploads
from registry.exchange.sheets.models import ImportRun
from registry.network.links import queries as links
from registry.network.links.models import Cooperation
from registry.network.rounds.answers import queries as drafts
from registry.network.rounds.models import Round
from registry.privacy.holdings import Files, Holding, Kept, Kind, Leftovers, holds, keeps
from registry.privacy.models import Erasure, RetentionRun
from registry.privacy.persons import queries as persons
from registry.upkeep.bulk.models import BulkRun
from registry.upkeep.campaigns.models import Campaign
from registry.upkeep.duplicates import queries as merges
from registry.upkeep.suggestions.models import Suggestion
from registry.urgent.models import UrgentNotice

_DONE = Mail.state.in_([State.SENT, State.BOUNCED, State.DEAD, State.CANCELLED])
_OVER = or_(_DONE, Mail.state == State.HELD)
_USED = exists().where(Mail.link_id == Link.id, ~_DONE)  # by a mail that may still leave
_ENDED = func.coalesce(Campaign.closed_on, Campaign.deadline)
_ROUND_ENDED = func.coalesce(Round.closed_on, Round.deadline)

KINDS: list[Kept] = [
    Kind("contacts", _l("Contacts after their day of deletion"), Contact, Contact.delete_after, 0),
    Kind("mails", _l("Mail that was sent or given up"), Mail, Mail.made_at, 365, 30, _OVER),
    Kind(
        "suggestions",
        _l("Suggestions after the decision"),
        Suggestion,
        Suggestion.decided_at,
        365,
        30,
    ),
    Kind(
        "undecided",
        _l("Suggestions that nobody decided on"),
        Suggestion,
        Suggestion.made_at,
        365,
        90,
        Suggestion.decided_at.is_(None),
    ),
    Kind(
        "proposals",
        _l("Proposed changes after the decision"),
        Proposal,
        Proposal.decided_at,
        365,
        30,
    ),
    Kind("imports", _l("Imports so far"), ImportRun, ImportRun.made_at, 365, 30),
    Leftovers("files", _l("Uploaded files"), uploads.count_old, uploads.sweep, 30, 1),
    Kind("campaigns", _l("Campaigns after they have ended"), Campaign, _ENDED, 1095, 90),
    Kind("rounds", _l("Surveys after they have ended"), Round, _ROUND_ENDED, 1095, 365),
    Leftovers(
        "drafts",
        _l("What actors filled in, after the survey has ended"),
        drafts.count_old_drafts,
        drafts.clear_old_drafts,
        90,
        30,
    ),
    Kind(
        "designations",
        _l("Designations of contact points after they have ended"),
        Designation,
        Designation.valid_to,
        3650,
        365,
    ),
    Kind(
        "notices",
        _l("Urgent notices after their last day"),
        UrgentNotice,
        UrgentNotice.ends_on,
        1095,
        30,
    ),
    Kind(
        "cooperation",
        _l("Links that have ended"),
        Cooperation,
        links.last_said(),
        3650,
        365,
        links.is_over(),
    ),
    Leftovers(
        "needs",
        _l("What people needed at a conference, after it"),
        ageing.count_old_needs,
        ageing.clear_old_needs,
        14,
        0,
    ),
    Leftovers(
        "wishes",
        _l("Wishes for working groups, and reasons to be in one, after the conference"),
        ageing.count_old_wishes,
        ageing.clear_old_wishes,
        14,
        0,
    ),
    Leftovers(
        "participants",
        _l("Names in invitations and answers, after the conference"),
        ageing.count_old_names,
        ageing.clear_old_names,
        1095,
        30,
    ),
    Leftovers(
        "individuals",
        _l("People invited in person who withdrew their consent"),
        ageing.count_withdrawn,
        ageing.clear_withdrawn,
        30,
        0,
    ),
    Kind("bulk", _l("What is needed to undo a change of many"), BulkRun, BulkRun.made_at, 1, 1),
    Leftovers(
        "merges",
        _l("What is needed to take merged entries apart"),
        merges.count_old,
        merges.clear_old,
        365,
        30,
    ),
    Kind("links", _l("Links after they have expired"), Link, Link.expires_at, 30, 1, ~_USED),
    Kind("sessions", _l("Sign-ins without a visit"), UserSession, UserSession.seen_at, 7, 7),
    Kind("attempts", _l("Failed attempts"), Attempt, Attempt.at, 1, 1),
    Kind("reports", _l("Delivery reports that were read"), BounceReport, BounceReport.at, 365, 30),
    Kind("audit", _l("Entries of the log"), AuditEntry, AuditEntry.at, 1095, 90),
    Kind("erasures", _l("Fingerprints of what was erased"), Erasure, Erasure.at, 1095, 365),
    Kind("runs", _l("This protocol"), RetentionRun, RetentionRun.at, 1095, 365),
]
HOLDINGS: list[Holding | Files] = [
    Holding("contacts", "contact", contacts.erase, named=contacts.named),
    Holding("mails", "mail", persons.delete_mails, owner="recipient"),
    Holding("individuals", "conference_individual", participants.erase_individuals, owner="email"),
    Holding("participants", "conference_participant", participants.erase_participants),
    Holding("accounts", "user", accounts.erase, owner="email", if_asked=True),
    Files("files", files.find, files.erase),
]


def init_app(app: Flask) -> None:
    keeps(app, *KINDS)
    holds(app, *HOLDINGS)
