from typing import Any
from urllib.parse import urlsplit

import pytest

from registry.conferences.afterwards import queries
from registry.core import tokens
from registry.core.db import db
from tests.conferences.afterwards.test_afterwards import YESTERDAY
from tests.factories.conferences import TODAY, make_conference

DATABASES = ["postgresql"]


@pytest.mark.usefixtures("no_csrf")
def test_the_office_asks_and_a_stranger_answers_by_link(
    app: Any, as_user: Any, client: Any
) -> None:
    conference = make_conference(YESTERDAY)
    office = as_user("olga")
    room = f"/de/office/conferences/{conference.uuid}/afterwards"
    assert office.get(room).status_code == 200
    form = {"version": "0", "open_until": TODAY.isoformat(), "questions-0.text": "Was fehlte?"}
    assert office.post(f"{room}/evaluation", data=form).status_code == 302
    evaluation = queries.load_evaluation(conference)
    assert evaluation
    link = queries.newest_link(evaluation)
    assert link
    address = tokens.address(link, "de")
    assert address in office.get(room).text
    path = f"{urlsplit(address).path}?{urlsplit(address).query}"
    stranger = app.test_client()
    shown = stranger.get(path.replace("/de/", "/ar/"))
    assert "Was fehlte?" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    refused = stranger.post(path, data={"content": "9", "good": "x" * 2001})
    assert refused.status_code == 422
    assert "x" * 2001 in refused.text
    for mark in ("5", "4", "4"):
        said = {"content": mark, "own_0": "<b>Zeit</b>"}
        assert stranger.post(path, data=said).status_code == 200
    found = office.get(room).text
    assert "4,3<" in found
    assert "&lt;b&gt;Zeit" in found
    assert office.get(f"/de/office/conferences/{conference.uuid}/look-back").status_code == 200
    assert stranger.get(f"{path[:-3]}AAA").status_code == 404
    db.session.rollback()
