"""Findings are found anew, keep what was decided, and say it in the reader's language."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE, Who
from registry.actors import services as actors
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.desk.tasks import tasks
from registry.network.findings import queries, services
from registry.network.findings.models import Decision, Finding
from registry.network.findings.queries import FindingFilter
from registry.network.findings.rules import RULES
from registry.network.findings.services import Renewed
from registry.network.findings.wording import SENTENCES, TITLES, told
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.network_entered import enter
from tests.factories.offers import make_offer

TODAY = date.today()
STAR = "ab ac ad ae"


def renew(day: date = TODAY, who: Who = CONSOLE, region: str = "09576") -> Renewed:
    made = services.renew(who, region, day)
    db.session.commit()
    return made


def found(state: str = "") -> list[Finding]:
    return queries.listed(CONSOLE, FindingFilter(state=state))[0]


def one(kind: str) -> Finding:
    return db.session.scalars(select(Finding).where(Finding.kind == kind)).one()


def test_findings_are_found_once_and_again(cast: Cast) -> None:
    enter(STAR, alone="z")
    assert renew() == Renewed(3, 3, 0)
    assert renew(TODAY + timedelta(1)) == Renewed(3, 0, 0)
    assert {row.kind for row in found()} == {"broker", "failing", "isolated"}
    assert {row.found_on for row in found()} == {TODAY}
    assert {row.seen_on for row in found()} == {TODAY + timedelta(1)}


def test_what_is_gone_comes_back_as_it_was_decided(cast: Cast) -> None:
    lonely = enter(STAR, alone="z")["z"]
    renew()
    services.dismiss(cast.who("amal"), one("isolated").uuid, 1, "Ein Museum.")
    actors.archive_actor(CONSOLE, lonely.uuid)
    assert renew() == Renewed(2, 0, 1)
    assert [row.kind for row in found(queries.GONE)] == ["isolated"]
    actors.publish_actor(CONSOLE, lonely.uuid)
    assert renew() == Renewed(3, 0, 0)
    assert (one("isolated").state, one("isolated").gone_on) == ("dismissed", None)


def test_a_decision_is_logged_and_can_be_taken_back(cast: Cast) -> None:
    enter("ab", alone="z")
    renew()
    row, olga = one("isolated"), cast.who("olga")
    services.accept(olga, row.uuid, 1)
    assert (row.state, row.decided_at is None) == (Decision.TOPIC, False)
    services.dismiss(olga, row.uuid, 2, " Nicht unser Thema. ")
    assert (row.state, row.reason) == (Decision.DISMISSED, "Nicht unser Thema.")
    services.reopen(olga, row.uuid, 3)
    assert (row.state, row.reason, row.decided_at) == (Decision.NEW, None, None)
    logged = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject_id == row.uuid).order_by(AuditEntry.id)
    )
    assert list(logged) == ["finding.accepted", "finding.rejected", "finding.reopened"]


def test_a_stale_decision_and_one_without_reason_are_refused(cast: Cast) -> None:
    enter("ab", alone="z")
    renew()
    row = one("isolated")
    with pytest.raises(Conflict):
        services.accept(CONSOLE, row.uuid, 7)
    for reason in (" ", "x" * 1001, "\0"):
        with pytest.raises(Invalid):
            services.dismiss(CONSOLE, row.uuid, 1, reason)


def test_findings_of_elsewhere_do_not_exist(cast: Cast) -> None:
    enter("ab", alone="z")
    renew()
    uuid = one("isolated").uuid
    for key in (uuid, uuid4()):
        with pytest.raises(NotFound):
            services.accept(cast.who("boris"), key, 1)
    with pytest.raises(NotAllowed):
        services.accept(cast.who("carla"), uuid, 1)
    with pytest.raises(NotFound):
        services.renew(cast.who("boris"), "09576", TODAY)
    assert queries.listed(cast.who("boris"), FindingFilter()) == ([], 0)


def test_offers_of_two_providers_at_the_same_time_are_told_by_name(cast: Cast) -> None:
    for name in ("Eins", "Zwei"):
        actor = make_actor(name=name, places=[PLACE])
        place = {"place": str(actor.places[0].uuid), "hours": "Tu 18:00-20:00"}
        make_offer(
            actor,
            title={"de": f"Kurs {name}"},
            languages=[{"language": "ar", "by": "staff"}],
            areas=[],
            places=[place],
        )
    renew()
    (row,) = told(found())
    assert sorted(name for _key, name in row.actors) == ["Eins", "Zwei"]
    assert "Kurs Eins" in row.sentence
    assert "Dienstag" in row.sentence
    assert "Roth" in row.sentence


def test_every_rule_has_its_words() -> None:
    assert RULES.keys() == TITLES.keys() == SENTENCES.keys()


def test_new_findings_stand_on_the_desk_of_whoever_decides(cast: Cast) -> None:
    enter(STAR, alone="z")
    renew()

    def due(name: str) -> dict[str, int | None]:
        groups = tasks(cast.who(name), TODAY)
        return {task.key: task.count for group in groups.values() for task in group}

    assert due("olga")["findings"] == 3
    services.accept(CONSOLE, one("broker").uuid, 1)
    assert due("olga")["findings"] == 2
    assert "findings" not in due("carla")


def test_more_findings_ask_no_more_of_the_database(cast: Cast) -> None:
    def asked() -> tuple[int, int]:
        db.session.expire_all()
        with count_queries() as seen:
            rows = told(found())
        return len(rows), len(seen)

    enter("ab", alone="y")
    renew()
    assert asked() == (1, 3)
    enter("cd", alone="vwx")
    renew()
    rows, queries_asked = asked()
    assert rows > 2
    assert queries_asked == 3


def test_pages_show_findings_and_let_people_decide(cast: Cast, as_user: Any, no_csrf: None) -> None:
    enter(STAR, alone="z")
    client, base = as_user("olga"), "/en/office/network/findings"
    assert "You decide what becomes a topic" in client.get(base).text
    assert client.post(f"{base}/renew").status_code == 302
    page = client.get(f"{base}?kind=isolated&state=new").text
    assert "No cooperation is reported; its answers are there." in page
    assert "Answers from 6 of 6" in page
    row = one("isolated")
    address = f"{base}/{row.uuid}"
    assert "Accept as a topic" in client.get(address).text
    refused = client.post(f"{address}/dismiss", data={"version": "1", "reason": ""})
    assert (refused.status_code, "Please give a reason." in refused.text) == (422, True)
    stale = client.post(f"{address}/accept", data={"version": "9"})
    assert (stale.status_code, "decided on this finding meanwhile" in stale.text) == (409, True)
    done = client.post(f"{address}/dismiss", data={"version": "1", "reason": "Ein Museum."})
    assert done.status_code == 302
    assert "Ein Museum." in client.get(f"{base}?state=dismissed").text
    reader = as_user("carla")
    assert "Accept as a topic" not in reader.get(address).text
    assert reader.post(f"{base}/renew").status_code == 403
    assert as_user("boris").get(address).status_code == 404
