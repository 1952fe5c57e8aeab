"""Groups of a conference: arranging people, moves by hand, what changes meanwhile."""

from typing import Any
from uuid import UUID

import pytest

from registry.conferences.groups import queries, services
from registry.conferences.groups.moving import services as moving
from registry.conferences.groups.services import How
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_participant

STANDARD = How((0, 1, 4, 9), 25, 7)


def groups_of(conference: Conference, key: str = "") -> dict[str, str]:
    """Return the title of everybody's group by their name."""
    wanted = queries.load_round(conference, key)
    titles = {str(each.uuid): each.title for each in wanted.groups}
    rows = queries.people(conference, wanted)
    return {each.guest.name: titles.get(each.guest.group, "") for each in rows}


def changed(conference: Conference, **fields: Any) -> list[dict[str, Any]]:
    """Return the groups as their form would send them, with some fields changed in each."""
    return [
        {"uuid": each.uuid, "title": each.title, "minimum": each.minimum, **fields}
        for each in conference.groups
    ]


def test_everybody_gets_the_dearest_wish_that_all_together_can_have(cast: Cast) -> None:
    made = make_conference()
    language, work = made.groups
    language.maximum = 2
    for name, wishes in (("A", [language]), ("B", [language, work]), ("C", [language])):
        make_participant(made, name, *wishes)
    make_participant(made, "Waiting", language, place=Place.NONE)
    run = services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert (run.total_cost, run.seed, run.unplaced) == (1, 7, [])
    assert groups_of(made) == {"A": "Sprache", "B": "Arbeit", "C": "Sprache"}


def test_where_somebody_gives_back_a_seat_everybody_else_stays(cast: Cast) -> None:
    made = make_conference(groups=("Sprache", "Arbeit", "Wohnen"))
    language, work, living = made.groups
    language.maximum = 4
    people = [make_participant(made, f"P{number}", language, work, living) for number in range(9)]
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    before = groups_of(made)
    gone = next(each for each in people if before[each.family_name or ""] == "Arbeit")
    gone.place = Place.NONE
    db.session.commit()
    anew = How((0, 1, 4, 9), 25, 8, stay=True)
    services.arrange(cast.who("olga"), made.uuid, "", anew)
    assert groups_of(made) == {k: v for k, v in before.items() if k != gone.family_name}


def test_a_move_by_hand_survives_a_new_arrangement_until_it_is_taken_back(cast: Cast) -> None:
    made = make_conference()
    language, work = made.groups
    kaya = make_participant(made, "Kaya", language)
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    told = {"group": work.uuid, "reason": "Fachfrau für Arbeit"}
    moving.move(cast.who("olga"), made.uuid, kaya.uuid, told, str(language.uuid))
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert groups_of(made) == {"Kaya": "Arbeit"}
    moving.take_back(cast.who("olga"), made.uuid, kaya.uuid, "")
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert groups_of(made) == {"Kaya": "Sprache"}


def test_somebody_who_is_moved_while_it_is_computed_stays_where_they_were_moved(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_conference()
    language, work = made.groups
    kaya = make_participant(made, "Kaya", language)
    real, calls = services.assign, []

    def interrupted(*given: Any, **more: Any) -> Any:
        if not calls:
            calls.append("moved")
            told = {"group": work.uuid, "reason": "Während der Verteilung"}
            moving.move(cast.who("olga"), made.uuid, kaya.uuid, told, "")
        return real(*given, **more)

    monkeypatch.setattr(services, "assign", interrupted)
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert groups_of(made) == {"Kaya": "Arbeit"}


def test_a_minimum_that_cannot_be_met_is_named_and_nothing_changes(cast: Cast) -> None:
    made = make_conference()
    made.groups[1].minimum = 3
    make_participant(made, "Kaya", made.groups[0])
    with pytest.raises(Invalid) as refused:
        services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    [line] = refused.value.errors["impossible"]
    assert line.startswith("„Arbeit“ braucht 3 Personen; Personen mit Platz: 1.")
    assert groups_of(made) == {"Kaya": ""}


def test_where_all_want_the_same_group_it_fills_by_lot_and_says_who_has_none(cast: Cast) -> None:
    made = make_conference(groups=["Sprache"])
    made.groups[0].maximum = 2
    for name in "ABC":
        make_participant(made, name, *made.groups)
    run = services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert [each["reason"] for each in run.unplaced] == ["full"]
    assert sorted(groups_of(made).values()) == ["", "Sprache", "Sprache"]


def test_a_moderator_stays_in_the_group_until_the_seat_is_given_back(cast: Cast) -> None:
    made = make_conference()
    language, work = made.groups
    kaya = make_participant(made, "Kaya", language)
    services.set_moderator(cast.who("olga"), made.uuid, work.uuid, made.version, kaya.uuid)
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert groups_of(made) == {"Kaya": "Arbeit"}
    told = {"group": language.uuid, "reason": "Wunsch"}
    with pytest.raises(Invalid):
        moving.move(cast.who("olga"), made.uuid, kaya.uuid, told, str(work.uuid))
    kaya.place = Place.NONE
    db.session.commit()
    led = {each.title: each.gone for each in queries.led(queries.load_round(made, ""))}
    assert led == {"Sprache": "", "Arbeit": "Kaya"}
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    assert groups_of(made) == {}


@pytest.mark.parametrize("why", ["full", "excluded", "unknown"])
def test_a_move_that_cannot_be_is_refused_beside_the_group(cast: Cast, why: str) -> None:
    made = make_conference()
    language, work = made.groups
    language.maximum = 1
    make_participant(made, "Haddad", language)
    kaya = make_participant(made, "Kaya", work)
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    told = {"excluded": work.uuid, "because": "befangen"}
    moving.exclude(cast.who("olga"), made.uuid, kaya.uuid, told)
    assert groups_of(made)["Kaya"] == ""
    group = {"full": language.uuid, "excluded": work.uuid, "unknown": UUID(int=7)}[why]
    with pytest.raises(Invalid) as refused:
        moving.move(cast.who("olga"), made.uuid, kaya.uuid, {"group": group, "reason": "x"}, "")
    assert list(refused.value.errors) == ["group"]


def test_who_was_moved_by_somebody_else_meanwhile_is_not_moved_unseen(cast: Cast) -> None:
    made = make_conference()
    kaya = make_participant(made, "Kaya")
    told = {"group": made.groups[0].uuid, "reason": "x"}
    moving.move(cast.who("olga"), made.uuid, kaya.uuid, told, "")
    with pytest.raises(Conflict):
        moving.move(cast.who("olga"), made.uuid, kaya.uuid, told, "")


def test_forums_of_each_day_are_arranged_by_themselves(cast: Cast) -> None:
    made = make_conference()
    first, second = made.groups
    second.day = made.days[0]
    make_participant(made, "Kaya", second, first)
    services.arrange(cast.who("olga"), made.uuid, "", STANDARD)
    key = str(made.days[0].uuid)
    services.arrange(cast.who("olga"), made.uuid, key, STANDARD)
    assert groups_of(made) == {"Kaya": "Sprache"}
    assert groups_of(made, key) == {"Kaya": "Arbeit"}
    services.set_groups(
        cast.who("olga"), made.uuid, made.version, {"groups": changed(made, day=None)}
    )
    assert groups_of(made) == {"Kaya": "Sprache"}


def test_groups_keep_their_ids_and_what_wishes_say(cast: Cast) -> None:
    made = make_conference()
    kaya = make_participant(made, "Kaya", made.groups[1])
    rows = changed(made, share=1, unit="Fachdienst Bildung")
    with pytest.raises(Conflict):
        services.set_groups(cast.who("olga"), made.uuid, made.version + 1, {"groups": rows})
    wrong = [{**rows[0], "minimum": 5, "maximum": 4}]
    with pytest.raises(Invalid):
        services.set_groups(cast.who("olga"), made.uuid, made.version, {"groups": wrong})
    services.set_groups(cast.who("olga"), made.uuid, made.version, {"groups": rows[1:]})
    assert [str(each.uuid) for each in made.groups] == kaya.wishes
    assert made.groups[0].unit == "Fachdienst Bildung"


def test_whoever_has_the_chair_arranges_and_others_do_not(cast: Cast) -> None:
    actor = make_actor()
    made = make_conference(duties={"chair": actor})
    kaya: Participant = make_participant(made, "Kaya", made.groups[0])
    with pytest.raises(NotAllowed):
        services.arrange(cast.who("carla"), made.uuid, "", STANDARD)
    with pytest.raises(NotFound):
        services.arrange(cast.who("boris"), made.uuid, "", STANDARD)
    told = {"group": made.groups[0].uuid, "reason": "x"}
    with pytest.raises(NotFound):
        moving.move(cast.who("boris"), made.uuid, kaya.uuid, told, "")
    cast.keeps(actor)
    assert services.arrange(cast.who("emil"), made.uuid, "", STANDARD).total_cost == 0
    other = make_conference(title="Andere")
    with pytest.raises(NotFound):
        moving.move(cast.who("olga"), other.uuid, kaya.uuid, told, "")
