"""Mail of a conference at a real mail server: what arrives, and what does not leave any more."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask
from icalendar import Calendar

from registry.access.policy import CONSOLE
from registry.conferences.invitations.models import Reply
from registry.conferences.mailing import services
from registry.conferences.models import Conference, Day, Duty
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail import sending
from registry.core.mail.delivery import Unreachable
from registry.core.mail.models import State
from tests.conferences.mailing.conftest import DAY, NAMES, address, invitations, mails, send
from tests.factories.conferences import ENDS, STARTS, TODAY
from tests.mail.conftest import Postman, fresh


@pytest.fixture(autouse=True)
def answer_page(app: Flask) -> None:
    """Links of conferences open a page, whichever it is."""
    if "conference" not in app.extensions.get(tokens.PAGES, {}):
        tokens.opens(app, "conference", "search.overview")


def leave(days: int = 0) -> dict[str, int]:
    moment = now() + days * DAY
    return dict(sending.send_due(lambda: moment))


def arrived(postman: Postman) -> dict[str, EmailMessage]:
    return {str(message["To"]): message for _sender, message in postman.taken}


def calendars(message: EmailMessage) -> Iterator[tuple[str, Calendar]]:
    """Yield the method a part says it has, and the calendar in it."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            assert part.get_content_charset() == "utf-8"
            yield str(part.get_param("method")), Calendar.from_ical(part.get_content())


def test_each_gets_one_mail_with_the_own_link_the_text_and_the_date(
    post_office: Postman, conference: Conference
) -> None:
    conference.duties = [Duty(kind="invitation", email="einladung@example.org")]
    send(conference)
    assert leave() == {"sent": 3}
    assert post_office.recipients == [address(name) for name in NAMES]
    links = set()
    for name, message in arrived(post_office).items():
        assert message["Bcc"] is None
        assert message["Reply-To"] == "einladung@example.org"
        body = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert body.count("?key=") == 1
        assert body.startswith("Sehr geehrte Damen und Herren,")
        assert "{{" not in body
        links.add(body.split("?key=")[1].split()[0])
        ((method, calendar),) = calendars(message)
        assert (method, calendar["METHOD"]) == ("PUBLISH", "PUBLISH")
        assert name not in calendar.to_ical().decode()
        assert "termin.ics" in [part.get_filename() for part in message.iter_attachments()]
    assert len(links) == 3


def test_a_request_asks_whoever_it_went_to_and_is_shown_in_place_of_the_text(
    post_office: Postman, conference: Conference
) -> None:
    conference.calendar = "request"
    conference.days.append(Day(day=conference.days[0].day + DAY, starts=STARTS, ends=ENDS))
    send(conference)
    leave()
    message = arrived(post_office)[address("Amt")]
    found = list(calendars(message))
    assert [method for method, _calendar in found] == ["REQUEST", "REQUEST"]
    for number, (_method, calendar) in enumerate(found, 1):
        (event,) = calendar.walk("VEVENT")
        assert event["UID"] == f"{invitations(conference)[0].uuid}-{number}@netzwerkregister"
        assert event["ATTENDEE"] == f"mailto:{address('Amt')}"
    inside = next(iter(message.iter_parts()))
    assert inside.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in inside.iter_parts()] == [
        "text/plain",
        "text/calendar",
    ]


def test_a_day_that_is_no_more_and_a_conference_that_is_off_leave_the_calendars(
    post_office: Postman, conference: Conference
) -> None:
    conference.days.append(Day(day=conference.days[0].day + DAY, starts=STARTS, ends=ENDS))
    send(conference)
    leave()
    post_office.taken.clear()
    db.session.delete(conference.days[1])
    db.session.expire(conference, ["days"])
    conference.sequence += 1
    db.session.commit()
    services.tell(CONSOLE, conference.uuid, conference.version, TODAY)
    db.session.commit()
    leave()
    found = [(m, len(c.walk("VEVENT"))) for m, c in calendars(arrived(post_office)[address("Amt")])]
    assert found == [("PUBLISH", 1), ("CANCEL", 1)]
    post_office.taken.clear()
    conference.cancelled_on = TODAY
    conference.sequence += 1
    db.session.commit()
    services.tell(CONSOLE, conference.uuid, conference.version, TODAY)
    db.session.commit()
    leave()
    ((method, calendar),) = calendars(arrived(post_office)[address("Amt")])
    (event,) = calendar.walk("VEVENT")
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)


def test_what_has_become_of_an_invitation_meanwhile_counts_when_its_mail_leaves(
    post_office: Postman, conference: Conference
) -> None:
    send(conference)
    first, second, _third = invitations(conference)
    first.contact.use_for_invitations = False  # type: ignore[union-attr]
    second.withdrawn_on = TODAY
    db.session.commit()
    assert leave() == {"held": 1, "cancelled": 1, "sent": 1}
    assert post_office.recipients == [address("Caritas")]


def test_a_reminder_stays_if_the_answer_comes_first(
    post_office: Postman, conference: Conference
) -> None:
    send(conference)
    leave()
    services.remind(CONSOLE, conference.uuid, None, TODAY + DAY)
    invitations(conference)[0].reply = Reply.YES
    db.session.commit()
    assert leave() == {"cancelled": 1, "sent": 2}
    reminder = arrived(post_office)[address("Caritas")]
    assert "?key=" in reminder.get_content()


def test_a_server_that_dies_in_the_middle_costs_nobody_the_mail_and_gives_nobody_two(
    post_office: Postman, conference: Conference
) -> None:
    """It takes the first mail, dies at the second, and is back an hour later."""
    send(conference)
    taken = iter([False, True])

    def die() -> None:
        if next(taken, False):
            post_office.taken.pop()  # not taken: it never said so
            raise ConnectionResetError

    post_office.handed_over = die
    with pytest.raises(Unreachable):
        leave()
    assert sorted(fresh(mail).state for mail in mails()) == [
        State.SENT,
        State.WAITING,
        State.WAITING,
    ]
    assert leave(1) == {"sent": 2}
    assert leave(2) == {}
    assert post_office.recipients == [address(name) for name in NAMES]
