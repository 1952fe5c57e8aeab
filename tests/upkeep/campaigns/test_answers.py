"""Answers: what counts at once, what waits for the office, and what can be undone."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.offers.models import Offer
from registry.regions.models import RegionSettings
from registry.upkeep.campaigns import queries
from registry.upkeep.campaigns.answers import services
from registry.upkeep.campaigns.answers.queries import answers_to_work_on
from registry.upkeep.campaigns.answers.services import Said, Way
from registry.upkeep.campaigns.models import Entry, Request, Via, Work
from tests.conftest import Cast
from tests.factories.campaigns import (
    LONG_AGO,
    TODAY,
    entry_of,
    make_due,
    request_of,
    start_campaign,
)
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")
CONFIRMED = date.fromisoformat(LONG_AGO)


class Asked:
    """An actor with one offer, asked in a campaign."""

    def __init__(self) -> None:
        self.actor: Actor = make_due()
        self.campaign = start_campaign()
        self.request: Request = request_of(self.campaign, self.actor)
        self.offer: Offer = next(e.offer for e in self.request.entries if e.offer)

    @property
    def itself(self) -> Entry:
        return entry_of(self.request)

    @property
    def of_offer(self) -> Entry:
        return entry_of(self.request, self.offer)

    def says(self, entry: Entry, answer: str | None, day: date = TODAY, **more: Any) -> Entry:
        said = Said(answer, version=entry.subject.version, **more)
        holder = services.holder(self.request)
        services.answer_by_link(holder, self.request, {entry.uuid: said}, day)
        db.session.commit()
        return entry

    def new_phone(self, number: str = "09171 99") -> dict[str, Any]:
        contact = self.actor.contacts[0]
        return {f"contacts.{contact.uuid}.phone": [contact.phone, number]}


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked()


def live() -> None:
    db.session.add(RegionSettings(ags="09576", own_edits_live=True))
    db.session.commit()


def test_still_correct_confirms_at_once_and_is_audited_without_a_person(asked: Asked) -> None:
    entry = asked.says(asked.of_offer, "correct")
    assert (asked.offer.last_confirmed, entry.work, entry.via) == (TODAY, None, "link")
    assert asked.actor.last_confirmed == CONFIRMED
    query = select(AuditEntry).where(AuditEntry.action == "offer.confirmed")
    logged = db.session.scalars(query).one()
    assert (logged.who_id, logged.who_label) == (None, "confirmation link")


def test_a_request_is_answered_when_nothing_is_open_any_more(asked: Asked) -> None:
    asked.says(asked.of_offer, "correct")
    assert asked.request.answered_at is None
    asked.says(asked.itself, "correct")
    assert asked.request.answered_at is not None
    assert queries.progress([asked.campaign.id])[asked.campaign.id].by_link == 1


def test_a_change_waits_and_is_applied_by_the_office(asked: Asked, cast: Cast) -> None:
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    assert (entry.work, asked.actor.contacts[0].phone) == (Work.OPEN, "09171 1234")
    assert answers_to_work_on(cast.who("amal")) == 1
    services.apply_answer(cast.who("amal"), entry.uuid)
    assert (entry.work, asked.actor.contacts[0].phone) == (Work.APPLIED, "09171 99")
    assert asked.actor.last_confirmed == TODAY
    assert asked.actor.contacts[0].use_for_invitations
    assert answers_to_work_on(cast.who("amal")) == 0


def test_applying_can_be_undone(asked: Asked, cast: Cast) -> None:
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    services.apply_answer(cast.who("amal"), entry.uuid)
    services.undo_decision(cast.who("amal"), entry.uuid)
    assert (entry.work, asked.actor.contacts[0].phone) == (Work.OPEN, "09171 1234")
    assert asked.actor.last_confirmed == CONFIRMED


def test_undoing_leaves_what_somebody_changed_since(asked: Asked, cast: Cast) -> None:
    contact = asked.actor.contacts[0]
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    services.apply_answer(CONSOLE, entry.uuid)
    contact.phone = "09171 5"
    services.undo_decision(CONSOLE, entry.uuid)
    assert contact.phone == "09171 5"


def test_a_change_that_was_overtaken_is_not_applied_over_a_newer_one(asked: Asked) -> None:
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    asked.actor.contacts[0].phone = "09171 5"
    with pytest.raises(Invalid):
        services.apply_answer(CONSOLE, entry.uuid)


def test_an_offers_hours_runs_and_end_change_and_come_back(cast: Cast) -> None:
    actor, start = make_due(), TODAY + timedelta(days=30)
    course = make_offer(actor, runs=[{"starts_on": start.isoformat()}])
    request = request_of(start_campaign(), actor)
    entry, run, link = entry_of(request, course), course.runs[0], course.places[0]
    later = start + timedelta(days=10)
    changes = {
        f"runs.{run.uuid}.starts_on": [start.isoformat(), later.isoformat()],
        f"places.{link.place.uuid}.hours": [None, "Mo 09:00-10:00"],
        "valid_to": [None, "2030-01-01"],
    }
    said = Said("changed", changes=changes, version=course.version)
    services.answer_by_link(services.holder(request), request, {entry.uuid: said}, TODAY)
    services.apply_answer(CONSOLE, entry.uuid)
    assert (run.starts_on, link.own_hours) == (later, "Mo 09:00-10:00")
    assert course.valid_to == date(2030, 1, 1)
    services.undo_decision(CONSOLE, entry.uuid)
    assert (run.starts_on, link.own_hours, course.valid_to) == (start, None, None)


def test_no_longer_exists_archives_only_when_the_office_accepts(asked: Asked, cast: Cast) -> None:
    entry = asked.says(asked.of_offer, "gone")
    assert asked.offer.status == Status.PUBLISHED
    services.apply_answer(cast.who("amal"), entry.uuid)
    assert asked.offer.status == Status.ARCHIVED
    services.undo_decision(cast.who("amal"), entry.uuid)
    assert (asked.offer.status, entry.work) == (Status.PUBLISHED, Work.OPEN)
    services.decline_answer(cast.who("amal"), entry.uuid)
    assert (asked.offer.status, entry.work) == (Status.PUBLISHED, Work.DECLINED)


def test_an_answer_is_decided_once(asked: Asked, cast: Cast) -> None:
    entry = asked.says(asked.of_offer, "gone")
    services.decline_answer(cast.who("amal"), entry.uuid)
    for decide in (services.apply_answer, services.decline_answer):
        with pytest.raises(Conflict):
            decide(cast.who("amal"), entry.uuid)


def test_a_message_waits_and_done_confirms_what_the_office_has_edited(asked: Asked) -> None:
    entry = asked.says(asked.of_offer, "changed", note="Jetzt mittwochs")
    services.apply_answer(CONSOLE, entry.uuid)
    assert (entry.work, asked.offer.last_confirmed) == (Work.APPLIED, TODAY)


def test_still_correct_with_a_message_counts_and_waits_to_be_read(asked: Asked) -> None:
    entry = asked.says(asked.of_offer, "correct", note="Bitte rufen Sie an")
    assert (asked.offer.last_confirmed, entry.work) == (TODAY, Work.OPEN)
    services.apply_answer(CONSOLE, entry.uuid)
    services.undo_decision(CONSOLE, entry.uuid)
    assert asked.offer.last_confirmed == TODAY


def test_where_the_region_trusts_its_actors_a_change_is_live_but_a_farewell_waits(
    asked: Asked,
) -> None:
    live()
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    assert (entry.work, asked.actor.contacts[0].phone) == (Work.APPLIED, "09171 99")
    assert asked.says(asked.of_offer, "gone").work == Work.OPEN
    assert asked.offer.status == Status.PUBLISHED


def test_free_places_count_at_once_without_an_answer(cast: Cast) -> None:
    actor = make_due()
    start = (TODAY + timedelta(days=30)).isoformat()
    course = make_offer(actor, runs=[{"starts_on": start, "availability": "free"}])
    request = request_of(start_campaign(), actor)
    entry, run = entry_of(request, course), course.runs[0]
    said = Said(None, free={run.uuid: "few"}, version=course.version)
    services.answer_by_link(services.holder(request), request, {entry.uuid: said}, TODAY)
    assert (run.availability, run.availability_as_of, entry.answer) == ("few", TODAY, None)


def test_still_correct_says_known_places_anew(cast: Cast) -> None:
    actor = make_due()
    start = (TODAY + timedelta(days=30)).isoformat()
    course = make_offer(actor, runs=[{"starts_on": start, "availability": "free"}])
    request = request_of(start_campaign(), actor)
    entry, run = entry_of(request, course), course.runs[0]
    said = Said("correct", free={run.uuid: "free"}, version=course.version)
    services.answer_by_link(services.holder(request), request, {entry.uuid: said}, TODAY)
    assert (run.availability_as_of, course.last_confirmed) == (TODAY, TODAY)


def test_an_answer_can_be_corrected_until_the_deadline(asked: Asked) -> None:
    asked.says(asked.of_offer, "correct")
    entry = asked.says(asked.of_offer, "gone")
    assert (asked.offer.last_confirmed, entry.work) == (CONFIRMED, Work.OPEN)
    asked.says(asked.of_offer, "correct")
    assert (asked.offer.last_confirmed, entry.work) == (TODAY, None)


def test_a_live_change_is_taken_back_by_its_correction(asked: Asked) -> None:
    live()
    asked.says(asked.itself, "changed", changes=asked.new_phone())
    asked.says(asked.itself, "correct")
    assert asked.actor.contacts[0].phone == "09171 1234"


def test_after_the_deadline_only_what_is_open_can_be_answered(asked: Asked) -> None:
    asked.says(asked.of_offer, "correct")
    late = asked.campaign.deadline + timedelta(days=1)
    with pytest.raises(NotFound):
        asked.says(asked.of_offer, "gone", late)
    assert asked.says(asked.itself, "correct", late).answered_on == late


def test_what_the_office_has_decided_is_not_undone_by_a_second_look(asked: Asked) -> None:
    entry = asked.says(asked.itself, "changed", changes=asked.new_phone())
    services.apply_answer(CONSOLE, entry.uuid)
    asked.says(asked.itself, "correct")
    assert asked.actor.contacts[0].phone == "09171 99"


def test_what_changed_since_the_page_was_shown_is_not_overwritten(asked: Asked) -> None:
    seen = asked.actor.version
    actors.confirm_actor(CONSOLE, asked.actor.uuid, CONFIRMED + timedelta(days=1))
    said = Said("changed", changes=asked.new_phone(), version=seen)
    with pytest.raises(Invalid):
        services.answer_by_link(
            services.holder(asked.request), asked.request, {asked.itself.uuid: said}, TODAY
        )


def test_a_link_answers_for_no_other_entry(asked: Asked) -> None:
    stranger = make_due("Fremder Verband")
    foreign = entry_of(request_of(start_campaign(name="Zweite"), stranger))
    said = {foreign.uuid: Said("gone", version=stranger.version)}
    with pytest.raises(NotFound):
        services.answer_by_link(services.holder(asked.request), asked.request, said, TODAY)
    with pytest.raises(NotFound):
        services.answer_by_link(services.holder(asked.request), foreign.request, said, TODAY)


def test_staff_record_what_was_said_on_the_telephone_with_its_day(asked: Asked, cast: Cast) -> None:
    said = {asked.itself.uuid: Said("correct"), asked.of_offer.uuid: Said("gone", "eingestellt")}
    way = Way(Via.PHONE, TODAY, "Empfang")
    services.answer_by_telephone(cast.who("amal"), asked.request.uuid, said, way, TODAY)
    assert (asked.actor.last_confirmed, asked.itself.via) == (TODAY, "phone")
    assert (asked.of_offer.work, asked.of_offer.said_by) == (Work.OPEN, "Empfang")
    assert queries.progress([asked.campaign.id])[asked.campaign.id].by_phone == 1
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid):
            services.answer_by_telephone(
                cast.who("amal"), asked.request.uuid, said, Way(Via.PHONE, day), TODAY
            )


def test_another_district_and_a_reader_see_and_decide_nothing(asked: Asked, cast: Cast) -> None:
    entry = asked.says(asked.of_offer, "gone")
    said = {asked.itself.uuid: Said("correct")}
    for name in ("boris", "carla"):
        who = cast.who(name)
        with pytest.raises(NotFound):
            services.answer_by_telephone(
                who, asked.request.uuid, said, Way(Via.PHONE, TODAY), TODAY
            )
        for decide in (services.apply_answer, services.decline_answer, services.undo_decision):
            with pytest.raises(NotFound):
                decide(who, entry.uuid)
