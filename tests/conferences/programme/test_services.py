"""The office makes a programme: order, days and rooms hold together whatever it does."""

from datetime import date, time
from uuid import uuid4

import pytest

from registry.conferences.fate import services as fate
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.plans import services as plans
from registry.conferences.programme import services, timetable
from registry.conferences.venues.models import Room, Venue
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Cast
from tests.factories.conferences import make_conference

ONE, TWO = date(2027, 3, 16), date(2027, 3, 17)


def shown(found: Conference) -> list[str]:
    """Return a line for each day: when what begins, "+" before what begins with the one before."""
    db.session.expire_all()
    return [
        " ".join(
            f"{'+' if line.item.parallel else ''}{line.item.title}"
            + (f"@{line.starts:%H:%M}" if line.starts else "")
            for line in sheet.lines
        )
        for sheet in timetable.of(found)
    ]


def add(cast: Cast, found: Conference, title: str, **fields: object) -> AgendaItem:
    after = fields.pop("after", None)
    data = {"title": title, "minutes": 30, **fields}
    return services.add(cast.who("olga"), found.uuid, found.version, data, after)  # type: ignore[arg-type]


def test_items_are_added_moved_and_taken_out_and_times_follow(cast: Cast) -> None:
    olga, found = cast.who("olga"), make_conference(ONE, TWO)
    first, second = (each.uuid for each in found.days)
    a = add(cast, found, "a", day={"uuid": first})
    c = add(cast, found, "c", day={"uuid": first})
    b = add(cast, found, "b", after=a.uuid, parallel=True)
    d = add(cast, found, "d", day={"uuid": second})
    assert shown(found) == ["a@13:00 +b@13:00 c@13:30", "d@13:00"]
    services.step(olga, found.uuid, found.version, c.uuid, -1)
    assert shown(found) == ["c@13:00 a@13:30 +b@13:30", "d@13:00"]
    services.place(olga, found.uuid, found.version, a.uuid, second, d.uuid)
    assert shown(found) == ["c@13:00 b@13:30", "a@13:00 d@13:30"]
    services.change(olga, found.uuid, found.version, d.uuid, {"parallel": True, "minutes": 90})
    services.change(olga, found.uuid, found.version, b.uuid, {"day": {"uuid": second}})
    assert shown(found) == ["c@13:00", "a@13:00 +d@13:00 b@14:30"]
    services.delete(olga, found.uuid, found.version, a.uuid)
    assert shown(found) == ["c@13:00", "d@13:00 b@14:30"]
    assert [each.position for each in found.agenda] == [0, 1, 2]


def test_a_saved_agenda_and_a_moved_conference_keep_the_programme(cast: Cast) -> None:
    olga, found = cast.who("olga"), make_conference(ONE, TWO)
    made = add(
        cast,
        found,
        "Forum",
        day={"uuid": found.days[1].uuid},
        starts=time(14),
        format="forum",
        speaker="Leitung",
        description="Kinderbetreuung",
    )
    rows = [{"uuid": made.uuid, "title": "Forum 2", "kind": "other", "minutes": 45}]
    plans.set_programme(olga, found.uuid, found.version, {"agenda": [*rows, {"title": "neu"}]})
    fate.move(olga, found.uuid, found.version, TWO, None, date(2027, 1, 1))
    assert [each.day for each in found.days] == [TWO, date(2027, 3, 18)]
    assert shown(found) == ["", "Forum 2@14:00 neu@14:45"]
    assert (made.speaker, made.description, made.format) == ("Leitung", "Kinderbetreuung", "forum")
    copied = plans.create(
        olga,
        "09576",
        {
            "title": "Kopie",
            "template": found.uuid,
            "days": [{"day": ONE, "starts": time(9), "ends": time(12)}],
        },
    )
    assert [(each.title, each.speaker, each.day) for each in copied.agenda][:1] == [
        ("Forum 2", "Leitung", None)
    ]


def test_a_pattern_takes_the_working_groups_and_replaces_items_on_purpose_only(cast: Cast) -> None:
    olga, found = cast.who("olga"), make_conference(ONE)
    services.begin_with(olga, found.uuid, 1, "half_day", replace=False)
    assert shown(found) == [
        "Begrüßung@13:00 Einführung in Ablauf und Prozess@13:15 "
        "Impuls: Ergebnisse des Migrations- und Integrationsberichts@13:30 "
        "Sprache@13:45 +Arbeit@13:45 Vorstellung der Ergebnisse@15:45 Abschluss und Ausblick@16:15"
    ]
    for pattern, replace in (("half_day", False), ("two_days", True), ("none", True)):
        with pytest.raises(Invalid):
            services.begin_with(olga, found.uuid, found.version, pattern, replace=replace)
    large = make_conference(ONE, TWO, groups=())
    services.begin_with(olga, large.uuid, 1, "two_days", replace=False)
    forums = [each for each in large.agenda if each.title == "Forum 2: Migrantinnen"]
    assert len({each.day for each in forums}) == len({each.description for each in forums}) == 2


def test_what_belongs_to_others_does_not_exist_and_who_only_reads_changes_nothing(
    cast: Cast,
) -> None:
    olga = cast.who("olga")
    venue = Venue(region="09576", name="Schulzentrum", rooms=[Room(name="Aula", seats=30)])
    found, other = make_conference(ONE, venue=venue), make_conference(TWO)
    foreign = add(cast, other, "fremd")
    room = venue.rooms[0]
    made = add(cast, found, "Plenum", room={"uuid": room.uuid}, format="plenary")
    (sheet,) = timetable.of(found)
    assert len(sheet.lines[0].notes) == 1  # forty people, thirty seats
    for data in ({"room": {"uuid": uuid4()}}, {"day": {"uuid": other.days[0].uuid}}):
        with pytest.raises(Invalid):
            services.change(olga, found.uuid, found.version, made.uuid, data)
    with pytest.raises(NotFound):
        services.delete(olga, found.uuid, found.version, foreign.uuid)
    with pytest.raises(NotFound):
        services.place(olga, found.uuid, found.version, made.uuid, None, foreign.uuid)
    with pytest.raises(Conflict):
        services.step(olga, found.uuid, 1, made.uuid, 1)
    with pytest.raises(NotAllowed):
        services.step(cast.who("carla"), found.uuid, found.version, made.uuid, 1)
    with pytest.raises(NotFound):
        services.publish(cast.who("boris"), found.uuid, found.version, public=True)
