"""Telling participants where they are: by mail, or noting that somebody told them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.groups.telling import queries, saying
from registry.conferences.groups.telling.places import kept, news
from registry.conferences.groups.telling.queries import Places
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.models import Invitation
from registry.conferences.mailing import checks
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import closing, notices
from registry.conferences.replies.models import Participant
from registry.core import tokens
from registry.core.errors import Invalid
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter


@dataclass(frozen=True)
class Recipient:
    """An invitation of which somebody has to be told; `why` is what keeps mail from it (a code)."""

    row: Invitation
    people: Sequence[Participant]
    language: str = "de"
    again: bool = False
    why: str = ""


@dataclass(frozen=True)
class Plan:
    """Who would be told now: by mail, or by somebody because mail cannot reach them."""

    places: Places
    mails: Sequence[Recipient]
    others: Sequence[Recipient]
    known: int  # people who know already where they are

    @property
    def count(self) -> int:
        """Return how many people the mails tell."""
        return sum(len(each.people) for each in self.mails)

    @property
    def untold(self) -> int:
        """Return how many people have to be told, by mail or otherwise."""
        return self.count + sum(len(each.people) for each in self.others)


def plan(who: Who, conference: Conference) -> Plan:
    """Return who has to be told where they are: whoever was told nothing, or something else.

    A mail that came back has told nothing.
    """
    require(who, Permission.CONFERENCE_READ, conference)
    places, told = queries.places(conference), queries.told(conference)
    new = news(places, told) | (queries.lost(conference) & places.keys())
    standing = invitations.sendable(conference)
    rows = queries.load_seated(conference)
    languages = queries.languages(notices.ANSWER, list(rows))
    mails, others = [], []
    for row, people in rows.items():
        if not any(each.id in new for each in people):
            continue
        again = any(each.id in told for each in people)
        language = languages.get(row.uuid, "de")
        if standing[row.id].mail:
            mails.append(Recipient(row, people, language, again))
        else:
            why = str(standing[row.id].hindrance)
            others.append(Recipient(row, people, language, again, why))
    known = sum(key in told and key not in new for key in places)
    return Plan(places, mails, others, known)


def tell(who: Who, uuid: UUID, expected: int, today: date) -> int:
    """Write to everybody who does not know yet where they are; return how many mails.

    `expected` is how many whoever sends was told of.
    """
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    checks.coming(found, today)
    made = plan(who, found)
    if not made.mails:
        raise Invalid({"confirmed": [_("There is nobody to write to.")]})
    if len(made.mails) != expected:
        message = _("The list has changed meanwhile. Please look at it again.")
        raise Invalid({"confirmed": [message]})
    _note(made.places, made.mails, _post(found, made))
    record(who, "conference.places_told", found, {"count": [None, len(made.mails)]})
    return len(made.mails)


def told_otherwise(who: Who, uuid: UUID, invitation: UUID) -> Invitation:
    """Note that those of an invitation whom no mail reaches have been told by somebody."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    made = plan(who, found)
    for each in made.others:
        if each.row.uuid == invitation:
            _note(made.places, [each], {})
            record(who, "conference.places_told", found, {"count": [None, 1]})
            return each.row
    raise Invalid({"invitation": [_("They know it already.")]})


def _post(found: Conference, made: Plan) -> dict[UUID | None, int]:
    """Put the mails into the outbox; return their internal ids by invitation."""
    keys = [each.row.uuid for each in made.mails]
    links = tokens.issue_all(closing.PURPOSE, keys, closing.lasting(found))
    mails = outbox.post_all(
        (_letter(found, each, made), links[each.row.uuid]) for each in made.mails
    )
    return {mail.about: mail.id for mail in mails}


def _letter(found: Conference, to: Recipient, made: Plan) -> Letter:
    facts = saying.facts(found, to.row, to.people, made.places, to.language)
    return saying.letter(to.row, found.region, {**facts, "again": to.again}, to.language)


def _note(places: Places, told: Sequence[Recipient], mails: Mapping[UUID | None, int]) -> None:
    queries.note(
        [
            {
                "participant_id": person.id,
                "places": kept(places.get(person.id, [])),
                "mail_id": mails.get(each.row.uuid),
            }
            for each in told
            for person in each.people
        ]
    )
