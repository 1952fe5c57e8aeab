"""A campaign from plan to end: who is asked, who reminded, what its links open."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.audit.models import AuditEntry
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail, State, Suppression
from registry.core.mail.suppression import digest
from registry.offers import services as offers
from registry.upkeep.campaigns import queries, services
from registry.upkeep.campaigns.answers import queries as answers
from registry.upkeep.campaigns.asking import GRACE
from registry.upkeep.campaigns.models import Request
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.campaigns.planning.choosing import Obstacle, Why
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.campaigns import (
    CONTACT,
    LONG_AGO,
    TODAY,
    entry_of,
    key_of,
    make_campaign,
    make_due,
    request_of,
    start_campaign,
)
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")
WEEK = timedelta(days=7)


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def suppress(address: str, reason: str) -> None:
    db.session.add(Suppression(digest=digest(address), reason=reason, since=now()))
    db.session.commit()


def test_the_preview_names_entries_contact_and_reason(cast: Cast) -> None:
    make_due()
    (found,) = planning.candidates("09576", TODAY, everybody=False)
    assert (found.name, found.entries, found.due) == ("Musterverband", 2, 2)
    assert found.choice.contact is not None
    assert (found.choice.contact.email, found.choice.contact.why) == (
        CONTACT["email"],
        Why.INVITATIONS,
    )


def test_only_actors_of_whom_something_is_due_are_asked_unless_everybody_is(cast: Cast) -> None:
    make_actor(name="Frisch", contacts=[CONTACT], last_confirmed=TODAY.isoformat())
    due = make_due()
    asked = [each.id for each in planning.candidates("09576", TODAY, everybody=False)]
    assert asked == [due.id]
    assert len(planning.candidates("09576", TODAY, everybody=True)) == 2


def test_an_offer_alone_makes_its_actor_due(cast: Cast) -> None:
    actor = make_actor(contacts=[CONTACT], last_confirmed=TODAY.isoformat())
    make_offer(actor, last_confirmed=LONG_AGO)
    make_offer(actor, last_confirmed=LONG_AGO, valid_to=LONG_AGO, valid_from=LONG_AGO)
    (found,) = planning.candidates("09576", TODAY, everybody=False)
    assert (found.entries, found.due) == (2, 1)


def test_what_was_made_long_ago_and_never_confirmed_is_due(cast: Cast) -> None:
    actor = make_actor(contacts=[CONTACT])
    assert planning.due_now(CONSOLE, TODAY) == 0
    actor.created_at = now() - timedelta(days=400)
    db.session.commit()
    assert planning.due_now(CONSOLE, TODAY) == 1


def test_an_actor_gets_one_mail_for_all_its_entries_with_a_link(cast: Cast) -> None:
    actor = make_due()
    make_offer(actor, title={"de": "Sprachkurs\nA1"})
    campaign = start_campaign(cast.who("amal"), office_text="Vielen Dank")
    request = request_of(campaign, actor)
    (mail,) = mails()
    assert (mail.kind, mail.recipient, mail.about) == (
        "confirmation_request",
        CONTACT["email"],
        request.uuid,
    )
    assert mail.facts["offers"] == ["Beratung", "Sprachkurs A1"]
    assert mail.facts["text"] == "Vielen Dank"
    assert len(request.entries) == 3
    link = tokens.find(services.PURPOSE, key_of(request))
    assert link is not None
    assert link.record == request.uuid
    assert link.expires_at.date() >= campaign.deadline + GRACE


def test_an_actor_without_address_or_with_a_bounced_one_is_asked_by_telephone(cast: Cast) -> None:
    silent = make_due("Ohne Adresse", contacts=[{**CONTACT, "email": None}])
    bounced = make_due("Kommt zurück", contacts=[{**CONTACT, "email": "alt@verband.example"}])
    suppress("ALT@verband.example", "bounced")
    campaign = start_campaign()
    assert mails() == []
    listed = queries.load_call_list(CONSOLE, campaign)
    assert [row.actor_id for row in listed] == [bounced.id, silent.id]


def test_whoever_objected_or_was_asked_recently_is_not_asked(cast: Cast) -> None:
    make_due()
    start_campaign()
    make_due("Widerspruch", contacts=[{**CONTACT, "email": "nein@verband.example"}])
    suppress("nein@verband.example", "objected")
    found = planning.candidates("09576", TODAY, everybody=False)
    assert [each.choice.obstacle for each in found] == [
        Obstacle.ASKED_RECENTLY,
        Obstacle.OBJECTED,
    ]
    with pytest.raises(Invalid):
        start_campaign(name="Noch einmal")


def test_a_campaign_begins_once_and_only_as_it_was_previewed(cast: Cast) -> None:
    make_due()
    campaign = make_campaign()
    seen = campaign.version
    services.change(CONSOLE, campaign.uuid, seen, {"name": "Winter"}, TODAY)
    with pytest.raises(Conflict):
        services.start(CONSOLE, campaign.uuid, seen, TODAY)
    services.start(CONSOLE, campaign.uuid, campaign.version, TODAY)
    with pytest.raises(Conflict):
        services.start(CONSOLE, campaign.uuid, campaign.version, TODAY)


def test_a_deadline_lies_ahead(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        make_campaign(deadline=TODAY)
    assert "deadline" in refused.value.errors


def test_only_those_who_may_run_campaigns_of_the_region_do(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make_campaign(cast.who("carla"))
    with pytest.raises(NotAllowed):
        make_campaign(cast.who("boris"))
    campaign = make_campaign(cast.who("amal"))
    for act in (
        lambda who: services.start(who, campaign.uuid, 1, TODAY),
        lambda who: services.remind(who, campaign.uuid, TODAY),
        lambda who: services.close(who, campaign.uuid, TODAY),
        lambda who: services.discard(who, campaign.uuid, 1),
    ):
        for name in ("boris", "carla"):
            with pytest.raises(NotFound):
                act(cast.who(name))


def test_reminders_go_by_plan_never_twice_a_day_each_with_its_own_link(cast: Cast) -> None:
    actor = make_due()
    campaign = start_campaign()
    request = request_of(campaign, actor)
    first = key_of(request)
    assert services.remind_all(CONSOLE, TODAY + WEEK - timedelta(days=1)) == 0
    assert services.remind_all(CONSOLE, TODAY + WEEK) == 1
    assert services.remind_all(CONSOLE, TODAY + WEEK) == 0
    assert services.remind(CONSOLE, campaign.uuid, TODAY + WEEK) == 0
    assert services.remind_all(CONSOLE, TODAY + WEEK + timedelta(days=1)) == 0
    assert services.remind_all(CONSOLE, TODAY + 2 * WEEK) == 1
    assert services.remind_all(CONSOLE, TODAY + 3 * WEEK) == 0
    assert key_of(request) != first
    assert tokens.find(services.PURPOSE, first) is not None
    assert [mail.kind for mail in mails()] == [
        "confirmation_request",
        *["confirmation_reminder"] * 2,
    ]


def test_a_reminder_by_hand_comes_in_between(cast: Cast) -> None:
    make_due()
    campaign = start_campaign()
    assert services.remind(CONSOLE, campaign.uuid, TODAY) == 0
    assert services.remind(CONSOLE, campaign.uuid, TODAY + timedelta(days=3)) == 1
    assert services.remind_all(CONSOLE, TODAY + WEEK) == 1


def test_a_reminder_left_out_is_made_up_for_once(cast: Cast) -> None:
    make_due()
    start_campaign()
    assert services.remind_all(CONSOLE, TODAY + 3 * WEEK) == 1
    assert services.remind_all(CONSOLE, TODAY + 3 * WEEK + timedelta(days=1)) == 0


def test_no_reminder_after_the_deadline_an_answer_a_bounce_or_a_suppression(cast: Cast) -> None:
    names = ("Beantwortet", "Kommt zurück", "Gesperrt", "Archiviert")
    of = {n: make_due(n, contacts=[{**CONTACT, "email": f"{n[0]}@v.example"}]) for n in names}
    campaign = start_campaign()
    requests = {name: request_of(campaign, actor) for name, actor in of.items()}
    requests["Beantwortet"].answered_at = now()
    mail = requests["Kommt zurück"].mail
    assert mail is not None
    mail.state = State.BOUNCED
    suppress("g@v.example", "by_hand")
    actors.archive_actor(CONSOLE, of["Archiviert"].uuid)
    assert services.remind(CONSOLE, campaign.uuid, TODAY + WEEK) == 0
    db.session.delete(db.session.get(Suppression, digest("g@v.example")))
    assert services.remind(CONSOLE, campaign.uuid, campaign.deadline + timedelta(days=1)) == 0
    assert services.remind(CONSOLE, campaign.uuid, TODAY + WEEK) == 1


def test_a_reminder_names_only_what_is_still_open(cast: Cast) -> None:
    actor = make_due()
    campaign = start_campaign()
    itself = entry_of(request_of(campaign, actor))
    itself.answer, itself.answered_on = "correct", TODAY
    services.remind(CONSOLE, campaign.uuid, TODAY + WEEK)
    facts = mails()[-1].facts
    assert (facts["itself"], facts["offers"]) == (False, ["Beratung"])


def test_closing_ends_all_links_and_keeps_back_what_has_not_left(cast: Cast) -> None:
    actor = make_due()
    campaign = start_campaign()
    key = key_of(request_of(campaign, actor))
    services.close(CONSOLE, campaign.uuid, TODAY)
    db.session.expire_all()
    assert tokens.find(services.PURPOSE, key) is None
    assert mails()[0].state == State.CANCELLED
    with pytest.raises(Conflict):
        services.close(CONSOLE, campaign.uuid, TODAY)


def test_progress_tells_answered_bounced_and_open_apart(cast: Cast) -> None:
    made = [make_due(f"Verband {number}") for number in range(4)]
    campaign = start_campaign()
    requests = [request_of(campaign, actor) for actor in made]
    for request, via in zip(requests[:2], ("link", "phone"), strict=True):
        request.answered_at = now()
        for entry in request.entries:
            entry.answer, entry.answered_on, entry.via = "correct", TODAY, via
    mail = requests[2].mail
    assert mail is not None
    mail.state = State.BOUNCED
    db.session.commit()
    found = queries.progress([campaign.id])[campaign.id]
    assert (found.asked, found.by_mail, found.by_link, found.by_phone) == (4, 4, 1, 1)
    assert (found.bounced, found.open, found.percent) == (1, 1, 50)
    assert (found.entries, found.answers, found.percent_of_entries) == (8, {"correct": 4}, 50)


def test_numbers_of_the_work_desk_are_those_of_their_lists(cast: Cast) -> None:
    make_due()
    make_due("Anderswo", region="09573")
    start_campaign()
    for name in ("amal", "dana", "boris", "carla"):
        who = cast.who(name)
        assert planning.due_now(who, TODAY) == planning.due_list(who, TODAY)[1]
        assert queries.unanswered(who) == queries.requests(who, "unanswered")[1]
        assert answers.answers_to_work_on(who) == answers.load_answers(who)[1]
    assert planning.due_now(cast.who("amal"), TODAY) == 2
    assert planning.due_now(cast.who("boris"), TODAY) == 2
    assert planning.due_now(cast.who("carla"), TODAY) == 0
    assert queries.unanswered(cast.who("boris")) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_as_many_questions_for_three_as_for_one(cast: Cast, count: int) -> None:
    for number in range(count):
        make_due(f"Verband {number}")
    campaign = start_campaign()
    with count_queries() as seen:
        planning.candidates("09576", TODAY, everybody=True)
        queries.requests(CONSOLE, "", campaign=campaign.id)
        queries.campaigns(CONSOLE)
        planning.due_list(CONSOLE, TODAY)
    assert len(seen) == 18


def test_what_is_done_is_in_the_log(cast: Cast) -> None:
    make_due()
    campaign = start_campaign()
    services.remind(CONSOLE, campaign.uuid, TODAY + WEEK)
    services.close(CONSOLE, campaign.uuid, TODAY + WEEK)
    db.session.flush()
    query = select(AuditEntry.action).where(AuditEntry.subject_type == "campaign")
    assert list(db.session.scalars(query.order_by(AuditEntry.id))) == [
        f"campaign.{verb}" for verb in ("created", "started", "reminded", "closed")
    ]


def test_an_archived_offer_is_no_longer_asked_about(cast: Cast) -> None:
    actor = make_due()
    campaign = start_campaign()
    request = db.session.scalars(select(Request)).one()
    offer = next(entry.offer for entry in request.entries if entry.offer)
    offers.archive_offer(CONSOLE, offer.uuid)
    assert [entry.offer_id for entry in request.open_entries] == [None]
    assert request_of(campaign, actor) is request
