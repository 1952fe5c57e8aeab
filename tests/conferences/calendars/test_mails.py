"""Answers in mails as the mail programs of this world write them."""

import base64
import quopri
from collections.abc import Sequence

import pytest

from registry.conferences.calendars import reading

UID = "6f1c7c1e-0000-4000-8000-000000000001-1@netzwerkregister"
ADDRESS = "anna.mueller@amt.example"
HEAD = (
    "From: =?utf-8?B?TcO8bGxlciwgQW5uYQ==?= <anna.mueller@amt.example>\r\n"
    "To: Integrationsstelle <integration@landkreis.example>\r\n"
    "Subject: =?utf-8?Q?Zugesagt=3A_Integrationskonferenz?=\r\n"
    "Date: Mon, 23 Nov 2026 08:15:02 +0000\r\n"
    "MIME-Version: 1.0\r\n"
)
ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
OUTLOOK = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
{ZONE}BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN="Müller, Anna":MAILTO:Anna.Mueller@amt.example
COMMENT;LANGUAGE=de-DE:Wir kommen gern.\\nGrüße\\, Anna Müller\\n
UID:{UID}
SUMMARY;LANGUAGE=de-DE:Zugesagt: Integrationskonferenz
DTSTART;TZID=W. Europe Standard Time:20270211T090000
DTEND;TZID=W. Europe Standard Time:20270211T160000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261123T081502Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:1
LOCATION;LANGUAGE=de-DE:Großer Sitzungssaal
X-MICROSOFT-CDO-APPT-SEQUENCE:1
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
"""
GOOGLE = f"""BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20270211T080000Z
DTEND:20270211T150000Z
DTSTAMP:20261123T081502Z
ORGANIZER;CN=Integrationsstelle:mailto:integration@landkreis.example
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN="Müller,
  Anna";X-NUM-GUESTS=0:mailto:anna.mueller@amt.example
CREATED:20261101T100000Z
DESCRIPTION:
LAST-MODIFIED:20261123T081502Z
SEQUENCE:1
STATUS:CONFIRMED
SUMMARY:Integrationskonferenz
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""


def part(kind: str, text: str, charset: str, encoding: str) -> bytes:
    raw = text.replace("\n", "\r\n").encode(charset)
    body = {
        "base64": lambda: base64.encodebytes(raw).replace(b"\n", b"\r\n"),
        "quoted-printable": lambda: quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(
            b"\n", b"\r\n"
        ),
        "8bit": lambda: raw,
    }[encoding]()
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


def multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    head = f'Content-Type: multipart/{kind};\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    mark = f"--{boundary}".encode()
    inside = b"".join(mark + b"\r\n" + each + b"\r\n" for each in parts)
    return head + inside + mark + b"--\r\n"


def outlook(charset: str, encoding: str) -> bytes:
    """Return a meeting response of Exchange: text and calendar, side by side."""
    text = part(f'text/plain; charset="{charset}"', "Grüße\n", charset, encoding)
    calendar = part(f'text/calendar; charset="{charset}"; method=REPLY', OUTLOOK, charset, encoding)
    return HEAD.encode() + multipart("alternative", "_000_AM0PR", [text, calendar])


def google() -> bytes:
    """Return an answer of Google: the calendar among the texts, and once more as a file."""
    plain = 'text/plain; charset="UTF-8"; format=flowed; delsp=yes'
    inner = multipart(
        "alternative",
        "000000000000a1",
        [
            part(plain, "Anna Müller hat zugesagt.\n", "utf-8", "base64"),
            part('text/html; charset="UTF-8"', "<p>Müller</p>\n", "utf-8", "quoted-printable"),
            part('text/calendar; charset="UTF-8"; method=REPLY', GOOGLE, "utf-8", "8bit"),
        ],
    )
    file = part('application/ics; name="invite.ics"', GOOGLE, "utf-8", "base64")
    return HEAD.encode() + multipart("mixed", "000000000000a3", [inner, file])


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
def test_an_answer_of_outlook_is_read_however_it_is_encoded(charset: str, encoding: str) -> None:
    [said] = reading.answers(outlook(charset, encoding))
    assert (said.uid, said.sequence) == (UID, 1)
    assert [(each.address, each.name, each.status) for each in said.attendees] == [
        (ADDRESS, "Müller, Anna", "ACCEPTED")
    ]


def test_an_answer_that_google_sends_twice_in_one_mail_is_one() -> None:
    [said] = reading.answers(google())
    assert [(each.address, each.name) for each in said.attendees] == [(ADDRESS, "Müller, Anna")]


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("rot13", "Müller".encode("windows-1252")),
        ("utf-8", "Müller".encode("windows-1252")),
        ("us-ascii", "Müller".encode()),
        ("windows-1251", "Анна".encode("windows-1251")),
        ("", b"M\xc3\r\n \xbcller"),
    ],
)
def test_a_name_is_read_whatever_a_mail_says_of_its_characters(charset: str, data: bytes) -> None:
    calendar = GOOGLE.replace("\n", "\r\n").encode().replace("Müller,\r\n ".encode(), data)
    mail = f'Content-Type: text/calendar; charset="{charset}"; method=REPLY\r\n\r\n'.encode()
    [said] = reading.answers(mail + calendar)
    assert said.attendees[0].name in ("Müller Anna", "Анна Anna")
