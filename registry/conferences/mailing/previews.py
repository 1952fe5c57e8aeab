"""What would be sent at this moment, to be looked at before it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.conferences.calendars import files
from registry.conferences.invitations import address
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.models import Invitation
from registry.conferences.mailing import checks, choosing, queries, saying
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office
from registry.core.errors import Invalid
from registry.core.mail import rendering
from registry.core.mail.models import Mail


@dataclass(frozen=True)
class Recipient:
    """Somebody in a preview; `email` is None where whoever asks may not see it."""

    row: Invitation
    name: str
    email: str | None
    why: str = ""


@dataclass(frozen=True)
class Shown:
    """The mail of one recipient as it would arrive."""

    to: Recipient
    sender: str
    reply_to: str | None
    subject: str
    body: str
    files: Sequence[str]


@dataclass(frozen=True)
class Seen:
    """Who would get the invitation now and who would not; one mail of them; what stands against."""

    mails: Sequence[Recipient]
    others: Sequence[Recipient]
    shown: Shown | None
    channels: dict[str, int] = field(default_factory=dict)
    against: Sequence[str] = ()


@dataclass(frozen=True)
class Standing:
    """How many mails of each kind could leave now, and who has to be told otherwise."""

    to_invite: int
    to_remind: int
    to_tell: int
    to_tell_on_paper: int
    untold: Sequence[tuple[Invitation, str]]


def standing(conference: Conference, today: date) -> Standing:
    """Return what is left to be written."""
    rows, sendable = queries.load_rows(conference), invitations.sendable(conference)
    telling = choosing.to_tell(rows, sendable, conference)
    on_paper = choosing.to_tell_on_paper(rows, sendable, conference)
    changed = conference.moved_on is not None or conference.cancelled_on is not None
    return Standing(
        len(choosing.to_invite(rows, sendable).mails),
        len(choosing.to_remind(rows, sendable, today).mails),
        len(telling.mails),
        len(on_paper),
        _untold(telling.others, on_paper, conference) if changed else [],
    )


def _untold(
    others: Sequence[tuple[Invitation, str]], on_paper: Sequence[Invitation], held: Conference
) -> list[tuple[Invitation, str]]:
    """Return who no mail will tell, and why: those for a letter, and those for the telephone."""
    written, letters = choosing.Otherwise.WRITTEN, {row.id for row in on_paper}
    known = (choosing.Otherwise.ANSWERED, written, choosing.Otherwise.NOT_INVITED)
    return [
        (row, choosing.Otherwise.LOST if why == written else why)
        for row, why in others
        if row.id in letters or (why not in known and not choosing.knows_on_paper(row, held))
    ]


def seen(who: Who, conference: Conference, wanted: str, today: date) -> Seen:
    """Return what would be sent now; `wanted` is the id of whose mail is shown, else the first."""
    rows = queries.load_rows(conference)
    chosen = choosing.to_invite(rows, invitations.sendable(conference))
    inside = in_the_office(who, conference)
    mails = [_recipient(row, inside=inside) for row in chosen.mails]
    others = [
        _recipient(row, why, inside=inside)
        for row, why in chosen.others
        if why != choosing.Otherwise.WRITTEN
    ]
    picked = [each for each in mails if str(each.row.uuid) == wanted] or mails
    channels: dict[str, int] = {}
    for row in rows:
        channels[row.channel] = channels.get(row.channel, 0) + 1
    against = _against(conference, today)
    number = rows.index(picked[0].row) + 1 if picked else 0
    shown = _shown(conference, picked[0], number) if picked and conference.days else None
    return Seen(mails, others, shown, channels, against)


def _recipient(row: Invitation, why: str = "", *, inside: bool) -> Recipient:
    shown = inside or row.released
    name = row.organisation or (address.person(row) if shown else "")
    return Recipient(row, name, row.email if shown else None, why)


def _shown(conference: Conference, to: Recipient, number: int) -> Shown:
    told = saying.occasion(conference)
    mail = Mail(
        uuid=uuid4(),
        kind=saying.INVITATION,
        region=conference.region,
        language="de",
        recipient=to.row.email or "",
        about=to.row.uuid,
        facts=saying.invitation(told, to.row, number, concealed=to.email is None),
    )
    link = _("(here stands the personal link)")
    subject, body = rendering.shown(mail, link)
    return Shown(to, told.sender.name, told.sender.reply_to, subject, body, [files.NAME])


def _against(conference: Conference, today: date) -> list[str]:
    """Return what keeps the invitation from being sent, in words."""
    try:
        checks.ready(conference, today)
    except Invalid as error:
        return [text for texts in error.errors.values() for text in texts]
    return []
