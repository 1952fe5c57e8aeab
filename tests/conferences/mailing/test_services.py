"""Inviting by mail: who gets which mail, and that nobody gets one twice."""

from datetime import timedelta

import pytest

from registry.access.policy import CONSOLE
from registry.conferences.fate import services as fate
from registry.conferences.invitations.models import Channel, Reply
from registry.conferences.mailing import queries, services
from registry.conferences.mailing.queries import LOST, Way
from registry.conferences.models import Conference, Duty
from registry.conferences.replies import notices
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail import rendering, suppression
from registry.core.mail.models import State
from tests.conferences.mailing.conftest import DAY, NAMES, address, invitations, mails, send
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_invitation


def remind(conference: Conference, day: object = None, picked: set[object] | None = None) -> int:
    on = TODAY + DAY if day is None else day
    return services.remind(CONSOLE, conference.uuid, picked, on)  # type: ignore[arg-type]


def test_the_first_sending_freezes_the_list_and_writes_to_each_once(conference: Conference) -> None:
    assert send(conference) == 3
    assert conference.frozen_at is not None
    assert [mail.recipient for mail in mails()] == [address(name) for name in NAMES]
    assert [row.number for row in invitations(conference)] == [1, 2, 3]
    assert all(row.invited_on == TODAY and row.mail for row in invitations(conference))
    with pytest.raises(Invalid):
        send(conference, 0)
    assert len(mails()) == 3


def test_each_has_a_link_of_its_own_that_stands_nowhere(conference: Conference) -> None:
    send(conference)
    records = {mail.link.record for mail in mails() if mail.link}
    assert records == {row.uuid for row in invitations(conference)}
    assert all(len(mail.facts["parts"]) == 2 for mail in mails())


def test_sending_twice_from_one_page_or_to_others_than_were_seen_is_refused(
    conference: Conference,
) -> None:
    version = conference.version
    with pytest.raises(Invalid):
        services.send(CONSOLE, conference.uuid, version, 2, TODAY)
    assert mails() == []
    send(conference)
    with pytest.raises(Conflict):
        services.send(CONSOLE, conference.uuid, version, 3, TODAY)


def test_who_objected_may_not_be_written_to_or_gets_a_letter_gets_no_mail(
    conference: Conference,
) -> None:
    first, second, third = invitations(conference)
    suppression.add(db.session(), address("Amt"), suppression.OBJECTED, now())
    second.contact.use_for_invitations = False  # type: ignore[union-attr]
    third.channel = Channel.POST
    make_invitation(conference, organisation="Verband", email="v@example.org", body=None)
    db.session.commit()
    with pytest.raises(Invalid):
        send(conference)
    assert [first.told, second.told, third.told] == [None, None, None]


def test_whoever_is_added_later_gets_the_invitation_alone(conference: Conference) -> None:
    rows = invitations(conference)
    rows[0].channel = Channel.POST
    db.session.commit()
    send(conference, 2)
    rows[0].channel = Channel.BOTH
    db.session.commit()
    assert send(conference, 1) == 1
    assert len(mails()) == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mail_text": "ohne"}, "mail_text"),
        ({"mail_text": "{{ link }} {{ fritz }}"}, "mail_text"),
        ({"mail_subject": "{{ link }}"}, "mail_subject"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_beside_its_field(
    conference: Conference, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        services.write(CONSOLE, conference.uuid, conference.version, changes)
    assert list(refused.value.errors) == [field]


def test_how_calendars_answer_is_fixed_once_invitations_are_out(conference: Conference) -> None:
    send(conference)
    with pytest.raises(Invalid):
        services.write(CONSOLE, conference.uuid, conference.version, {"calendar": "request"})


@pytest.mark.parametrize("what", ["deadline", "days", "cancelled_on"])
def test_nobody_is_invited_to_what_has_no_date_no_deadline_or_is_off(
    conference: Conference, what: str
) -> None:
    values = {"deadline": TODAY - DAY, "days": [], "cancelled_on": TODAY}
    setattr(conference, what, values[what])
    db.session.commit()
    with pytest.raises(Invalid):
        send(conference)


def test_reminders_go_to_those_who_have_not_answered_and_never_twice_a_day(
    conference: Conference,
) -> None:
    send(conference)
    assert remind(conference, TODAY) == 0  # invited today
    invitations(conference)[0].reply = Reply.NO
    db.session.commit()
    assert remind(conference) == 2
    assert remind(conference) == 0
    assert remind(conference, TODAY + 2 * DAY, {invitations(conference)[2].uuid}) == 1
    assert len(mails("conference_reminder")) == 3
    assert all(mail.link_id for mail in mails("conference_reminder"))


def test_reminders_by_plan_move_with_the_deadline(conference: Conference) -> None:
    send(conference)
    deadline = conference.deadline
    assert deadline
    assert services.remind_all(CONSOLE, deadline - 11 * DAY) == 0
    assert services.remind_all(CONSOLE, deadline - 9 * DAY) == 3  # the command ran a day late
    assert services.remind_all(CONSOLE, deadline - 8 * DAY) == 0
    conference.deadline = deadline + timedelta(days=7)
    db.session.commit()
    assert services.remind_all(CONSOLE, deadline - 4 * DAY) == 0
    assert services.remind_all(CONSOLE, deadline - 3 * DAY) == 3  # ten days before the new one
    assert services.remind_all(CONSOLE, conference.deadline + DAY) == 0


def test_a_change_is_told_once_to_all_who_have_not_declined(conference: Conference) -> None:
    send(conference)
    rows = invitations(conference)
    rows[0].reply, rows[1].reply = Reply.NO, Reply.YES
    conference.sequence += 1
    db.session.commit()
    assert services.tell(CONSOLE, conference.uuid, conference.version, TODAY) == 2
    assert services.tell(CONSOLE, conference.uuid, conference.version, TODAY) == 0
    conference.sequence += 1
    conference.cancelled_on = TODAY
    db.session.commit()
    for mail in mails():
        mail.state = State.SENT
    assert services.tell(CONSOLE, conference.uuid, conference.version, TODAY) == 2
    assert len(mails("conference_moved")) == len(mails("conference_cancelled")) == 2


def test_what_was_called_off_by_mistake_and_told_to_nobody_is_no_change(
    conference: Conference,
) -> None:
    send(conference)
    fate.cancel(CONSOLE, conference.uuid, conference.version, "Irrtum", TODAY)
    fate.reinstate(CONSOLE, conference.uuid)
    assert services.tell(CONSOLE, conference.uuid, conference.version, TODAY) == 0


def test_what_did_not_arrive_is_sent_by_post(conference: Conference) -> None:
    send(conference)
    first, second, third = invitations(conference)
    for row, state in ((first, State.BOUNCED), (second, State.DEAD), (third, State.SENT)):
        row.mail.state = state  # type: ignore[union-attr]
    second.street = None
    db.session.commit()
    counts = queries.count(conference)
    assert (counts[LOST], counts[Way.BOUNCED], counts[Way.FAILED], counts[Way.SENT]) == (2, 1, 1, 1)
    assert remind(conference) == 1  # it would come back again
    assert services.by_post(CONSOLE, conference.uuid, {r.uuid for r in (first, second, third)}) == 1
    assert [row.channel for row in (first, second, third)] == ["post", "mail", "mail"]


def test_only_who_may_invite_writes_and_a_stranger_finds_nothing(
    conference: Conference, cast: Cast
) -> None:
    told = (conference.uuid, conference.version, 3, TODAY)
    with pytest.raises(NotFound):
        services.send(cast.boris.as_who(), *told)
    with pytest.raises(NotAllowed):
        services.send(cast.carla.as_who(), *told)
    assert services.send(cast.olga.as_who(), *told) == 3


def test_a_holder_of_the_duty_writes_without_seeing_what_is_not_released(
    conference: Conference, cast: Cast
) -> None:
    rows = invitations(conference)
    emil = cast.keeps(rows[0].actor)  # type: ignore[arg-type]
    conference.duties = [
        Duty(kind="invitation", actor=rows[0].actor, email="einladung@example.org")
    ]
    rows[1].released = True
    db.session.commit()
    seen, _total = queries.mailed(emil.as_who(), conference)
    assert [row.email for row in seen] == [None, address("Bildungswerk"), None]
    version = conference.version
    assert services.send(emil.as_who(), conference.uuid, version, 3, TODAY) == 3
    assert {mail.facts["signer"]["name"] for mail in mails()} == {"Amt"}
    assert {mail.facts["signer"]["reply_to"] for mail in mails()} == {"einladung@example.org"}


def test_a_change_is_told_in_the_language_of_the_answer_and_reminders_are_german(
    conference: Conference,
) -> None:
    send(conference)
    amt, *_others = invitations(conference)
    notices.confirm(amt, [], "en")
    fate.move(CONSOLE, conference.uuid, conference.version, TODAY + 50 * DAY, None, TODAY)
    services.tell(CONSOLE, conference.uuid, conference.version, TODAY)
    english, german, _third = mails("conference_moved")
    assert [english.language, german.language] == ["en", "de"]
    subject, body = rendering.shown(english, "LINK")
    assert subject.startswith("Changed: Integrationskonferenz, ")
    assert "Good day," in body
    assert "bis" not in body.split()
    subject, body = rendering.shown(german, "LINK")
    assert subject.startswith("Geändert: Integrationskonferenz, ")
    assert "Sehr geehrte Damen und Herren," in body
    assert "13:00 bis 17:00 Uhr" in body
    remind(conference)
    assert {mail.language for mail in mails("conference_reminder")} == {"de"}
