"""The pages of a programme: the office edits it, everyone sees it once it is shown."""

import html
import io
import re
from datetime import time, timedelta
from typing import Any

import openpyxl
import pytest
from werkzeug.datastructures import MultiDict

from registry.conferences.models import AgendaItem
from registry.conferences.programme.schemas import TimedItemSchema
from registry.conferences.topics.models import Topic
from registry.core.db import db
from tests.factories.conferences import TODAY, make_conference

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_from_a_pattern_to_a_programme_on_the_web(as_user: Any, client: Any) -> None:
    olga, found = as_user("olga"), make_conference()
    here, public = f"/en/office/conferences/{found.uuid}/timetable", f"/en/conferences/{found.uuid}"
    assert "The programme is empty." in olga.get(here).text
    made = olga.post(f"{here}/pattern", data={"version": 1, "pattern": "half_day"})
    assert made.status_code == 302
    assert "The programme ends at 16:30." in olga.get(here).text
    assert client.get(public).status_code == 404
    assert olga.post(f"{here}/public", data={"version": 2, "public": "yes"}).status_code == 302
    page = client.get(public).text
    assert "13:45" in page
    assert "Sprache" in page
    assert found.title in client.get("/en/conferences").text
    everything = client.get(f"{public}/programme.ics").text
    assert everything.count("BEGIN:VEVENT") == 7
    db.session.refresh(found)
    item = found.agenda[3].uuid
    one = client.get(f"{public}/items/{item}.ics").text
    assert "DTSTART;TZID=Europe/Berlin" in one
    assert "T134500" in one
    assert one.count("BEGIN:VEVENT") == 1
    assert client.get(f"{public}/items/{found.uuid}.ics").status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(olga.get(f"{here}/programme.xlsx").data))
    assert [row[4].value for row in book.active.iter_rows(min_row=2)][3] == "Sprache"
    assert olga.get(f"{here}/programme.pdf").data.startswith(b"%PDF")


def test_an_item_is_edited_moved_by_a_button_deleted_and_put_back(as_user: Any) -> None:
    olga, found = as_user("olga"), make_conference()
    here = f"/en/office/conferences/{found.uuid}/timetable"
    wrong = olga.post(f"{here}/items/new", data={"version": 1, "title": "", "minutes": "bald"})
    assert wrong.status_code == 422
    assert "bald" in wrong.text
    data = {"title": "Fishbowl", "minutes": "45", "format": "fishbowl", "parallel": "true"}
    for version, title in enumerate(("Talk one", "Fishbowl"), 1):
        new = olga.post(f"{here}/items/new", data={**data, "title": title, "version": version})
        assert new.status_code == 302
    db.session.refresh(found)
    first, second = found.agenda
    moved = olga.post(f"{here}/items/{second.uuid}/step", data={"version": 3, "by": "up"})
    assert f"moved={second.uuid}" in moved.location
    page = olga.get(moved.location).text
    assert page.count("autofocus") == 1
    assert "Fishbowl begins at 13:00 now." in page
    stale = olga.post(f"{here}/items/{second.uuid}/delete", data={"version": 1})
    assert stale.status_code == 409
    gone = olga.post(f"{here}/items/{first.uuid}/delete", data={"version": 4}).text
    assert 'name="title" value="Talk one"' in gone
    assert f'name="after" value="{second.uuid}"' in gone
    kept = {"title": "Talk one", "minutes": "45", "after": str(second.uuid), "parallel": "true"}
    assert olga.post(f"{here}/items/new", data={**kept, "version": 5}).status_code == 302
    db.session.refresh(found)
    assert [(each.title, each.parallel) for each in found.agenda] == [
        ("Fishbowl", False),
        ("Talk one", True),
    ]
    dragged = {"dragged": str(found.agenda[1].uuid), "before": str(second.uuid), "version": 6}
    assert olga.post(f"{here}/place", data={**dragged, "day": "x"}).status_code == 302
    assert olga.post(f"{here}/place", data={"version": 7}).status_code == 404
    db.session.refresh(found)
    assert [each.title for each in found.agenda] == ["Talk one", "Fishbowl"]


def test_a_programme_that_was_replaced_comes_back_with_one_click(as_user: Any) -> None:
    day, fields = TODAY + timedelta(days=20), {"minutes": 45, "speaker": "Leitung"}
    found = make_conference(
        day,
        agenda=[
            AgendaItem(title="Eigener Anfang", starts=time(14), position=0, **fields),
            AgendaItem(title="Eigene Gruppe", format="group", position=1),
            AgendaItem(title="Daneben", parallel=True, basis="Bericht", position=2),
        ],
    )
    for item in found.agenda:
        item.day = found.days[0]
    topic = Topic(conference=found, title="Thema", item_id=found.agenda[2].id)
    db.session.add(topic)
    db.session.commit()
    before = TimedItemSchema(audience="office", many=True).dump(found.agenda)
    olga, here = as_user("olga"), f"/en/office/conferences/{found.uuid}/timetable"
    told = {"version": found.version, "pattern": "half_day", "replace": "yes"}
    page = olga.post(f"{here}/pattern", data=told)
    assert "The programme was replaced" in page.text
    db.session.expire_all()
    assert (found.agenda[0].title, topic.item_id) == ("Begrüßung", None)
    kept = MultiDict(
        (html.unescape(name), html.unescape(value))
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    )
    assert olga.post(f"{here}/put-back", data=kept).status_code == 302
    db.session.expire_all()
    assert TimedItemSchema(audience="office", many=True).dump(found.agenda) == before
    assert topic.item_id == found.agenda[2].id
    assert olga.post(f"{here}/put-back", data=kept).status_code == 409
    other = make_conference()
    foreign = kept.copy()
    foreign["version"] = str(other.version)
    elsewhere = here.replace(str(found.uuid), str(other.uuid))
    assert olga.post(f"{elsewhere}/put-back", data=foreign).status_code == 422
    kept["version"] = str(found.version)
    assert as_user("carla").post(f"{here}/put-back", data=kept).status_code == 403
