"""Taking answers that calendars sent: each is named, and none is guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.access.permissions import Permission
from registry.access.policy import Who, may, require
from registry.conferences.calendars import ics, reading
from registry.conferences.calendars.reading import Attendee, Said, Unreadable
from registry.conferences.invitations.models import Invitation, Reply, Via
from registry.conferences.invitations.queries import load_invitation
from registry.conferences.models import CalendarMethod, Conference
from registry.conferences.replies import services as replies
from registry.conferences.replies.told import Person, Seat, Told
from registry.core.db import db, now
from registry.core.errors import Invalid, NotFound
from registry.core.forms import messages

REPLIES = {"ACCEPTED": Reply.YES, "DECLINED": Reply.NO, "DELEGATED": Reply.DEPUTY}


class Verdict(StrEnum):
    """What became of one answer; a file that cannot be read has a Trouble instead."""

    TAKEN = "taken"
    SAME = "same"  # the answer stands already
    TENTATIVE = "tentative"  # neither yes nor no: still open
    UNKNOWN = "unknown"  # no invitation has this UID
    NOT_ASKED = "not_asked"  # the conference did not ask calendars
    SOMEBODY_ELSE = "somebody_else"  # not the address that was invited
    EARLIER_DATE = "earlier_date"  # an older SEQUENCE: the date was another
    OUTDATED = "outdated"  # a later answer stands
    ONE_DAY = "one_day"  # declines some of the days only
    UNCLEAR = "unclear"
    REFUSED = "refused"  # the answer cannot be: `message` says why


@dataclass(frozen=True)
class Line:
    """What became of one answer of a file; `who` is the organisation, where it is known."""

    file: str
    verdict: str
    reply: str = ""
    who: str = ""
    message: str = ""


def take_all(
    who: Who, files: Iterable[tuple[str, bytes]], today: date, only: Conference | None = None
) -> list[Line]:
    """Take the answers in these files (name, content), of one conference or of all.

    The earliest is taken first; the same files again change nothing.
    """
    require(who, Permission.CONFERENCE_INVITE, only)
    lines, found = list[Line](), list[tuple[str, Said]]()
    for name, data in files:
        try:
            found += [(name, said) for said in reading.answers(data)]
        except Unreadable as error:
            lines.append(Line(name, error.trouble))
    found.sort(key=lambda each: each[1].stamp.timestamp() if each[1].stamp else 0)
    declined = _declined(said for _name, said in found)
    for name, said in found:
        invitation = _invitation(who, said, only)
        if invitation is None:
            lines.append(Line(name, Verdict.UNKNOWN))
        else:
            lines.append(_take(who, name, invitation, said, declined, today))
        db.session.flush()
    return lines


def _declined(told: Iterable[Said]) -> set[str]:
    """Return the UIDs that are declined: of several days only all together are a no."""
    return {
        said.uid.strip().lower()
        for said in told
        if any(each.status == "DECLINED" for each in said.attendees)
    }


def _invitation(who: Who, said: Said, only: Conference | None) -> Invitation | None:
    key = ics.read_uid(said.uid)
    if key is None:
        return None
    try:
        found = load_invitation(who, key[0])
    except NotFound:
        return None
    mine = only is None or found.conference_id == only.id
    return found if mine and may(who, Permission.CONFERENCE_INVITE, found) else None


def _take(
    who: Who, file: str, invitation: Invitation, said: Said, declined: set[str], today: date
) -> Line:
    name = invitation.organisation
    answering = _answering(invitation, said)
    if why := _against(invitation, said, answering):
        return Line(file, why, who=name)
    reply = REPLIES[answering[0].status]
    if reply == invitation.reply or (reply == Reply.YES and invitation.reply == Reply.DEPUTY):
        return Line(file, Verdict.SAME, reply, name)
    if reply == Reply.NO and not _all_days(invitation, declined):
        return Line(file, Verdict.ONE_DAY, who=name)
    if _is_outdated(invitation, said):
        return Line(file, Verdict.OUTDATED, who=name)
    try:
        replies.answer(who, invitation, _told(reply, answering[0], said), Via.CALENDAR, today)
    except Invalid as error:
        told = " ".join(text for each in error.errors.values() for text in messages(each))
        return Line(file, Verdict.REFUSED, reply, name, told)
    invitation.replied_at = min(said.stamp or now(), now())
    return Line(file, Verdict.TAKEN, reply, name)


def _answering(invitation: Invitation, said: Said) -> Sequence[Attendee]:
    """Return those of an answer who are the one that was invited."""
    sent_to = invitation.mail.recipient if invitation.mail else ""
    known = {each.casefold() for each in (invitation.email or "", sent_to) if each}
    return [each for each in said.attendees if each.address in known]


def _against(invitation: Invitation, said: Said, mine: Sequence[Attendee]) -> Verdict | None:
    """Return why an answer does not count, None where it does."""
    conference = invitation.conference
    if conference.calendar != CalendarMethod.REQUEST or invitation.told is None:
        return Verdict.NOT_ASKED
    if not mine:
        return Verdict.SOMEBODY_ELSE
    if said.sequence != conference.sequence:
        return Verdict.EARLIER_DATE if said.sequence < conference.sequence else Verdict.UNCLEAR
    if mine[0].status == "TENTATIVE":
        return Verdict.TENTATIVE
    whole = len(mine) == 1 and said.stamp is not None
    return None if whole and mine[0].status in REPLIES else Verdict.UNCLEAR


def _all_days(invitation: Invitation, declined: set[str]) -> bool:
    numbers = range(1, len(invitation.conference.days) + 1)
    return all(ics.uid(invitation.uuid, number) in declined for number in numbers)


def _is_outdated(invitation: Invitation, said: Said) -> bool:
    """Return whether another answer was given after this one."""
    at = invitation.replied_at
    return at is not None and said.stamp is not None and said.stamp < at


def _told(reply: Reply, mine: Attendee, said: Said) -> Told:
    if reply != Reply.DEPUTY:
        return Told(reply)
    sent = next((each for each in said.attendees if each.address == mine.delegated_to), None)
    return Told(reply, {0: Seat(Person(family_name=sent.name if sent else ""), deputy=True)})
