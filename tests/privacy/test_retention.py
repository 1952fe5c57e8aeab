"""What is deleted for its age, by whom, and what is written down of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from registry.access.policy import CONSOLE
from registry.actors.models import Contact
from registry.audit.models import AuditEntry
from registry.core.db import db, now
from registry.core.errors import Invalid, NotAllowed
from registry.core.mail.models import Mail, State
from registry.core.mail.outbox import Letter, post
from registry.core.throttle import Attempt
from registry.privacy import queries, services
from registry.privacy.models import RetentionRun
from registry.privacy.persons import services as persons
from registry.upkeep.suggestions.models import Suggestion
from tests.conftest import Cast
from tests.factories.actors import make_actor

PAGE = "/en/office/privacy"
LONG_AGO = now() - timedelta(days=4000)


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def make_old_records() -> None:
    for state in (State.SENT, State.WAITING):
        mail = post(Letter("note", "amt@example.org", "09576", {}))
        mail.state, mail.made_at = state, LONG_AGO
    db.session.add_all(Attempt(key="x", at=at) for at in (LONG_AGO, now()))
    yesterday = date.today() - timedelta(days=2)
    contacts = [{"function": "a", "delete_after": str(yesterday)}, {"function": "b"}]
    make_actor(contacts=contacts)
    db.session.commit()


def test_only_what_is_old_and_done_with_is_deleted_and_it_is_written_down(database: None) -> None:
    make_old_records()
    before = count(AuditEntry)
    counts = services.run_retention(CONSOLE, now())
    db.session.commit()
    assert {key: n for key, n in counts.items() if n} == {"mails": 1, "attempts": 1, "contacts": 1}
    assert [mail.state for mail in db.session.scalars(select(Mail))] == [State.WAITING]
    assert [contact.function for contact in db.session.scalars(select(Contact))] == ["b"]
    assert count(AuditEntry) == before
    run = db.session.scalars(select(RetentionRun)).one()
    assert (run.who_label, run.counts) == ("console", counts)


def test_a_suggestion_nobody_decided_on_is_not_kept_for_ever(database: None) -> None:
    for made_at in (LONG_AGO, now()):
        suggestion = Suggestion(region="09576", kind="new", title="Chor", made_at=made_at)
        suggestion.reporter = "besuch@example.org"
        db.session.add(suggestion)
    db.session.commit()
    assert services.run_retention(CONSOLE, now())["undecided"] == 1
    assert count(Suggestion) == 1


def test_counting_deletes_nothing(database: None) -> None:
    make_old_records()
    assert queries.count_old(now())["mails"] == 1
    assert count(Mail) == 2


def test_the_log_is_kept_for_its_own_time(database: None) -> None:
    make_actor()
    db.session.execute(AuditEntry.__table__.update().values(at=LONG_AGO))
    services.keep_for(CONSOLE, {"audit": 3650})
    assert services.run_retention(CONSOLE, now())["audit"] > 0


@pytest.mark.parametrize(("key", "days"), [("audit", 10), ("mails", 3651), ("attempts", -1)])
def test_impossible_times_are_refused(database: None, key: str, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        services.keep_for(CONSOLE, {key: days})
    assert key in refused.value.errors


@pytest.mark.parametrize("name", ["amal", "carla", "olga"])
def test_only_who_administers_everything_deletes_and_asks(
    as_user: Any, cast: Cast, no_csrf: None, name: str
) -> None:
    for run in (services.run_retention, persons.look_for, persons.held_on, persons.erase):
        with pytest.raises(NotAllowed):
            run(cast.who(name), "a@example.org" if run is not services.run_retention else now())  # type: ignore[operator]
    client = as_user(name)
    assert client.get(PAGE).status_code == 403
    for path in ("retention", "run", "person", "erase"):
        assert (
            client.post(f"{PAGE}/{path}", data={"words": "a@b.de", "sure": "1"}).status_code == 403
        )


def test_the_page_shows_times_numbers_and_the_protocol(as_user: Any, no_csrf: None) -> None:
    make_old_records()
    dana = as_user("dana")
    assert "3 records have been kept long enough." in dana.get(PAGE).text
    assert "Deleted: 3 records." in dana.post(f"{PAGE}/run", follow_redirects=True).text
    page = dana.get(PAGE).text
    assert "dana@example.org" in page
    assert "Failed attempts: 1" in page


def test_a_wrong_time_is_told_beside_its_field_and_kept(as_user: Any, no_csrf: None) -> None:
    answer = as_user("dana").post(f"{PAGE}/retention", data={"audit": "ten", "mails": "400"})
    assert answer.status_code == 422
    assert 'value="ten"' in answer.text
    assert 'value="400"' in answer.text
    assert 'id="audit-error"' in answer.text


def test_whoever_has_to_be_informed_is_listed(as_user: Any) -> None:
    assert "Everybody has been informed." in as_user("dana").get(PAGE).text
    actor = make_actor(name="Verband", contacts=[{"function": "Empfang", "phone": "1"}])
    actor.contacts[0].entered_on = date.today() - timedelta(days=31)
    db.session.commit()
    page = as_user("dana").get(PAGE).text
    assert "Verband" in page
    assert "overdue" in page
