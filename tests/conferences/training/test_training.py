from datetime import date, timedelta
from typing import Any

import pytest

from registry.conferences.criteria import Code
from registry.conferences.invitations.choosing import queries as choosing
from registry.conferences.invitations.everybody.queries import everybody
from registry.conferences.models import Conference
from registry.conferences.training import queries, services
from registry.conferences.training.cohort import Member, Part, Seen, cohort
from registry.conferences.training.models import Training
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conferences.training.conftest import Came
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference


def part(conference: Conference) -> dict[str, Any]:
    return {"conference": {"uuid": conference.uuid}}


def test_people_are_known_again_by_organisation_and_name_and_whole_parts_count() -> None:
    parts = [Part(days=1, follows=False), Part(days=2, follows=True)]
    seen = [
        Seen(0, "VHS Roth", "Anna Müller", 1),
        Seen(1, "VHS  Roth", "Anna Mueller", 1),
        Seen(1, "Caritas", "", 2),
    ]
    found = cohort(parts, seen)
    assert found == [
        Member("Caritas", "", frozenset({1})),
        Member("VHS Roth", "Anna Müller", frozenset({0}), frozenset({1})),
    ]
    assert [each.may_come(parts, 1) for each in found] == [False, True]


def test_the_second_part_invites_only_those_who_were_seen_at_the_first(
    cast: Any, came: Came, training: Training
) -> None:
    first, second = (each.conference for each in training.parts)
    reached = {"function": "Büro", "use_for_invitations": True}
    was_there, stayed_away = (
        make_actor(name=name, contacts=[{**reached, "email": f"{name[4:6]}@example.org"}])
        for name in ("War da", "War nicht da")
    )
    came(first, was_there, "Beispiel")
    came(first, stayed_away, "Muster", days=0)
    elsewhere = make_conference(TODAY - timedelta(days=3), title="Etwas anderes")
    came(elsewhere, stayed_away, "Muster")
    services.invite_cohort(cast.who("olga"), training.parts[1].uuid)
    services.invite_cohort(cast.who("olga"), training.parts[1].uuid)  # adds no second rule
    last = {entry.name: entry.candidate.last for entry in everybody(second, TODAY).values()}
    assert (last["War da"], last["War nicht da"]) == ("attended", "absent")
    verdicts = choosing.planned(second, TODAY).plan.verdicts
    by_rule = [v.candidate.name for v in verdicts if v.reasons and v.reasons[0].code == Code.RULE]
    assert by_rule == ["War da"]
    assert len(choosing.load_rules(second)) == 1
    with pytest.raises(Invalid):
        services.invite_cohort(cast.who("olga"), training.parts[0].uuid)


def test_parts_keep_their_modules_and_a_conference_belongs_to_one_programme(
    cast: Any, training: Training
) -> None:
    olga = cast.who("olga")
    rows = [{"title": "Konzepte der Integration", "author": "Kompetenzzentrum"}]
    services.set_modules(olga, training.parts[0].uuid, training.version, rows)
    with pytest.raises(Conflict):
        services.set_modules(olga, training.parts[0].uuid, training.version - 1, rows)
    first, second = training.parts
    turned = [{"uuid": each.uuid, **part(each.conference)} for each in (second, first)]
    services.change(olga, training.uuid, training.version, {"parts": turned})
    assert [[m.title for m in each.modules] for each in training.parts] == [
        [],
        ["Konzepte der Integration"],
    ]
    with pytest.raises(Invalid):
        services.create(olga, "09576", {"title": "Zweites", "parts": [part(first.conference)]})


def test_nobody_changes_or_sees_a_programme_of_another_district(
    cast: Any, training: Training
) -> None:
    with pytest.raises(NotFound):
        queries.load_training(cast.who("boris"), training.uuid)
    with pytest.raises(NotAllowed):
        services.archive(cast.who("carla"), training.uuid, training.version, date.today())
