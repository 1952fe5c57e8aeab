"""The office's pages about tasks, and the page an organisation's link opens."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient

from registry.conferences.decisions import queries
from registry.conferences.decisions.asking.services import LASTING, PURPOSE
from registry.conferences.decisions.models import Task
from registry.core import tokens
from registry.core.db import db
from tests.conferences.decisions.test_tasks import held, promised, reachable, task
from tests.conftest import count_queries
from tests.factories.conferences import TODAY
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf", "database")
HERE = "/en/office/conferences"


def link(row: Task, lang: str = "en") -> str:
    assert row.actor
    made = tokens.issue(PURPOSE, row.actor.uuid, LASTING)
    db.session.commit()
    return f"/{lang}/tasks?key={tokens.secret(made)}"


def test_from_a_decision_to_a_closed_task(as_user: Any) -> None:
    client, conference = as_user("olga"), held()
    room = f"{HERE}/{conference.uuid}/tasks"
    assert "No task has been entered yet." in client.get(room).text
    empty = client.post(f"{HERE}/{conference.uuid}/decisions/new", data={"votes_for": "12"})
    assert empty.status_code == 422
    assert 'value="12"' in empty.text
    client.post(f"{HERE}/{conference.uuid}/decisions/new", data={"text": "Kurse am Abend"})
    (decided,) = queries.load_decisions(conference)
    assert "Kurse am Abend" in client.get(f"{room}/new?decision={decided.uuid}").text
    wanted = {"title": "Zwei Kurse", "decision": str(decided.uuid), "due": "2030-01-31"}
    made = client.post(f"{room}/new", data=wanted).location
    page = client.get(made).text
    assert "Missing: who is responsible, the promise, by what one sees that it worked" in page
    assert decided.code in page
    client.post(f"{made}/report", data={"light": "done", "via": "phone"})
    assert "reported as done" in client.get(made).text
    refused = client.post(f"{made}/end", data={"version": "1", "ending": "dropped"})
    assert "Please say why the task is given up." in refused.text
    client.post(f"{made}/end", data={"version": "1", "ending": "done"})
    assert "Open again" in client.get(made).text
    assert client.post(f"{made}/end", data={"version": "1", "ending": "done"}).status_code == 409


def test_readers_see_and_strangers_find_nothing(as_user: Any) -> None:
    made = promised()
    address = f"{HERE}/tasks/{made.uuid}"
    assert made.title in as_user("carla").get(address).text
    assert "Close the task" not in as_user("carla").get(address).text
    assert as_user("carla").get(f"{address}/edit").status_code == 403
    assert as_user("boris").get(address).status_code == 404
    assert as_user("boris").post(f"{address}/report", data={"light": "done"}).status_code == 404
    assert made.title not in as_user("boris").get(f"{HERE}/tasks").text


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(as_user: Any) -> None:
    client = as_user("carla")
    counts = []
    for more in (1, 2):
        for _each in range(more):
            promised(municipality_ids=["09576127"])
        client.get(f"{HERE}/tasks")
        with count_queries() as asked:
            assert client.get(f"{HERE}/tasks?show=silent").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30


def test_an_extract_is_a_tagged_pdf_of_what_is_open(as_user: Any) -> None:
    made = promised(title="Zwei Kurse am Abend")
    assert made.actor
    client = as_user("carla")
    file = client.get(f"{HERE}/tasks/extract.pdf?actor={made.actor.uuid}").data
    read = TaggedPdf(file)
    assert {"/Table", "/TH", "/H1"} <= read.tags()
    for said in ("Ihre Aufgaben", made.actor.name, made.code, "zugesagt, keine Rückmeldung"):
        assert said in read.text.replace("kei-ne", "keine").replace("mel-dung", "meldung")
    assert pikepdf.open(BytesIO(file)).Root.MarkInfo.Marked
    assert client.get(f"{HERE}/tasks/extract.pdf?municipality=09576127").status_code == 404


def test_opening_a_link_changes_nothing_and_an_answer_counts(client: FlaskClient) -> None:
    made = task(held(), actor={"uuid": reachable().uuid})
    address = link(made)
    shown = client.get(address)
    assert (shown.status_code, made.commitment) == (200, "open")
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    given = {"task": str(made.uuid), "version": "1", "commitment": "yes"}
    stale = client.post(address, data={**given, "version": "9", f"{made.uuid}.said_by": "Leitung"})
    assert stale.status_code == 409
    assert 'value="Leitung"' in stale.text
    assert client.post(address, data={**given, "commitment": "never"}).status_code == 422
    assert client.post(address, data=given).status_code == 302
    assert made.commitment == "yes"
    told = {"task": str(made.uuid), "version": "2"}
    assert client.post(address, data=told).status_code == 422
    report = {**told, f"{made.uuid}.light": "at_risk", f"{made.uuid}.text": "<b>Raum fehlt</b>"}
    assert client.post(address, data=report).status_code == 302
    assert "&lt;b&gt;Raum fehlt" in client.get(address).text


def test_a_link_opens_the_tasks_of_its_organisation_alone(client: FlaskClient) -> None:
    mine, other = promised(title="Unsere"), promised(title="Deren")
    page = client.get(link(mine)).text
    assert "Unsere" in page
    assert "Deren" not in page
    forged = {"task": str(other.uuid), "version": "1", f"{other.uuid}.light": "done"}
    assert client.post(link(mine), data=forged).status_code == 404
    assert client.get(link(mine)[:-2]).status_code == 404
    assert queries.load_reports(other) == []


def test_what_is_late_stands_on_the_desk(as_user: Any) -> None:
    made = promised()
    made.due = TODAY - timedelta(days=1)
    db.session.commit()
    page = as_user("amal").get("/en/office").text
    assert "Tasks of conferences that are late" in page
    assert "/office/conferences/tasks?show=late" in page
