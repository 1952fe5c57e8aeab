"""Topics are gathered, rated by each of the preparation group once, and decided with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.conferences.decisions.models import Task
from registry.conferences.models import Conference
from registry.conferences.series.models import Series
from registry.conferences.topics import queries, services, sources
from registry.conferences.topics.models import Topic
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.network.findings.models import Decision, Finding
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference

WEEK = timedelta(weeks=1)
DECIDED = {"state": "accepted", "because": "brennt allen unter den Nägeln"}


def best(who: Any, found: Conference) -> list[tuple[str, int, int, int | None]]:
    rows, _total = queries.rated(who, found)
    return [(each.topic.title, each.points, each.number, each.own) for each in rows]


def test_each_has_one_rating_and_the_best_rated_comes_first(cast: Cast) -> None:
    actor = make_actor()
    cast.keeps(actor)
    found = make_conference(duties={"chair": actor})
    olga, emil = cast.who("olga"), cast.who("emil")
    one, two = (services.add(olga, found.uuid, {"title": title}) for title in ("Arbeit", "Schule"))
    services.rate(olga, found.uuid, {one.uuid: 1, two.uuid: 2})
    services.rate(emil, found.uuid, {two.uuid: 3})
    services.rate(olga, found.uuid, {one.uuid: 3})
    assert best(olga, found) == [("Schule", 5, 2, 2), ("Arbeit", 3, 1, 3)]
    services.rate(olga, found.uuid, {two.uuid: None, one.uuid: 0})
    assert best(emil, found) == [("Schule", 3, 1, 3), ("Arbeit", 0, 1, None)]
    with pytest.raises(Invalid):
        services.rate(olga, found.uuid, {one.uuid: 4})
    services.decide(olga, one.uuid, 1, DECIDED, TODAY)
    services.rate(emil, found.uuid, {one.uuid: 3})
    assert best(emil, found)[1] == ("Arbeit", 0, 1, None)
    for name, error in (("carla", NotAllowed), ("boris", NotFound)):
        with pytest.raises(error):
            services.rate(cast.who(name), found.uuid, {two.uuid: 1})
        with pytest.raises(error):
            services.decide(cast.who(name), two.uuid, 1, DECIDED, TODAY)


def test_the_register_proposes_findings_undone_tasks_and_what_was_put_off(cast: Cast) -> None:
    olga, series = cast.who("olga"), Series(region="09576", name="Reihe", months=6)
    last = make_conference(TODAY - WEEK, series=series, title="Erste")
    found = make_conference(TODAY + WEEK, series=series, title="Zweite")
    db.session.add(Task(conference=last, number=4, title="Sprechstunde einrichten"))
    db.session.add(Task(conference=last, number=5, title="Fertig", ending="done", ended_on=TODAY))
    seen = {
        "region": "09576",
        "found_on": TODAY,
        "seen_on": TODAY,
        "facts": {"answered": 3, "asked": 9},
    }
    db.session.add(Finding(kind="few_answers", key="a", state=Decision.TOPIC, **seen))
    db.session.add(Finding(kind="few_answers", key="b", **seen))
    old = services.add(olga, last.uuid, {"title": "Kinderbetreuung", "source": "report"})
    services.decide(olga, old.uuid, 1, {"state": "postponed", "because": "zu voll"}, TODAY)
    offered = sources.candidates(olga, found)
    assert [(each.key.partition(":")[0], each.source) for each in offered] == [
        ("topic", "report"),
        ("finding", "finding"),
        ("task", "task"),
    ]
    assert offered[2].said_in == "Erste, Aufgabe 4"
    assert services.take_over(olga, found.uuid, offered) == 3
    assert sources.candidates(olga, found) == []
    assert len(sources.candidates(olga, last)) == 1  # its own topics and tasks are no proposals


def test_a_topic_that_was_taken_up_becomes_an_item_and_a_group_once(cast: Cast) -> None:
    olga, found = cast.who("olga"), make_conference(groups=())
    made = services.add(olga, found.uuid, {"title": "Wohnen", "reason": "Es fehlt an allem."})
    with pytest.raises(Invalid):
        services.make_item(olga, made.uuid, 1)
    services.decide(olga, made.uuid, 1, DECIDED, date(2026, 11, 23))
    services.make_item(olga, made.uuid, made.version)
    services.make_group(olga, made.uuid, made.version)
    assert [(each.title, each.description) for each in found.agenda] == [
        ("Wohnen", "Es fehlt an allem.")
    ]
    assert [each.title for each in found.groups] == ["Wohnen"]
    for make in (services.make_item, services.make_group):
        with pytest.raises(Invalid):
            make(olga, made.uuid, made.version)
    with pytest.raises(Conflict):
        services.reopen(olga, made.uuid, 1)
    services.reopen(olga, made.uuid, made.version)
    assert (made.state, made.because, made.decided_on) == ("open", None, None)
    assert db.session.query(Topic).one().item_id == found.agenda[0].id
