from typing import Any

import pytest

from registry.conferences.training.knowledge import queries as checklists
from registry.conferences.training.knowledge import services as knowledge
from registry.conferences.training.officers import queries, services
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed

OFFICER = {"ags": "09576143", "function": "Integrationsbeauftragte Person"}


def test_only_public_officers_are_in_the_directory_and_each_function_is_there_once(
    cast: Any,
) -> None:
    olga = cast.who("olga")
    made = services.create(olga, "09576", OFFICER)
    db.session.commit()
    assert queries.published() == []
    services.change(olga, made.uuid, made.version, {"public": True, "mandate": "Rederecht"})
    db.session.commit()
    (entry,) = queries.published()
    assert (entry.municipality, entry.function) == ("Roth", OFFICER["function"])
    assert not hasattr(entry, "mandate")
    with pytest.raises(Invalid):
        services.create(olga, "09576", OFFICER)
    with pytest.raises(Invalid):
        services.create(olga, "09576", {**OFFICER, "ags": "09573114"})  # of another district
    with pytest.raises(NotAllowed):
        services.create(cast.who("carla"), "09576", OFFICER)


def test_two_who_change_the_checklist_do_not_undo_each_other(cast: Any) -> None:
    olga = cast.who("olga")
    points = [{"title": "Recht"}, {"title": "Netzwerk"}]
    first = knowledge.set_points(
        olga, "09576", checklists.load_checklist(olga, "09576").version, points
    )
    turned = [{"uuid": each.uuid, "title": each.title} for each in reversed(first.points)]
    second = knowledge.set_points(olga, "09576", first.version, turned)
    assert [each.title for each in second.points] == ["Netzwerk", "Recht"]
    with pytest.raises(Conflict):
        knowledge.set_points(olga, "09576", first.version, [])
    assert knowledge.propose(olga, "09576", [{"title": "Recht"}, {"title": "Datenschutz"}]) == 1
