"""Telling by letter that a conference is moved or called off, and what is kept of contacts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from registry.access.policy import CONSOLE
from registry.conferences.fate import services as fate
from registry.conferences.invitations.models import Invitation
from registry.conferences.letters import queries, services
from registry.conferences.letters.queries import Which
from registry.conferences.letters.saying import Kind
from registry.conferences.letters.services import Wish
from registry.conferences.mailing import previews
from registry.conferences.mailing import services as mailing
from registry.conferences.models import Conference
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Invalid
from registry.core.mail import suppression
from registry.core.mail.models import State
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

HOME = {"street": "Gasse 1", "postcode": "91154", "city": "Roth", "released": True}
CHANGED = Wish(Which.CHANGED)
Invite = Callable[..., Invitation]


@pytest.fixture(autouse=True)
def answers(app: Flask) -> None:
    app.extensions.setdefault(tokens.PAGES, {}).setdefault("conference", "search.overview")


@pytest.fixture
def conference(database: None) -> Conference:
    return make_conference()


@pytest.fixture
def invite(conference: Conference) -> Invite:
    def make(name: str, channel: str = "post", **fields: Any) -> Invitation:
        if channel == "mail":
            fields = {"email": f"{name.lower()}@example.org", "edited": ["email"], **fields}
        return make_invitation(
            conference, make_actor(name=name), **{**HOME, "channel": channel, **fields}
        )

    return make


def printed(conference: Conference, wish: Wish = CHANGED) -> list[str]:
    """Print letters and return to whom."""
    post = services.issue(CONSOLE, conference.uuid, wish)
    services.printed(CONSOLE, conference.uuid, post, TODAY)
    db.session.commit()
    return [each.organisation for each in post.letters]


def invited(conference: Conference) -> None:
    """Send the letters and the mails there are."""
    if queries.load_letters(CONSOLE, conference).chosen(Which.POST):
        printed(conference, Wish(Which.POST))
    by_mail = previews.standing(conference, TODAY).to_invite
    if by_mail:
        mailing.send(CONSOLE, conference.uuid, conference.version, by_mail, TODAY)
    for row in queries.load_letters(CONSOLE, conference).rows:
        if row.mail:
            row.mail.state = State.SENT
    db.session.commit()


def move(conference: Conference) -> None:
    day = (conference.first_day or TODAY) + timedelta(days=30)
    fate.move(CONSOLE, conference.uuid, conference.version, day, None, TODAY)
    db.session.commit()


def cancel(conference: Conference) -> None:
    fate.cancel(CONSOLE, conference.uuid, conference.version, "Sturm", TODAY)
    db.session.commit()


def test_whoever_got_a_letter_is_told_by_letter_once_for_each_change(
    conference: Conference, invite: Invite
) -> None:
    invite("Post")
    invite("Mail", "mail")
    declined = invite("Nein")
    invited(conference)
    declined.reply = "no"
    move(conference)
    assert printed(conference) == ["Post"]
    with pytest.raises(Invalid):
        printed(conference)
    assert previews.standing(conference, TODAY).untold == []
    cancel(conference)
    assert printed(conference) == ["Post"]


def test_what_is_moved_or_called_off_while_letters_are_set_is_still_to_be_told(
    conference: Conference, invite: Invite
) -> None:
    invite("Post")
    post = services.issue(CONSOLE, conference.uuid, Wish(Which.POST))
    move(conference)
    services.printed(CONSOLE, conference.uuid, post, TODAY)
    post = services.issue(CONSOLE, conference.uuid, CHANGED)
    cancel(conference)
    services.printed(CONSOLE, conference.uuid, post, TODAY)
    assert printed(conference) == ["Post"]


def test_a_letter_about_moving_names_both_days_and_has_a_link(
    conference: Conference, invite: Invite
) -> None:
    row = invite("Post")
    invited(conference)
    was = conference.first_day
    move(conference)
    post = services.issue(CONSOLE, conference.uuid, CHANGED)
    assert (post.occasion.kind, post.occasion.before) == (Kind.MOVED, was)
    assert [day.day for day in post.occasion.days] == [conference.first_day]
    found = tokens.find("conference", post.letters[0].link.partition("key=")[2])
    assert found is not None
    assert found.record == row.uuid


def test_a_letter_about_calling_off_has_no_link_and_cannot_be_taken_back(
    conference: Conference, invite: Invite
) -> None:
    invite("Post")
    invited(conference)
    cancel(conference)
    with pytest.raises(Invalid):
        services.issue(CONSOLE, conference.uuid, Wish(Which.ALL))
    post = services.issue(CONSOLE, conference.uuid, CHANGED)
    assert (post.occasion.kind, post.letters[0].link) == (Kind.CANCELLED, "")
    services.printed(CONSOLE, conference.uuid, post, TODAY)
    with pytest.raises(Invalid):
        fate.reinstate(CONSOLE, conference.uuid)


def test_whom_the_mail_about_it_did_not_reach_gets_a_letter(
    conference: Conference, invite: Invite
) -> None:
    reached, lost = invite("Erreicht", "mail"), invite("Verloren", "mail")
    invited(conference)
    move(conference)
    mailing.tell(CONSOLE, conference.uuid, conference.version, TODAY)
    assert reached.mail
    assert lost.mail
    reached.mail.state, lost.mail.state = State.SENT, State.BOUNCED
    db.session.commit()
    assert [row.organisation for row, _why in previews.standing(conference, TODAY).untold] == [
        "Verloren"
    ]
    assert printed(conference) == ["Verloren"]


def test_who_may_no_longer_be_written_to_by_mail_gets_a_letter_and_who_objected_nothing(
    conference: Conference, invite: Invite
) -> None:
    for name in ("Zurück", "Widerspruch"):
        invite(name, "mail")
    invited(conference)
    suppression.add(db.session(), "zurück@example.org", "bounced", now())
    suppression.add(db.session(), "widerspruch@example.org", suppression.OBJECTED, now())
    move(conference)
    assert printed(conference) == ["Zurück"]


def test_whose_invitation_never_left_is_not_told_that_it_is_off(
    conference: Conference, invite: Invite
) -> None:
    waits = invite("Wartet", "mail")
    invited(conference)
    assert waits.mail
    waits.mail.state = State.WAITING
    cancel(conference)
    with pytest.raises(Invalid):
        printed(conference)
    assert previews.standing(conference, TODAY).to_tell == 0


def test_who_was_told_of_a_change_by_a_mail_that_never_left_is_told_that_it_is_off(
    conference: Conference, invite: Invite
) -> None:
    row = invite("Mail", "mail")
    invited(conference)
    move(conference)
    mailing.tell(CONSOLE, conference.uuid, conference.version, TODAY)
    assert row.mail
    row.mail.state = State.CANCELLED
    cancel(conference)
    assert previews.standing(conference, TODAY).to_tell == 1


def test_the_first_letter_carries_the_notice_of_what_is_kept_and_no_later_one_does(
    conference: Conference,
) -> None:
    actor = make_actor(name="Amt", contacts=[{"function": "Leitung", "phone": "09171 1"}])
    [contact] = actor.contacts
    make_invitation(conference, actor, contact=contact, channel="post", **HOME)
    draft = services.proof(CONSOLE, conference.uuid, Wish())
    assert "Leitung" in draft.letters[0].notice
    assert contact.informed_on is None
    post = services.issue(CONSOLE, conference.uuid, Wish())
    services.printed(CONSOLE, conference.uuid, post, TODAY)
    assert contact.informed_on == TODAY
    said = post.document(TODAY)["letters"][0]["notice"]
    assert "Art. 14 DSGVO" in said["heading"]
    assert any(isinstance(part, list) and "Leitung" in part[0] for part in said["parts"])
    again = services.issue(CONSOLE, conference.uuid, Wish())
    assert again.document(TODAY)["letters"][0]["notice"] is None


def test_who_gave_the_details_itself_needs_no_notice(conference: Conference) -> None:
    told = {"function": "Leitung", "phone": "09171 1", "own_details": True}
    actor = make_actor(name="Amt", contacts=[told])
    make_invitation(conference, actor, contact=actor.contacts[0], channel="post", **HOME)
    post = services.issue(CONSOLE, conference.uuid, Wish())
    assert post.letters[0].notice == ""


def test_a_link_printed_before_opens_until_the_conference_is_over_on_its_new_day(
    conference: Conference, invite: Invite
) -> None:
    invite("Post")
    post = services.issue(CONSOLE, conference.uuid, Wish(Which.POST))
    was = conference.first_day
    move(conference)
    found = tokens.find("conference", post.letters[0].link.partition("key=")[2])
    assert found is not None
    assert was is not None
    assert conference.last_day is not None
    assert found.expires_at.date() >= conference.last_day > was
