from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.conferences.afterwards import queries, services
from registry.conferences.afterwards.summary import summary
from registry.conferences.attendance.models import Door, Presence
from registry.conferences.invitations.models import Reply
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, PersonalNeed
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail
from tests.conferences.mailing.conftest import actor_with_mail, address
from tests.factories.conferences import TODAY, make_conference, make_invitation

WEEK = timedelta(weeks=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def over(database: None) -> Conference:
    return make_conference(YESTERDAY)


def somebody(conference: Conference, name: str, *, came: bool = True) -> Participant:
    actor = actor_with_mail(name)
    known = {"email": address(name), "contact": actor.contacts[0], "invited_on": TODAY}
    invitation = make_invitation(conference, actor, reply=Reply.YES, **known)
    person = Participant(conference=conference, invitation=invitation, wishes=["a"])
    db.session.add(person)
    if came:
        day = conference.days[0]
        db.session.add(Presence(participant=person, day=day, at=now(), via=Door.LIST))
    db.session.commit()
    return person


def test_few_answers_are_counted_but_not_shown() -> None:
    answers = [{"content": 5, "good": "Der Austausch"}, {"content": 4}]
    assert summary(answers).hidden
    assert not summary(answers).texts
    found = summary([*answers, {"content": 3, "own_0": "Ja"}])
    rated = {each.question: each for each in found.rated}
    assert rated["content"].counts == (0, 0, 1, 1, 1)
    assert rated["content"].mean == 4
    assert rated["use"].mean is None
    assert found.texts == {"good": ["Der Austausch"], "own_0": ["Ja"]}


def test_people_say_what_they_thought_by_one_link_until_it_closes(
    cast: Any, over: Conference
) -> None:
    olga = cast.who("olga")
    evaluation = services.ask(olga, over.uuid, 0, {"open_until": TODAY}, TODAY)
    with pytest.raises(Conflict):
        services.ask(olga, over.uuid, 0, {"open_until": TODAY + WEEK}, TODAY)
    link = queries.newest_link(evaluation)
    assert link
    found = services.opened(tokens.secret(link), "192.0.2.1")
    assert found is evaluation
    holder = services.holder(found)
    with pytest.raises(Invalid):
        services.answer(holder, found, {"good": None}, TODAY)
    services.answer(holder, found, {"content": 5, "good": ""}, TODAY)
    assert queries.answers(over) == [{"content": 5}]
    with pytest.raises(Invalid):
        services.answer(holder, found, {"content": 1}, TODAY + timedelta(days=1))
    other = services.ask(olga, make_conference().uuid, 0, {"open_until": TODAY}, TODAY)
    with pytest.raises(NotFound):
        services.answer(holder, other, {"content": 1}, TODAY)
    with pytest.raises(NotFound):
        services.opened("no key", "192.0.2.1")


def test_thanks_go_to_those_who_came_once_each_and_carry_the_link(
    cast: Any, over: Conference
) -> None:
    olga = cast.who("olga")
    came, _away = somebody(over, "Verein"), somebody(over, "Anderer", came=False)
    services.ask(olga, over.uuid, 0, {"open_until": TODAY + WEEK}, TODAY)
    with pytest.raises(Invalid):
        services.thank(olga, over.uuid, "Danke", 2, TODAY)
    assert services.thank(olga, over.uuid, "Danke", 1, TODAY) == 1
    (mail,) = db.session.scalars(select(Mail).where(Mail.kind == services.THANKS))
    assert mail.recipient == came.invitation.email
    assert mail.link_id is not None
    with pytest.raises(NotAllowed):
        services.thank(cast.who("carla"), over.uuid, "Danke", 1, TODAY)


def test_needs_and_wishes_are_deleted_when_it_is_over_and_counts_stay(
    cast: Any, over: Conference
) -> None:
    olga = cast.who("olga")
    person = somebody(over, "Verein")
    db.session.add(PersonalNeed(participant=person, step_free=True, consent_at=now()))
    db.session.commit()
    made = services.forget(olga, over.uuid, TODAY)
    db.session.expire_all()
    assert made.counts == {"needs": 1, "wishes": 1}
    assert (person.wishes, person.need) == ([], None)
    assert queries.held(over) == {"needs": 0, "wishes": 0, "reasons": 0}
    assert queries.numbers(over) == queries.Numbers(1, 1, 1, 1)
    with pytest.raises(Invalid):
        services.forget(olga, make_conference().uuid, TODAY)
