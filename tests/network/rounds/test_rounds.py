"""A round from plan to end: who is asked, who reminded, how far it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail, State, Suppression
from registry.core.mail.suppression import digest
from registry.network.links.models import Report
from registry.network.queries import load_state
from registry.network.rounds import queries, services
from registry.network.rounds.answers.queries import clear_old_drafts, count_old_drafts, missing
from registry.network.rounds.answers.services import Told, holder, save_by_link
from registry.network.rounds.models import Asked, Round
from registry.network.state import Standing
from registry.privacy.services import run_retention
from registry.upkeep.campaigns.planning.choosing import Obstacle
from tests.conftest import Cast
from tests.factories.campaigns import CONTACT
from tests.factories.rounds import TODAY, asked_of, key_of, make_partner, make_round, start_round

pytestmark = pytest.mark.usefixtures("database")
LATER = TODAY + timedelta(days=8)


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def suppress(address: str, reason: str) -> None:
    db.session.add(Suppression(digest=digest(address), reason=reason, since=now()))
    db.session.commit()


def answers(asked: Asked, partners: dict[str, dict[str, int]], **more: object) -> None:
    told = Told(partners, version=asked.version, **{"finished": True, **more})  # type: ignore[arg-type]
    save_by_link(holder(asked), asked, told, TODAY)
    db.session.commit()


def test_every_published_actor_gets_one_mail_with_a_link_or_is_called(cast: Cast) -> None:
    written = make_partner("Verein")
    called = make_partner("Ohne Adresse", contacts=[{**CONTACT, "email": None}])
    make_partner("Widerspruch")
    make_partner("Entwurf", status="draft")
    make_partner("Fremd", region="09573")
    suppress("widerspruch@verband.example", "objected")
    found = start_round(cast.who("olga"), office_text="Vielen Dank")
    assert {each.actor_id for each in queries.load_all(found)} == {written.id, called.id}
    (mail,) = mails()
    asked = asked_of(found, written)
    assert (mail.kind, mail.recipient, mail.about) == (
        "partners_request",
        "verein@verband.example",
        asked.uuid,
    )
    assert mail.facts["text"] == "Vielen Dank"
    link = tokens.find(services.PURPOSE, key_of(asked))
    assert link is not None
    assert link.record == asked.uuid
    (row,) = [each for each in queries.load_call_list(found) if each.mail is None]
    assert row.actor_id == called.id


def test_the_preview_says_who_is_asked_and_why_not(cast: Cast) -> None:
    make_partner("Widerspruch")
    suppress("widerspruch@verband.example", "objected")
    start = queries.candidates("09576", TODAY)
    assert [each.choice.obstacle for each in start] == [Obstacle.OBJECTED]
    planned = make_round()
    with pytest.raises(Invalid):
        services.start(CONSOLE, planned.uuid, planned.version, TODAY)


def test_only_those_who_have_not_answered_are_reminded_and_nobody_twice_a_day(cast: Cast) -> None:
    silent, quick = make_partner("Still"), make_partner("Schnell")
    found = start_round()
    answers(asked_of(found, quick), {}, alone=True)
    assert services.remind(CONSOLE, found.uuid, TODAY) == 0
    assert services.remind_all(CONSOLE, LATER) == 1
    assert services.remind_all(CONSOLE, LATER) == 0
    assert [mail.recipient for mail in mails() if mail.kind == "partners_reminder"] == [
        "still@verband.example"
    ]
    asked = asked_of(found, silent)
    assert (asked.asked_on, asked.steps) == (LATER, 1)
    assert services.remind_all(CONSOLE, LATER + timedelta(days=1)) == 0


def test_mail_that_came_back_is_not_sent_again_but_called(cast: Cast) -> None:
    actor = make_partner("Verein")
    found = start_round()
    asked = asked_of(found, actor)
    assert asked.mail is not None
    asked.mail.state = State.BOUNCED
    db.session.commit()
    assert services.remind(CONSOLE, found.uuid, LATER) == 0
    assert queries.progress([found.id])[found.id].by_call == 1


def test_the_response_counts_what_was_begun_answered_and_told(cast: Cast) -> None:
    one, two, three = (make_partner(name) for name in ("Eins", "Zwei", "Drei"))
    make_partner("Ohne", contacts=[])
    found = start_round()
    answers(asked_of(found, one), {str(two.uuid): {"exchange": 2}})
    answers(asked_of(found, two), {str(three.uuid): {"exchange": 0}}, finished=False)
    made = queries.progress([found.id])[found.id]
    assert (made.asked, made.by_link, made.by_phone, made.open) == (4, 1, 0, 3)
    assert (made.begun, made.by_call, made.percent) == (1, 1, 25)
    assert queries.count_open(CONSOLE) == 3


def test_who_answered_and_names_nobody_is_isolated_and_who_is_silent_unknown(cast: Cast) -> None:
    alone, silent = make_partner("Allein"), make_partner("Still")
    found = start_round()
    answers(asked_of(found, alone), {}, alone=True)
    standing = load_state("09576", TODAY).standing()
    assert standing == {alone.id: Standing.ISOLATED, silent.id: Standing.UNKNOWN}


def test_closing_ends_the_links_and_keeps_mail_that_has_not_left(cast: Cast) -> None:
    actor = make_partner("Verein")
    found = start_round(cast.who("amal"))
    asked = asked_of(found, actor)
    key = key_of(asked)
    services.close(cast.who("amal"), found.uuid, TODAY)
    assert tokens.find(services.PURPOSE, key) is None
    assert asked.mail is not None
    assert asked.mail.state == State.CANCELLED
    assert found.state == "closed"
    assert load_state("09576", TODAY).nodes[actor.id].asked
    with pytest.raises(Conflict):
        services.close(cast.who("amal"), found.uuid, TODAY)


def test_a_plan_can_be_changed_and_deleted_until_it_begins(cast: Cast) -> None:
    make_partner("Verein")
    planned = make_round()
    services.change(CONSOLE, planned.uuid, planned.version, {"name": "Anders"}, TODAY)
    with pytest.raises(Conflict):
        services.change(CONSOLE, planned.uuid, 1, {"name": "Zu spät"}, TODAY)
    services.discard(CONSOLE, planned.uuid, planned.version)
    db.session.commit()
    assert db.session.scalars(select(Round)).all() == []
    begun = start_round()
    with pytest.raises(Conflict):
        services.discard(CONSOLE, begun.uuid, begun.version)


@pytest.mark.parametrize("days", [0, 400])
def test_the_last_day_is_still_to_come_and_within_a_year(cast: Cast, days: int) -> None:
    with pytest.raises(Invalid):
        make_round(deadline=TODAY + timedelta(days=days))


def test_rounds_of_others_do_not_exist_and_readers_run_none(cast: Cast) -> None:
    make_partner("Verein")
    found = make_round()
    with pytest.raises(NotFound):
        services.remind(cast.who("boris"), found.uuid, TODAY)
    with pytest.raises(NotFound):
        services.start(cast.who("carla"), found.uuid, found.version, TODAY)
    with pytest.raises(NotAllowed):
        make_round(cast.who("carla"))


def test_who_was_archived_meanwhile_owes_no_answer(cast: Cast) -> None:
    gone, _there = make_partner("Aufgelöst"), make_partner("Verein")
    found = start_round()
    actors.archive_actor(CONSOLE, gone.uuid)
    db.session.commit()
    assert queries.progress([found.id])[found.id].asked == queries.count_open(CONSOLE) == 1
    assert [row.actor.name for row in queries.load_call_list(found)] == ["Verein"]


def test_a_round_goes_years_after_it_ended_and_what_was_reported_stays(cast: Cast) -> None:
    one, two = make_partner("Eins"), make_partner("Zwei")
    found = start_round()
    answers(asked_of(found, one), {str(two.uuid): {"exchange": 2}})
    services.close(CONSOLE, found.uuid, TODAY)
    db.session.commit()
    assert "rounds" in run_retention(CONSOLE, now() + timedelta(days=1200))
    db.session.commit()
    db.session.expire_all()
    assert db.session.scalars(select(Asked)).all() == []
    (report,) = db.session.scalars(select(Report)).all()
    assert (report.intensity, report.round_id) == (2, None)


def test_what_was_filled_in_is_cleared_some_time_after_the_end(cast: Cast) -> None:
    actor = make_partner("Verein")
    found = start_round()
    asked = asked_of(found, actor)
    answers(asked, {}, alone=True, missing=("Turnverein",))
    assert [each.name for each in missing(CONSOLE)] == ["Turnverein"]
    services.close(CONSOLE, found.uuid, TODAY)
    db.session.commit()
    assert count_old_drafts(now()) == 0
    assert clear_old_drafts(now() + timedelta(days=2)) == 1
    db.session.expire_all()
    assert (asked.missing, asked.draft, asked.answered_on) == ([], {}, TODAY)
