"""An agenda in points: what takes place side by side is one."""

from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.conferences.agenda import numbers, points
from registry.conferences.decisions import carried
from registry.conferences.decisions.models import Task
from registry.conferences.minutes import making, services
from registry.conferences.models import AgendaItem
from registry.conferences.programme import printing
from registry.core.db import db
from tests.conferences.minutes.conftest import Held
from tests.conferences.minutes.conftest import held as held
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference


def item(key: int, title: str, *, beside: bool = False, **fields: Any) -> AgendaItem:
    made = AgendaItem(title=title, parallel=beside, position=key, **fields)
    made.id = key
    return made


def afternoon() -> list[AgendaItem]:
    return [
        item(1, "Begrüßung", minutes=10),
        item(2, "Sprache", minutes=90),
        item(3, "Arbeit", minutes=80, beside=True),
        item(4, "Abschluss"),
    ]


def test_what_takes_place_side_by_side_is_one_point_with_points_below_it() -> None:
    found = points(afternoon())
    assert [each.lines for each in found] == [
        ["Begrüßung"],
        ["Gleichzeitig", "2.1 Sprache", "2.2 Arbeit"],
        ["Abschluss"],
    ]
    assert [each.minutes for each in found] == [10, 90, None]
    assert numbers(afternoon()) == {1: "1", 2: "2.1", 3: "2.2", 4: "3"}


def test_a_block_that_all_share_says_what_they_are() -> None:
    some = [item(1, "A", block="Arbeitsgruppen"), item(2, "B", block="Arbeitsgruppen", beside=True)]
    assert points(some)[0].title == "Arbeitsgruppen: gleichzeitig"
    assert (
        points([item(1, "A"), item(2, "B", block="Foren", beside=True)])[0].title == "Gleichzeitig"
    )


def test_nothing_is_beside_what_takes_place_on_another_day() -> None:
    some = [item(1, "A", day_id=1), item(2, "B", day_id=2, beside=True)]
    assert len(points(some)) == 2


@pytest.fixture
def coming(held: Held) -> Any:
    """The next conference, with groups side by side."""
    made = make_conference(TODAY, title="6. Konferenz", programme_public=True)
    made.agenda = [
        AgendaItem(title="Rückblick", kind="look_back", position=0),
        AgendaItem(title="Sprache", minutes=60, position=1),
        AgendaItem(title="Arbeit", minutes=90, parallel=True, position=2),
    ]
    db.session.commit()
    return made


def test_letters_and_minutes_number_the_points_alike(coming: Any) -> None:
    (back, _minutes), (groups, minutes) = carried.told(coming)
    assert back.startswith("Rückblick\n– ")
    assert back.endswith("Konzept schreiben")
    assert (groups, minutes) == ("Gleichzeitig\n2.1 Sprache\n2.2 Arbeit", 90)
    parts = making.content_of(services.begin(CONSOLE, coming.uuid))["parts"]
    assert [each["heading"] for each in parts][1:3] == ["TOP 2.1: Sprache", "TOP 2.2: Arbeit"]


def test_what_was_left_open_stands_on_the_programme(coming: Any, client: Any) -> None:
    day = printing.content(coming)["days"][0]
    assert "Konzept schreiben" in day["slots"][0]["items"][0]["left"][0]
    assert "Konzept schreiben" in client.get(f"/de/conferences/{coming.uuid}").text
    coming.agenda = coming.agenda[1:]
    db.session.commit()
    assert "Konzept schreiben" in printing.content(coming)["left"][0]
    assert (
        "Was frühere Konferenzen offen ließen" in client.get(f"/de/conferences/{coming.uuid}").text
    )


def test_everyone_reads_what_is_open_but_not_for_whom_it_waits(coming: Any) -> None:
    task = db.session.scalars(select(Task)).one()
    task.actor, task.due = make_actor(name="Jobcenter"), TODAY
    db.session.flush()
    assert "(Jobcenter, bis " in carried.lines(coming)[0]
    assert carried.lines(coming, whose=False)[0].endswith("Konzept schreiben")
