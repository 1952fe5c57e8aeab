"""Answers that calendars send: which count, and what is said of those that do not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from registry.access.policy import CONSOLE
from registry.conferences.calendars import ics, importing, reading
from registry.conferences.calendars.importing import Verdict
from registry.conferences.calendars.reading import Trouble, Unreadable
from registry.conferences.invitations.models import Invitation, Reply, Via
from registry.conferences.models import Conference, Day
from registry.core.db import db, now
from registry.core.errors import NotAllowed
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import ENDS, STARTS, TODAY, make_conference, make_invitation

ADDRESS = "amt@example.org"
DAY = timedelta(days=1)


def reply(
    uid: str,
    status: str = "ACCEPTED",
    *,
    sequence: int = 0,
    at: datetime | None = None,
    attendee: str = f"mailto:{ADDRESS}",
    further: Sequence[str] = (),
) -> bytes:
    """Return what a calendar sends; lines are folded as some programs do."""
    lines = [
        "BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:-//Somebody//EN", "VERSION:2.0",
        "BEGIN:VEVENT",
        f"ATTENDEE;CN=\"Amt: Roth\";PARTSTAT={status};X-A=1:\r\n {attendee}",
        *further,
        f"UID:{uid[:20]}\r\n {uid[20:]}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{at or now():%Y%m%dT%H%M%SZ}",
        "ORGANIZER:mailto:einladung@example.org",
        "BEGIN:VALARM", "UID:other", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def mail(calendar: bytes) -> bytes:
    """Return the mail that carries an answer, as mail programs write it."""
    head = b"From: Amt <amt@example.org>\r\nSubject: Zugesagt\r\nMIME-Version: 1.0\r\n"
    parts = [
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x",
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nZugesagt\r\n--x",
        b'Content-Type: text/calendar; charset="utf-8"; method=REPLY\r\n\r\n'
        + calendar
        + b"\r\n--x--",
    ]
    return head + b"\r\n".join(parts) + b"\r\n"


@pytest.fixture
def conference(database: None) -> Conference:
    return make_conference(calendar="request")


@pytest.fixture
def invitation(conference: Conference) -> Invitation:
    given = {"email": "Amt@example.org", "told": 0, "invited_on": TODAY, "seats": 1}
    return make_invitation(conference, make_actor(name="Amt"), **given)


def uid(invitation: Invitation, number: int = 1) -> str:
    return ics.uid(invitation.uuid, number)


def take(*files: bytes, only: Conference | None = None) -> list[str]:
    named = [(f"{number}.ics", data) for number, data in enumerate(files)]
    lines = importing.take_all(CONSOLE, named, TODAY, only)
    db.session.commit()
    return [line.verdict for line in lines]


@pytest.mark.parametrize(
    ("status", "stands"), [("ACCEPTED", Reply.YES), ("DECLINED", Reply.NO), ("declined", Reply.NO)]
)
def test_an_answer_counts_once_from_a_file_as_from_a_mail(
    invitation: Invitation, status: str, stands: Reply
) -> None:
    said = reply(uid(invitation), status)
    assert take(mail(said)) == [Verdict.TAKEN]
    assert (invitation.reply, invitation.via) == (stands, Via.CALENDAR)
    assert take(said, mail(said)) == [Verdict.SAME, Verdict.SAME]


def test_a_deputy_is_taken_by_name_and_never_without(invitation: Invitation) -> None:
    sent = "ATTENDEE;CN=Erika Muster;PARTSTAT=NEEDS-ACTION:mailto:muster@example.org"
    said = 'DELEGATED;DELEGATED-TO="mailto:muster@example.org"'
    assert take(reply(uid(invitation), said)) == [Verdict.REFUSED]
    assert take(reply(uid(invitation), said, further=[sent])) == [Verdict.TAKEN]
    assert invitation.reply == Reply.DEPUTY


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"status": "TENTATIVE"}, Verdict.TENTATIVE),
        ({"status": "NEEDS-ACTION"}, Verdict.UNCLEAR),
        ({"sequence": 1}, Verdict.EARLIER_DATE),
        ({"sequence": 3}, Verdict.UNCLEAR),
        ({"attendee": "mailto:fremd@example.org"}, Verdict.SOMEBODY_ELSE),
        ({"attendee": "amt@example.org"}, Verdict.SOMEBODY_ELSE),
        ({"uid": f"{'0' * 8}-0000-0000-0000-{'0' * 12}-1@netzwerkregister"}, Verdict.UNKNOWN),
        ({"uid": "something else"}, Verdict.UNKNOWN),
    ],
)
def test_what_does_not_count_is_named_and_changes_nothing(
    conference: Conference, invitation: Invitation, changes: dict[str, str], verdict: Verdict
) -> None:
    conference.sequence = 2
    db.session.commit()
    told = {"uid": uid(invitation), "sequence": 2, **changes}
    assert take(reply(**told)) == [verdict]  # type: ignore[arg-type]
    assert invitation.reply == Reply.OPEN


def test_only_a_conference_that_asked_calendars_takes_their_answers(
    conference: Conference, invitation: Invitation
) -> None:
    conference.calendar = "publish"
    db.session.commit()
    assert take(reply(uid(invitation))) == [Verdict.NOT_ASKED]


def test_the_later_answer_stands_in_whichever_order_they_are_read(invitation: Invitation) -> None:
    earlier = reply(uid(invitation), "DECLINED", at=now() - DAY)
    later = reply(uid(invitation), "ACCEPTED", at=now() - DAY / 2)
    assert take(later, earlier) == [Verdict.TAKEN, Verdict.TAKEN]
    assert invitation.reply == Reply.YES
    assert take(earlier) == [Verdict.OUTDATED]
    assert invitation.reply == Reply.YES


def test_of_several_days_only_all_are_declined(
    conference: Conference, invitation: Invitation
) -> None:
    conference.days.append(Day(day=conference.days[0].day + DAY, starts=STARTS, ends=ENDS))
    db.session.commit()
    one, other = (reply(uid(invitation, number), "DECLINED") for number in (1, 2))
    assert take(one) == [Verdict.ONE_DAY]
    assert take(one, other) == [Verdict.TAKEN, Verdict.SAME]
    assert invitation.reply == Reply.NO


def test_an_answer_about_another_conference_is_unknown_on_the_page_of_this_one(
    invitation: Invitation, cast: Cast
) -> None:
    other = make_conference(title="Andere")
    assert take(reply(uid(invitation)), only=other) == [Verdict.UNKNOWN]
    boris = importing.take_all(cast.boris.as_who(), [("a.ics", reply(uid(invitation)))], TODAY)
    assert [line.verdict for line in boris] == [Verdict.UNKNOWN]
    with pytest.raises(NotAllowed):
        importing.take_all(cast.carla.as_who(), [], TODAY)


NESTED = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + b"BEGIN:VEVENT\r\n" * 1000
DEEP = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(20)
)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", Trouble.NO_CALENDAR),
        (b"\xff\xfe\x00nothing", Trouble.NO_CALENDAR),
        (b"x" * (reading.MOST_BYTES + 1), Trouble.TOO_LARGE),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * reading.MOST_OF_CALENDAR, Trouble.TOO_LARGE),
        (NESTED, Trouble.TOO_DEEP),
        (DEEP, Trouble.TOO_DEEP),
        (b"Content-Type: message/rfc822\r\n\r\n" * 5000, Trouble.TOO_DEEP),
        (b"Content-Type: message/rfc822\r\n\r\n" + mail(reply("x")), Trouble.NO_CALENDAR),
        (reply("x").replace(b"REPLY", b"REQUEST"), Trouble.NO_REPLY),
    ],
)
def test_what_is_too_large_too_deep_or_no_answer_is_not_read(data: bytes, trouble: Trouble) -> None:
    with pytest.raises(Unreadable) as refused:
        reading.answers(data)
    assert refused.value.trouble == trouble


def test_a_line_that_nobody_can_read_takes_no_time() -> None:
    line = b"ATTENDEE" + b";A=b" * 40_000 + b'"'
    assert reading.answers(b"BEGIN:VCALENDAR\nMETHOD:REPLY\n" + line + b"\nEND:VCALENDAR") == []
