"""The pages of topics: gather, rate, decide, print."""

from typing import Any

import pytest

from registry.conferences.topics.models import Topic
from registry.core.db import db
from tests.factories.conferences import make_conference

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_from_an_empty_list_to_a_decision_with_its_reason(as_user: Any) -> None:
    olga, found = as_user("olga"), make_conference()
    here = f"/en/office/conferences/{found.uuid}/topics"
    assert "No topic is entered yet." in olga.get(here).text
    assert olga.post(f"{here}/new", data={"title": "", "reason": "weil"}).status_code == 422
    data = {"title": "Wohnen <b>", "reason": "Es fehlt.", "source": "report", "said_in": "Seite 4"}
    assert olga.post(f"{here}/new", data=data).status_code == 302
    made = db.session.query(Topic).one()
    rated = olga.post(f"{here}/ratings", data={f"points-{made.uuid}": "3", "points-x": "1"})
    assert rated.status_code == 302
    page = olga.get(here).text
    assert "Wohnen &lt;b&gt;" in page
    assert '<option value="3" selected>' in page
    topic = f"/en/office/conferences/topics/{made.uuid}"
    refused = olga.post(f"{topic}/decision", data={"version": 1, "state": "accepted"})
    assert refused.status_code == 422
    decided = {"version": 1, "state": "accepted", "because": "am besten bewertet"}
    assert olga.post(f"{topic}/decision", data=decided).status_code == 302
    assert olga.post(f"{topic}/decision", data=decided).status_code == 409
    assert olga.post(f"{topic}/item", data={"version": 2}).status_code == 302
    page = olga.get(topic).text
    assert "am besten bewertet" in page
    assert "It is in the programme." in page
    assert olga.get(f"{here}/topics.pdf").data.startswith(b"%PDF")
    assert as_user("carla").get(topic).status_code == 200
    assert as_user("boris").get(topic).status_code == 404
