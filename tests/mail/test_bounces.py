"""Mail that came back: what counts, what is only told."""

import mailbox
from email import message_from_string
from email.message import Message
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from registry.core.db import db, now
from registry.core.mail import bounces, suppression
from registry.core.mail.models import Mail, State, Suppression
from tests.mail.conftest import fresh, write

REPORT = """From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{report}@mail.example.org>
{headers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4F1
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; somebody.else@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} user
    unknown

{returned}
--B--
"""
WHOLE = """--B
Content-Type: message/rfc822

From: register@example.org
Message-ID: <{id}@example.org>
Subject: Note

Text
"""
HEADERS = """--B
Content-Type: text/rfc822-headers

From: register@example.org
Message-ID:
 <{id}@example.org>
Subject: Note
"""


def report(
    mail: UUID,
    status: str = "5.1.1",
    *,
    action: str = "failed",
    way: str = "whole",
    name: str = "",
) -> Message:
    """Return a delivery report that names the mail in one of the ways there are."""
    parts = {"to": "register@example.org", "headers": "", "returned": ""}
    if way == "verp":
        parts["to"] = f"<bounces+{mail.hex}@example.org>"
    elif way in ("In-Reply-To", "References"):
        parts["headers"] = f"{way}: <{mail}@example.org>\n"
    elif way in ("whole", "headers"):
        parts["returned"] = (WHOLE if way == "whole" else HEADERS).format(id=mail)
    told = REPORT.format(report=name or uuid4(), action=action, status=status, **parts)
    return message_from_string(told)


def sent(to: str = "amt@example.org") -> Mail:
    mail = write(to)
    mail.state, mail.sent_at = State.SENT, now()
    db.session.commit()
    return mail


def suppressed() -> list[str]:
    return list(db.session.scalars(select(Suppression.digest)))


@pytest.mark.parametrize("way", ["verp", "In-Reply-To", "References", "whole", "headers"])
def test_a_hard_bounce_is_known_by_the_id_of_the_mail(database: None, way: str) -> None:
    mail = sent()
    assert bounces.take(report(mail.uuid, way=way), now()) == "hard"
    assert fresh(mail).state == State.BOUNCED
    assert mail.error == "5.1.1 550 5.1.1 user unknown"
    assert suppressed() == [suppression.digest("amt@example.org")]


@pytest.mark.parametrize("way", ["none", "verp", "whole"])
def test_a_report_without_our_id_changes_nothing(database: None, way: str) -> None:
    mail = sent()
    assert bounces.take(report(uuid4(), way=way), now()) == "unknown message"
    assert fresh(mail).state == State.SENT
    assert suppressed() == []


def test_only_the_address_we_wrote_to_is_at_fault(database: None) -> None:
    mail = sent()
    bounces.take(report(mail.uuid), now())
    assert suppression.of(db.session(), "somebody.else@example.org") is None


def test_an_address_is_held_after_three_soft_bounces(database: None) -> None:
    mails = [sent() for _each in range(3)]
    verdicts = [bounces.take(report(mail.uuid, "4.4.7"), now()) for mail in mails]
    assert verdicts == ["soft"] * 3
    assert [fresh(mail).state for mail in mails] == [State.SENT, State.SENT, State.BOUNCED]
    assert suppressed() == [suppression.digest("amt@example.org")]


def test_the_same_report_counts_once_however_often_it_is_read(database: None) -> None:
    mail = sent()
    again = report(mail.uuid, "4.2.2", name="same")
    assert [bounces.take(again, now()) for _each in range(4)] == ["soft", *["seen before"] * 3]
    assert fresh(mail).soft_bounces == 1


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "5.0.0")]
)
def test_a_delay_or_a_receipt_is_no_bounce(database: None, action: str, status: str) -> None:
    mail = sent()
    assert bounces.take(report(mail.uuid, status, action=action), now()) == "not a bounce"


def test_an_answer_by_somebody_on_holiday_is_no_bounce(database: None) -> None:
    mail = sent()
    reply = message_from_string(
        f"From: amt@example.org\nIn-Reply-To: <{mail.uuid}@example.org>\n\nBack on Monday"
    )
    assert bounces.take(reply, now()) == "not a bounce"
    assert fresh(mail).state == State.SENT


def test_reports_are_read_from_files_mailboxes_and_folders(tmp_path: Path) -> None:
    given = [report(uuid4()) for _each in range(2)]
    for number, message in enumerate(given):
        (tmp_path / f"{number}.eml").write_bytes(message.as_bytes())
    box = mailbox.mbox(tmp_path / "box")
    folder = mailbox.Maildir(tmp_path / "dir")
    for message in given:
        box.add(message)
        folder.add(message)
    box.close()
    for path in (tmp_path, tmp_path / "box", tmp_path / "dir"):
        found = [bounces.understand(message) for message in bounces.messages(path)]
        assert {each.mails for each in found if each} == {
            bounces.understand(message).mails
            for message in given  # type: ignore[union-attr]
        }
    assert len(list(bounces.messages(tmp_path / "0.eml"))) == 1


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report\n\n--"])
def test_what_is_no_mail_is_no_bounce(database: None, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "odd.eml").write_bytes(raw)
    found = [bounces.take(each, now()) for each in bounces.messages(tmp_path / "odd.eml")]
    assert found == ["not a bounce"]
