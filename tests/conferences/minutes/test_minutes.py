"""Minutes from the first draft to a supplement."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.conferences.decisions import services as decisions
from registry.conferences.minutes import making, queries, sealing, services
from registry.conferences.minutes.approving import services as approving
from registry.conferences.minutes.models import Minutes
from registry.conferences.minutes.reading import services as reading
from registry.conferences.minutes.sealing import GONE
from registry.conferences.models import AgendaItem, Duty
from registry.conferences.replies.ageing import holding
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.mail.models import Mail
from tests.conferences.minutes.conftest import AFTER, UNTIL, Held
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_conference


def object_to(held: Held, minutes: Minutes, number: int = 0, day: Any = TODAY, **said: Any) -> Any:
    invitation = held.invitations[number]
    given = {"participant": None, "text": "Bitte anders", **said}
    return reading.object_to(reading.holder(invitation), invitation, minutes.uuid, given, day)


def test_the_draft_is_made_of_what_is_known(held: Held) -> None:
    minutes = held.begin()
    said = making.content_of(minutes)
    assert [each["heading"] for each in said["parts"]] == [
        "TOP 1: Rückblick",
        "TOP 2: Lage",
        "TOP 3: Arbeitsgruppen",
        "Arbeitsgruppe: Sprache",
        "Arbeitsgruppe: Arbeit",
    ]
    assert [(each["name"], each["stands_for"]) for each in said["present"]] == [
        ("Cem Deniz", "Bert Beispiel"),
        ("Anna Muster", ""),
    ]
    assert "Verein" in [each["organisation"] for each in said["excused"]]
    assert said["absent"] == [{"organisation": "Schule"}]
    assert said["parts"][3]["cards"] == {"measure": [{"text": "Abendkurse", "dots": 3}]}
    assert (len(said["decisions"]), len(said["tasks"])) == (1, 1)


def test_a_group_that_stands_in_the_programme_has_one_part(held: Held) -> None:
    for title in ("Sprache", "Arbeit"):
        held.conference.agenda.append(
            AgendaItem(title=title, kind="coordination", format="group", position=9)
        )
    headings = [each["heading"] for each in making.content_of(held.begin())["parts"]]
    assert headings[3:] == ["Arbeitsgruppe: Sprache", "Arbeitsgruppe: Arbeit"]


def test_beginning_twice_gives_the_same_minutes_and_adds_what_is_new(held: Held) -> None:
    minutes = held.begin()
    assert held.begin() is minutes
    assert len(minutes.parts) == 5
    gone = minutes.parts[1]
    services.delete_part(CONSOLE, gone.uuid, 1)
    assert [part.title for part in held.begin().parts].count(gone.title) == 1
    assert len(queries.of_conference(held.conference)) == 1


def test_two_write_at_once_each_a_part_of_its_own(held: Held) -> None:
    first, second = held.begin().parts[:2]
    services.write_part(CONSOLE, first.uuid, 1, {"text": "Eins"})
    services.write_part(CONSOLE, second.uuid, 1, {"text": "Zwei"})
    with pytest.raises(Conflict):
        services.write_part(CONSOLE, first.uuid, 1, {"text": "Überschrieben"})
    assert (first.text, second.text) == ("Eins", "Zwei")


def test_open_points_of_the_last_conference_stand_below_the_look_back(held: Held) -> None:
    coming = make_conference(TODAY - timedelta(days=1))
    coming.agenda = [AgendaItem(kind="look_back", title="Rückblick")]
    db.session.flush()
    (part,) = making.content_of(services.begin(CONSOLE, coming.uuid))["parts"][:1]
    assert [line.partition(" ")[2] for line in part["open"]] == ["Konzept schreiben"]


def test_only_those_who_were_present_may_object_and_only_in_time(held: Held) -> None:
    minutes = held.circulated()
    made = object_to(held, minutes)
    assert object_to(held, minutes) is made
    for number in (2, 3):
        with pytest.raises(Invalid):
            object_to(held, minutes, number)
    with pytest.raises(Invalid, match="Einsprüche waren bis"):
        object_to(held, minutes, day=AFTER, text="Zu spät")
    with pytest.raises(NotFound):
        reading.object_to(reading.holder(held.invitations[0]), held.invitations[0], None, {}, TODAY)


def test_the_draft_goes_to_those_present_and_the_minutes_to_everybody(held: Held) -> None:
    minutes = held.begin()
    assert approving.circulate(CONSOLE, minutes.uuid, 1, UNTIL, TODAY) == (1, 1)
    approving.approve(CONSOLE, minutes.uuid, minutes.version, AFTER)
    assert approving.send(CONSOLE, minutes.uuid, minutes.version, AFTER) == (3, 1)
    with pytest.raises(Conflict):
        approving.send(CONSOLE, minutes.uuid, minutes.version, AFTER)
    sent = db.session.execute(select(Mail.kind, Mail.recipient).order_by(Mail.id)).all()
    assert [tuple(each) for each in sent] == [
        ("minutes_draft", "a@example.org"),
        ("minutes_approved", "a@example.org"),
        ("minutes_approved", "c@example.org"),
        ("minutes_approved", "d@example.org"),
    ]


def test_approving_waits_for_the_period_and_for_every_objection(held: Held) -> None:
    minutes = held.begin()
    with pytest.raises(Invalid, match="Entwurf zuerst"):
        approving.approve(CONSOLE, minutes.uuid, 1, AFTER)
    approving.circulate(CONSOLE, minutes.uuid, 1, UNTIL, TODAY)
    made = object_to(held, minutes)
    with pytest.raises(Invalid, match="Einsprüche sind bis"):
        approving.approve(CONSOLE, minutes.uuid, 2, UNTIL)
    with pytest.raises(Invalid, match="jeden Einspruch"):
        approving.approve(CONSOLE, minutes.uuid, 2, AFTER)
    with pytest.raises(Invalid):
        approving.decide(CONSOLE, made.uuid, 1, {"outcome": "rejected", "answer": None}, TODAY)
    approving.decide(CONSOLE, made.uuid, 1, {"outcome": "accepted", "answer": None}, TODAY)
    approving.approve(CONSOLE, minutes.uuid, 2, AFTER)
    assert making.content_of(minutes)["objections"][0]["outcome"] == "accepted"


def test_approving_twice_is_said_and_changes_nothing(held: Held) -> None:
    minutes = held.approved()
    before = (minutes.version, minutes.digest, minutes.approved_at)
    with pytest.raises(Invalid, match="bereits genehmigt"):
        approving.approve(CONSOLE, minutes.uuid, minutes.version, AFTER)
    assert (minutes.version, minutes.digest, minutes.approved_at) == before


def test_what_is_approved_is_read_only_whatever_changes_around_it(held: Held) -> None:
    minutes = held.approved()
    said = making.content_of(minutes)
    part = minutes.parts[0]
    for change in (
        lambda: services.write_part(CONSOLE, part.uuid, part.version, {"text": "Neu"}),
        lambda: services.delete_part(CONSOLE, part.uuid, part.version),
        lambda: services.add_part(CONSOLE, minutes.uuid, {"title": "Neu", "text": ""}),
        lambda: decisions.decide(CONSOLE, held.conference.uuid, {"text": "Neu"}),
    ):
        with pytest.raises(Invalid):
            change()
    held.conference.title = "Anders"
    held.conference.agenda.pop()
    db.session.flush()
    assert making.content_of(minutes) == said
    assert sealing.digest(minutes.content or {}) == minutes.digest


def test_erasing_somebody_takes_the_name_and_leaves_the_hash(held: Held) -> None:
    minutes = held.approved()
    anna = str(held.people[0].uuid)
    assert anna in (minutes.salts or {})
    assert "Muster" not in sealing.canonical(minutes.content or {})
    assert holding.erase_participants({anna}) == 1
    db.session.expire_all()
    said = making.content_of(minutes)
    assert anna not in (minutes.salts or {})
    assert [each["name"] for each in said["present"]] == ["Cem Deniz", GONE]
    assert said["decisions"][0]["text"] == f"{GONE} legt ein Konzept vor."
    assert sealing.digest(minutes.content or {}) == minutes.digest


def test_a_supplement_goes_the_same_way(held: Held) -> None:
    minutes = held.approved()
    made = approving.supplement(CONSOLE, minutes.uuid, {"title": "Nachtrag", "text": "Mehr"})
    with pytest.raises(Conflict):
        approving.supplement(CONSOLE, made.uuid, {"title": "Noch einer", "text": ""})
    approving.circulate(CONSOLE, made.uuid, made.version, AFTER + timedelta(days=14), AFTER)
    approving.approve(CONSOLE, made.uuid, made.version, AFTER + timedelta(days=15))
    assert making.paper_of(made).title == "Nachtrag zum Protokoll"
    assert made.digest != minutes.digest


def test_minutes_belong_to_who_has_the_duty(held: Held, cast: Cast) -> None:
    minutes = held.begin()
    keeper = held.invitations[0].actor
    assert keeper
    cast.keeps(keeper)
    with pytest.raises(NotFound):
        services.begin(cast.who("emil"), held.conference.uuid)
    held.conference.duties = [Duty(kind="minutes", actor=keeper)]
    db.session.flush()
    services.write_part(cast.who("emil"), minutes.parts[0].uuid, 1, {"text": "Ja"})
    with pytest.raises(NotAllowed):
        approving.approve(cast.who("carla"), minutes.uuid, 1, AFTER)
    with pytest.raises(NotFound):
        approving.recall(cast.who("boris"), minutes.uuid, 1)
