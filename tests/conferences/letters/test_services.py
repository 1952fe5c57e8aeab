"""Printing letters: who may, to whom they go, what is noted, and their links."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.models import AuditEntry
from registry.conferences.invitations.models import Invitation
from registry.conferences.letters import queries, services
from registry.conferences.letters.queries import Which
from registry.conferences.letters.services import Wish
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail import suppression
from registry.core.mail.models import Mail, State
from tests.factories.actors import PLACE, make_actor
from tests.factories.conferences import make_conference, make_invitation

TODAY = date.today()
HOME = {"street": "Gasse 1", "postcode": "91154", "city": "Roth", "released": True}


@pytest.fixture(autouse=True)
def answers(app: Flask) -> None:
    """Links lead to the page for answers, or to any page as long as there is none."""
    app.extensions.setdefault(tokens.PAGES, {}).setdefault("conference", "search.overview")


@pytest.fixture
def conference() -> Conference:
    place = {**PLACE, "street": "Weinbergweg 1"}
    return make_conference(duties={"invitation": make_actor(name="Landratsamt", places=[place])})


@pytest.fixture
def invite(conference: Conference) -> Callable[..., Invitation]:
    def make(name: str, channel: str = "post", **fields: Any) -> Invitation:
        actor = make_actor(name=name)
        return make_invitation(conference, actor, **{**HOME, "channel": channel, **fields})

    return make


def named(post: services.Post) -> list[str]:
    return [each.organisation for each in post.letters]


def key(link: str) -> str:
    return link.partition("key=")[2]


def test_a_proof_is_numbered_like_the_list_and_neither_freezes_nor_links(
    cast: Any, conference: Conference, invite: Any
) -> None:
    invite("Zeta")
    invite("Alpha")
    post = services.proof(cast.who("olga"), conference.uuid, Wish())
    assert [(each.number, each.organisation) for each in post.letters] == [
        (1, "Alpha"),
        (2, "Zeta"),
    ]
    assert "key=" not in post.letters[0].link
    assert post.proof
    assert conference.frozen_at is None
    assert db.session.scalars(select(tokens.Link)).all() == []
    assert post.sender.lines == ["Weinbergweg 1", "91154 Roth"]


def test_printing_freezes_the_list_and_is_noted_on_each_invitation_and_in_the_log(
    cast: Any, conference: Conference, invite: Any
) -> None:
    row = invite("Alpha")
    post = services.issue(cast.who("olga"), conference.uuid, Wish())
    services.printed(cast.who("olga"), conference.uuid, post, TODAY)
    assert conference.frozen_at
    assert (row.number, row.letter_on, row.invited_on) == (1, TODAY, TODAY)
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert {"conference.frozen", "conference.printed"} <= {*actions}


def test_a_letter_that_is_printed_again_gets_another_link_and_both_open(
    cast: Any, conference: Conference, invite: Any
) -> None:
    row = invite("Alpha")
    links = [
        services.issue(cast.who("olga"), conference.uuid, Wish()).letters[0].link for _ in "ab"
    ]
    assert links[0] != links[1]
    found = [tokens.find("conference", key(link)) for link in links]
    assert [each and each.record for each in found] == [row.uuid, row.uuid]
    ends = conference.last_day or TODAY
    assert all(each and each.expires_at.date() >= ends for each in found)


def test_each_choice_prints_those_it_names_in_the_order_of_the_list(
    cast: Any, conference: Conference, invite: Any
) -> None:
    invite("A post")
    invite("B mail", "mail", email="b@example.org", edited=["email"])
    lost = invite("C lost", "mail", email="c@example.org", edited=["email"])
    lost.mail = Mail(region="09576", kind="x", language="de", recipient="c@example.org")
    lost.mail.state = State.BOUNCED
    invite("D late", late=True)
    invite("E asked", invited_on=TODAY)
    invite("F came", invited_on=TODAY, reply="yes")
    db.session.commit()
    letters = queries.load_letters(cast.who("olga"), conference)

    def printed(which: str, *picked: UUID) -> list[str]:
        return [row.organisation[0] for row in letters.chosen(which, picked)]

    assert printed(Which.POST) == ["A", "D", "E", "F"]
    assert printed(Which.UNDELIVERABLE) == ["C"]
    assert printed(Which.LATE) == ["D"]
    assert printed(Which.UNANSWERED) == ["E"]
    assert printed(Which.CHOSEN, lost.uuid) == ["C"]
    assert printed(Which.ALL) == ["A", "B", "C", "D", "E", "F"]


def test_nothing_is_printed_for_those_who_objected_or_have_no_address(
    cast: Any, conference: Conference, invite: Any
) -> None:
    invite("Objected", email="x@example.org")
    invite("Withdrawn", withdrawn_on=TODAY)
    invite("Nowhere", street=None)
    suppression.add(db.session(), "x@example.org", suppression.OBJECTED, now())
    db.session.commit()
    with pytest.raises(Invalid):
        services.issue(cast.who("olga"), conference.uuid, Wish(Which.ALL))


def test_a_reminder_says_so_and_is_noted(cast: Any, conference: Conference, invite: Any) -> None:
    row = invite("Alpha", invited_on=TODAY - timedelta(days=9))
    post = services.issue(cast.who("olga"), conference.uuid, Wish(Which.UNANSWERED))
    assert post.document(TODAY)["subject"].startswith("Erinnerung")
    services.printed(cast.who("olga"), conference.uuid, post, TODAY)
    assert row.reminded_on == TODAY


def test_whoever_has_the_duty_prints_what_is_released_and_strangers_find_nothing(
    cast: Any, conference: Conference, invite: Any
) -> None:
    invite("Open")
    invite("Kept", released=False)
    cast.keeps(conference.duties[0].actor)
    letters = queries.load_letters(cast.who("emil"), conference)
    assert [row.organisation for row in letters.rows] == ["Open"]
    assert letters.withheld == 1
    assert named(services.issue(cast.who("emil"), conference.uuid, Wish())) == ["Open"]
    with pytest.raises(NotAllowed):
        services.proof(cast.who("carla"), conference.uuid, Wish())
    with pytest.raises(NotFound):
        services.proof(cast.who("boris"), conference.uuid, Wish())


def test_words_are_changed_once_and_a_stale_save_is_a_conflict(
    cast: Any, conference: Conference
) -> None:
    version = conference.version
    services.write(cast.who("olga"), conference.uuid, version, {"letter_text": "{{ termin }}"})
    assert conference.letter_text == "{{ termin }}"
    with pytest.raises(Conflict):
        services.write(cast.who("olga"), conference.uuid, version, {"letter_text": "x"})


def test_badges_name_whoever_is_known_and_else_the_organisation(
    cast: Any, conference: Conference, invite: Any
) -> None:
    row = invite("Verein")
    known = {"given_name": "Eva", "family_name": "Groß", "function": "Vorsitz"}
    for position, fields in enumerate((known, {})):
        place = {"conference": conference, "invitation": row, "position": position}
        db.session.add(Participant(**place, **fields))
    db.session.commit()
    title, made = services.badges(cast.who("olga"), conference.uuid)
    assert title == conference.title
    assert [(each.name, each.function, each.organisation) for each in made] == [
        ("Eva Groß", "Vorsitz", "Verein"),
        ("", "", "Verein"),
    ]
