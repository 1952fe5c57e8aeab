"""What becomes of an answer, however it came: seats, the waiting list, mail, undoing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.audit.models import AuditEntry
from registry.conferences.invitations.models import Invitation, Reply, Via
from registry.conferences.models import Conference
from registry.conferences.plans import services as plans
from registry.conferences.replies import capacity, queries, services, told
from registry.conferences.replies.models import PersonalNeed
from registry.conferences.replies.told import Needs, Person, Seat, Told
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_conference, make_invitation

ANNA = {"given_name": "Anna", "family_name": "Muster", "function": "Leitung", "form": "female"}
YES, NO = Told(Reply.YES), Told(Reply.NO)


def invite(conference: Conference, name: str = "Verein", **fields: Any) -> Invitation:
    address = f"{name.lower()}@verein.example"
    return make_invitation(conference, **{"organisation": name, "email": address, **fields})


def say(invitation: Invitation, said: Told = YES, via: Via = Via.PHONE) -> Invitation:
    return services.answer(CONSOLE, invitation, said, via, TODAY)


def places(invitation: Invitation) -> list[str]:
    return [str(each.place) for each in queries.load_participants(invitation)]


def mails() -> list[tuple[str, str]]:
    found = db.session.scalars(select(Mail).order_by(Mail.id))
    return [(each.kind, each.recipient) for each in found]


def coming(*people: Person, **fields: Any) -> dict[int, Seat]:
    return {number: Seat(person, **fields) for number, person in enumerate(people)}


@pytest.mark.usefixtures("database")
class TestSeats:
    def test_who_comes_too_late_waits_and_moves_up_when_a_seat_is_given_back(self) -> None:
        conference = make_conference(seats=1)
        first, second, third = (invite(conference, name) for name in ("Eins", "Zwei", "Drei"))
        assert [places(say(each)) for each in (first, second, third)] == [
            ["seat"],
            ["waiting"],
            ["waiting"],
        ]
        say(first, NO)
        assert [places(each) for each in (first, second, third)] == [
            ["none"],
            ["seat"],
            ["waiting"],
        ]
        assert mails() == [
            ("conference_answer", "eins@verein.example"),
            ("conference_answer", "zwei@verein.example"),
            ("conference_answer", "drei@verein.example"),
            ("conference_seat", "zwei@verein.example"),
            ("conference_answer", "eins@verein.example"),
        ]

    def test_a_deputy_keeps_the_seat_and_nobody_moves_up(self) -> None:
        conference = make_conference(seats=1)
        first, second = invite(conference, **ANNA), invite(conference, "Zwei")
        say(first), say(second)
        say(first, Told(Reply.DEPUTY, coming(Person("Bea", "Beispiel", "Stellvertretung"))))
        [bea] = queries.load_participants(first)
        assert (str(bea), bea.deputy, bea.place, bea.form) == (
            "Bea Beispiel",
            True,
            "seat",
            "neutral",
        )
        assert (first.reply, places(second)) == ("deputy", ["waiting"])

    def test_who_gives_a_seat_back_and_returns_stands_at_the_end(self) -> None:
        conference = make_conference(seats=1)
        first, second = invite(conference, "Eins"), invite(conference, "Zwei")
        say(first), say(second), say(first, NO), say(first)
        assert (places(first), places(second)) == (["waiting"], ["seat"])
        assert queries.waiting_positions(conference) == {queries.load_participants(first)[0].id: 1}

    @pytest.mark.parametrize(
        ("seats", "overbooking", "given"), [(0, 0, 0), (2, 1, 3), (None, 0, 4)]
    )
    def test_no_more_seats_are_promised_than_there_are_and_overbooked(
        self, seats: int | None, overbooking: int, given: int
    ) -> None:
        conference = make_conference(seats=seats, overbooking=overbooking)
        for name in ("Eins", "Zwei", "Drei", "Vier"):
            say(invite(conference, name))
        assert queries.seats_given(conference) == given
        assert len(queries.load_waiting(conference)) == 4 - given

    def test_more_seats_go_to_those_who_wait_who_are_told_in_their_language(self) -> None:
        conference = make_conference(seats=0)
        waits = invite(conference)
        say(waits, replace(YES, language="ar"))
        plans.change(CONSOLE, conference.uuid, conference.version, {"seats": 5}, TODAY)
        assert (places(waits), mails()[-1][0]) == (["seat"], "conference_seat")
        assert set(db.session.scalars(select(Mail.language))) == {"ar"}

    def test_nobody_moves_up_in_a_conference_that_is_cancelled(self) -> None:
        conference = make_conference(seats=1)
        first, second = invite(conference, "Eins"), invite(conference, "Zwei")
        say(first), say(second)
        conference.cancelled_on = TODAY
        services.release(CONSOLE, first, TODAY)
        assert (places(first), places(second)) == (["none"], ["waiting"])

    def test_two_seats_of_one_invitation_may_be_one_seat_and_one_place_in_the_queue(self) -> None:
        both = invite(make_conference(seats=1), seats=2)
        say(both, Told(Reply.YES, coming(Person("Anna", "Muster"), Person("Bea", "Beispiel"))))
        assert places(both) == ["seat", "waiting"]
        with pytest.raises(Invalid):
            say(both, Told(Reply.YES, {2: Seat(Person("Cem", "Dritter"))}))


@pytest.mark.usefixtures("database")
class TestAnswers:
    def test_whoever_was_invited_comes_where_no_name_is_said(self) -> None:
        invitation = say(invite(make_conference(), title="Dr.", **ANNA))
        [anna] = queries.load_participants(invitation)
        assert (str(anna), anna.title, anna.form, anna.deputy) == (
            "Anna Muster",
            "Dr.",
            "female",
            False,
        )

    def test_a_stranger_who_says_yes_is_entered_as_a_deputy(self) -> None:
        invitation = invite(make_conference(), **ANNA)
        say(invitation, Told(Reply.YES, coming(Person("Mallory", "Fremd"))))
        assert (invitation.reply, queries.load_participants(invitation)[0].deputy) == (
            "deputy",
            True,
        )

    def test_without_deputies_only_whoever_was_invited_can_come(self) -> None:
        invitation = invite(make_conference(deputies=False), **ANNA)
        with pytest.raises(Invalid) as error:
            say(invitation, Told(Reply.YES, coming(Person("Bea", "Beispiel"))))
        assert "family_name" in error.value.errors["seat-0"]

    def test_the_same_answer_again_changes_nothing_and_sends_nothing(self) -> None:
        invitation = say(invite(make_conference()))
        before = invitation.replied_at, len(mails())
        assert say(invitation, Told(Reply.YES, made_from="old")).replied_at == before[0]
        assert len(mails()) == before[1]

    def test_who_comes_second_with_the_same_link_overwrites_nothing(self) -> None:
        invitation = invite(make_conference())
        seen = told.digest(invitation, [])
        say(invitation, Told(Reply.YES, coming(Person("Anna", "Muster")), made_from=seen))
        with pytest.raises(Conflict):
            say(invitation, Told(Reply.NO, made_from=seen))
        assert invitation.reply == "yes"

    def test_after_the_deadline_only_the_office_enters_answers(self) -> None:
        conference = make_conference(deadline=TODAY - timedelta(days=1))
        invitation = invite(conference)
        for via in (Via.LINK, Via.CALENDAR):
            with pytest.raises(Invalid):
                say(invitation, via=via)
        assert say(invitation, via=Via.PHONE).reply == "yes"

    @pytest.mark.parametrize(
        ("days", "what"), [((), {"cancelled_on": TODAY}), ((TODAY - timedelta(days=1),), {})]
    )
    def test_nobody_answers_what_is_cancelled_or_over(
        self, days: tuple[date, ...], what: dict[str, Any]
    ) -> None:
        with pytest.raises(Invalid):
            say(invite(make_conference(*days, **what)))

    def test_a_working_group_of_another_conference_does_not_exist(self) -> None:
        theirs = make_conference().groups[0]
        invitation = invite(make_conference())
        for key in (str(theirs.uuid), str(uuid4())):
            with pytest.raises(Invalid) as error:
                say(invitation, Told(Reply.YES, {0: Seat(wishes=(key,))}))
            assert "wishes" in error.value.errors["seat-0"]

    def test_what_somebody_needs_goes_with_the_person(self) -> None:
        invitation = invite(make_conference(), **ANNA)
        needs = Needs(interpreting="Arabisch", step_free=True)
        say(invitation, Told(Reply.YES, {0: Seat(needs=needs)}))
        assert db.session.scalars(select(PersonalNeed)).one().interpreting == "Arabisch"
        say(invitation, Told(Reply.YES, {0: Seat(listed=True)}))
        assert db.session.scalars(select(PersonalNeed)).one().step_free
        say(invitation, Told(Reply.DEPUTY, coming(Person("Bea", "Beispiel"))))
        assert db.session.scalars(select(PersonalNeed)).all() == []
        logged = [str(each.changes) for each in db.session.scalars(select(AuditEntry))]
        assert not any("Arabisch" in each for each in logged)

    def test_an_answer_is_taken_back_or_undone(self) -> None:
        invitation = say(invite(make_conference(seats=1), **ANNA))
        say(invitation, Told(Reply.NO, said_by="Sekretariat"))
        services.undo(CONSOLE, invitation.uuid, TODAY)
        assert (invitation.reply, invitation.said_by, places(invitation)) == (
            "yes",
            None,
            ["seat"],
        )
        with pytest.raises(Conflict):
            services.undo(CONSOLE, invitation.uuid, TODAY)
        services.withdraw(CONSOLE, invitation.uuid, TODAY)
        assert (invitation.reply, invitation.replied_at, places(invitation)) == (
            "open",
            None,
            ["none"],
        )


def test_only_whoever_invites_or_holds_the_link_may_answer(cast: Cast) -> None:
    invitation = invite(make_conference())
    with pytest.raises(NotAllowed):
        services.answer(cast.who("carla"), invitation, YES, Via.PHONE, TODAY)
    with pytest.raises(NotFound):
        services.answer(cast.who("boris"), invitation, YES, Via.PHONE, TODAY)
    other = services.holder(invite(make_conference()))
    with pytest.raises(NotFound):
        services.answer(other, invitation, YES, Via.LINK, TODAY)
    services.answer(services.holder(invitation), invitation, YES, Via.LINK, TODAY)
    services.answer(cast.who("olga"), invitation, NO, Via.PHONE, TODAY)
    assert invitation.reply == "no"


def test_experience_says_how_many_of_those_who_promised_will_come() -> None:
    assert capacity.turnout(40) == (30, 35)
    assert capacity.overbooked(44) == 6
