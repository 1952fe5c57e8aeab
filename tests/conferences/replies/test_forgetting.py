"""After a conference needs are forgotten soon, names later, counts never."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.conferences.afterwards.models import Deletion
from registry.conferences.afterwards.queries import numbers
from registry.conferences.groups.models import Exclusion, Membership
from registry.conferences.invitations.models import Individual, Invitation, Reply, Via
from registry.conferences.models import Conference
from registry.conferences.replies import services
from registry.conferences.replies.ageing import holding, queries
from registry.conferences.replies.models import Participant, PersonalNeed
from registry.conferences.replies.told import Needs, Person, Seat, Told
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.privacy.holdings import kinds
from tests.factories.conferences import TODAY, make_conference, make_invitation, make_participant

pytestmark = pytest.mark.usefixtures("database")
TONIGHT = datetime.combine(TODAY, time(12), ZONE)


def come(conference: Conference, **fields: object) -> Invitation:
    invitation = make_invitation(conference, **fields)
    seat = Seat(Person("Anna", "Muster"), listed=True, needs=Needs(food="vegan"))
    services.answer(CONSOLE, invitation, Told(Reply.YES, {0: seat}), Via.PHONE, TODAY)
    return invitation


def move_to(conference: Conference, days: int) -> None:
    conference.days[0].day = TODAY + timedelta(days)
    db.session.flush()


def test_needs_and_names_are_forgotten_when_it_is_over_and_counts_stay() -> None:
    over, ahead = make_conference(), make_conference()
    past, coming = come(over, organisation="Verein"), come(ahead, organisation="Verein")
    move_to(over, -1)
    assert (queries.count_old_needs(TONIGHT), queries.count_old_names(TONIGHT)) == (1, 1)
    assert queries.clear_old_needs(TONIGHT) == 1
    assert queries.clear_old_names(TONIGHT) == 1
    db.session.expire_all()
    assert [each.participant.invitation for each in db.session.scalars(select(PersonalNeed))] == [
        coming
    ]
    names = {each.invitation: str(each) for each in db.session.scalars(select(Participant))}
    assert names == {past: "", coming: "Anna Muster"}
    assert (past.reply, past.organisation) == ("yes", "Verein")
    assert queries.count_old_names(TONIGHT) == 0


def test_of_whoever_withdrew_consent_nothing_stays_but_that_somebody_was_invited() -> None:
    kim = Individual(
        region="09576",
        category="council",
        given_name="Kim",
        family_name="Rat",
        consent_on=TODAY,
        consent_source="Formular",
    )
    db.session.add(kim)
    invitation = come(make_conference(), individual=kim, organisation="Kim Rat", street="Weg 1")
    assert queries.clear_withdrawn(TONIGHT) == 0
    kim.withdrawn_on = TODAY - timedelta(days=1)
    db.session.flush()
    assert queries.clear_withdrawn(TONIGHT) == 1
    db.session.expire_all()
    [participant] = db.session.scalars(select(Participant))
    assert (invitation.organisation, invitation.street, str(participant)) == ("", None, "")
    assert invitation.reply == "yes"
    assert db.session.scalars(select(PersonalNeed)).all() == []


def test_a_participant_who_asks_for_it_is_deleted_with_all_needs() -> None:
    come(make_conference(), organisation="Verein")
    [participant] = db.session.scalars(select(Participant))
    assert holding.erase_participants({str(participant.uuid)}) == 1
    db.session.expire_all()
    assert db.session.scalars(select(Participant)).all() == []
    assert db.session.scalars(select(PersonalNeed)).all() == []


def test_the_daily_retention_forgets_wishes_and_reasons_and_writes_the_protocol() -> None:
    over, ahead = make_conference(), make_conference()
    groups = over.groups
    person = make_participant(over, "Anna", groups[0], organisation="Verein")
    other = make_participant(ahead, "Ben", ahead.groups[0], organisation="Schule")
    made = {"participant": person, "by_hand": True, "reason": "Kennt sich aus"}
    db.session.add(Membership(group=groups[1], **made))
    db.session.add(Exclusion(group=groups[0], participant=person, reason="Streit"))
    person.invitation.answer_before = {"reply": "yes", "seats": {}}
    move_to(over, -14)
    assert queries.count_old_wishes(TONIGHT - timedelta(days=14)) == 0
    move_to(over, -15)
    before = TONIGHT - timedelta(days=14)
    assert queries.count_old_wishes(before) == 3
    queries.clear_old_needs(before)
    assert queries.clear_old_wishes(before) == 3
    db.session.expire_all()
    assert (person.wishes, person.invitation.answer_before) == ([], None)
    assert other.wishes == [str(ahead.groups[0].uuid)]
    [member] = db.session.scalars(select(Membership))
    assert (member.group, member.reason) == (groups[1], "")
    assert db.session.scalars(select(Exclusion)).all() == []
    [noted] = db.session.scalars(select(Deletion))
    assert noted.counts == {"wishes": 1, "reasons": 2}
    assert queries.clear_old_wishes(before) == 0


def test_names_join_the_protocol_of_their_conference_years_later() -> None:
    over = make_conference()
    come(over, organisation="Verein")
    move_to(over, -1096)
    before = TONIGHT - timedelta(days=1095)
    for forget in (queries.clear_old_needs, queries.clear_old_wishes, queries.clear_old_names):
        forget(before)
    [noted] = db.session.scalars(select(Deletion))
    assert noted.counts == {"needs": 1, "names": 1}
    assert numbers(over).promised == 1


def test_the_command_of_every_night_knows_all_of_it() -> None:
    known = {each.key: each for each in kinds()}
    assert [known[key].days for key in ("needs", "wishes", "participants")] == [14, 14, 1095]
