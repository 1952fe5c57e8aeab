"""The register's network as it is read, kept and handed out."""

from datetime import date
from io import BytesIO
from typing import Any

import networkx as nx
import pytest
from sqlalchemy import text

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed, NotFound
from registry.network.exchange import services as exchange
from registry.network.formats.tables import Choice
from registry.network.formats.writing import WRITERS
from registry.network.links.models import Cooperation, Report
from registry.network.queries import load_state
from registry.network.rounds.models import Asked, Round
from registry.network.snapshots import queries, services
from registry.network.state import Kind, Standing
from tests.conftest import count_queries
from tests.factories.actors import PLACE, make_actor

DAY = date(2026, 11, 2)


def linked(one: Any, other: Any, kind: Kind = Kind.EXCHANGE, **sides: int) -> Cooperation:
    """Enter a link with the intensity that each side reports: source=2, target=1."""
    link = Cooperation(region="09576", kind=kind, source=one, target=other)
    link.reports = [
        Report(side=side, intensity=intensity, reported_on=DAY, via="office")
        for side, intensity in sides.items()
    ]
    db.session.add(link)
    db.session.commit()
    return link


@pytest.fixture
def three(database: None) -> list[Any]:
    """Three published actors; the first two are linked."""
    made = [make_actor(name=name, places=[PLACE]) for name in ("Eins", "Zwei", "Drei")]
    linked(made[0], made[1], source=2, target=1)
    return made


def test_a_state_holds_actors_links_and_who_has_answered(three: list[Any]) -> None:
    asked = Round(region="09576", name="Herbst", deadline=DAY, started_on=date(2026, 9, 1))
    db.session.add(asked)
    for actor, answered in ((three[0], DAY), (three[2], date(2026, 11, 3))):
        db.session.add(Asked(round=asked, actor=actor, asked_on=DAY, answered_on=answered))
    db.session.commit()
    found = load_state("09576", DAY)
    assert [node.name for node in found.nodes.values()] == ["Eins", "Zwei", "Drei"]
    assert [(node.asked, node.answered) for node in found.nodes.values()] == [
        (True, True),
        (False, False),
        (True, False),
    ]
    [link] = found.links
    assert (link.confirmed, link.intensity) == (True, 2)
    node = found.nodes[three[0].id]
    assert (node.category, node.fields, node.municipalities) == (
        "welfare",
        ("advice",),
        ("09576143",),
    )
    assert found.standing()[three[2].id] is Standing.UNKNOWN
    assert load_state("09576", date(2026, 11, 3)).standing()[three[2].id] is Standing.ISOLATED


def test_links_that_are_over_and_links_to_archived_actors_do_not_count(three: list[Any]) -> None:
    over = linked(three[1], three[2], source=2)
    over.reports[0].valid_to = date(2026, 10, 31)
    db.session.commit()
    assert len(load_state("09576", DAY).links) == 1
    assert len(load_state("09576", date(2026, 10, 31)).links) == 2
    actors.archive_actor(CONSOLE, three[1].uuid)
    db.session.commit()
    assert not load_state("09576", DAY).links


def test_a_city_that_is_a_district_by_itself_is_one_place(database: None) -> None:
    make_actor(places=[{**PLACE, "municipality": "09561000"}], areas=["09561", "09571"])
    [node] = load_state("09576", DAY).nodes.values()
    assert node.municipalities == ("09561000", "09571")


def test_nothing_of_another_district_is_in_a_state(three: list[Any]) -> None:
    make_actor(name="Fürth", region="09573")
    assert len(load_state("09576", DAY).nodes) == 3
    assert len(load_state("09573", DAY).nodes) == 1


def test_reading_a_state_costs_the_same_however_many_there_are(
    three: list[Any],
) -> None:
    with count_queries() as few:
        load_state("09576", DAY)
    linked(three[0], three[2], source=1)
    make_actor(name="Vier", places=[PLACE])
    with count_queries() as many:
        load_state("09576", DAY)
    assert len(many) == len(few) == 7


def test_a_kept_state_shows_that_it_was_changed(three: list[Any], cast: Any) -> None:
    made = services.keep(cast.amal.as_who(), "09576", "  Herbst  ", DAY)
    db.session.commit()
    kept = queries.load_snapshot(cast.carla.as_who(), made.uuid)
    assert (kept.name, kept.is_whole) == ("Herbst", True)
    db.session.execute(text("UPDATE network_snapshot SET digest = 'x'"))
    db.session.expire_all()
    assert not queries.load_snapshot(cast.carla.as_who(), made.uuid).is_whole


def test_only_the_office_keeps_and_removes_and_other_districts_know_nothing(
    three: list[Any], cast: Any
) -> None:
    with pytest.raises(NotAllowed):
        services.keep(cast.carla.as_who(), "09576", "Herbst", DAY)
    with pytest.raises(Invalid):
        services.keep(cast.amal.as_who(), "09576", " ", DAY)
    made = services.keep(cast.olga.as_who(), "09576", "Herbst", DAY)
    with pytest.raises(NotFound):
        services.remove(cast.boris.as_who(), made.uuid)
    with pytest.raises(NotAllowed):
        services.remove(cast.carla.as_who(), made.uuid)
    services.remove(cast.olga.as_who(), made.uuid)
    assert queries.office_list(cast.olga.as_who()) == ([], 0)


def test_every_format_is_handed_out_to_readers_of_the_region_alone(
    three: list[Any], cast: Any
) -> None:
    for form in WRITERS:
        assert exchange.hand_out(cast.carla.as_who(), "09576", DAY, Choice(), form).content
    with pytest.raises(NotFound):
        exchange.hand_out(cast.boris.as_who(), "09576", DAY, Choice(), "csv")


def test_an_uploaded_network_is_analysed_in_a_process_that_trusts_nothing(cast: Any) -> None:
    file = BytesIO()
    nx.write_graphml(nx.krackhardt_kite_graph(), file)
    file.seek(0)
    found = exchange.look_at(cast.carla.as_who(), file)
    assert (found.figures.nodes, found.figures.edges, found.directed) == (10, 18, False)
    assert found.figures.actors["7"].betweenness == pytest.approx(14)
    for bad in (b"", b"<graphml", b"PK\x03\x04", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml/>'):
        with pytest.raises(Invalid):
            exchange.look_at(cast.carla.as_who(), BytesIO(bad))
