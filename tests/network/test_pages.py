"""The office's pages about the network as a picture."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Actor
from registry.core.db import db
from registry.network.bodies.models import Body, Member
from registry.network.findings.models import Finding
from registry.network.links.models import Cooperation, Report
from tests.conftest import count_queries
from tests.factories.actors import make_actor

DATABASES = ["postgresql"]
PICTURE = "/en/office/network"


def link(one: Actor, other: Actor, kind: str = "exchange", **said: int) -> None:
    made = Cooperation(region="09576", kind=kind, source_id=one.id, target_id=other.id)
    made.reports = [
        Report(side=side, intensity=intensity, reported_on=date(2026, 1, 5), via="office")
        for side, intensity in said.items()
    ]
    db.session.add(made)
    db.session.commit()


@pytest.fixture
def three(database: None) -> list[Actor]:
    """Anna and Bert agree, Carl is named by Bert alone."""
    actors = [make_actor(name=name) for name in ("Anna e. V.", "Bert e. V.", "Carl e. V.")]
    link(actors[0], actors[1], source=2, target=2)
    link(actors[1], actors[2], source=1)
    return actors


def page(client: FlaskClient, address: str = PICTURE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def drawn(client: FlaskClient, **asked: Any) -> set[str]:
    """Return the names in the picture that is handed to the script."""
    found = client.get(f"{PICTURE}/picture.json", query_string=asked).get_json()
    return {each["data"]["name"] for each in found if "name" in each["data"]}


def test_strangers_and_actor_editors_do_not_see_the_network(
    client: FlaskClient, as_user: Any, cast: Any, three: list[Actor]
) -> None:
    cast.keeps(three[0])
    parts = ["", "/picture.json", "/matrix", "/poster", "/map", f"/actors/{three[0].uuid}"]
    addresses = [PICTURE + part for part in parts]
    assert {client.get(each).status_code for each in addresses} == {302}
    assert {as_user("emil").get(each).status_code for each in addresses} == {403}


def test_the_same_stands_in_picture_and_table(as_user: Any, three: list[Actor]) -> None:
    text = page(as_user("carla"))
    assert "<svg" in text
    assert text.count("confirmed by both sides") > 1
    assert "Exchange of information: 2 reported, 1 confirmed" in text
    assert drawn(as_user("carla")) == {actor.name for actor in three}


def test_the_focus_leaves_an_actor_and_its_partners(as_user: Any, three: list[Actor]) -> None:
    assert drawn(as_user("carla"), focus=three[0].uuid) == {"Anna e. V.", "Bert e. V."}


def test_only_confirmed_links_can_be_asked_for(as_user: Any, three: list[Actor]) -> None:
    found = as_user("carla").get(f"{PICTURE}/picture.json?rule=both").get_json()
    assert len([each for each in found if "source" in each["data"]]) == 1


def test_the_page_says_who_is_cut_off_without_an_actor(as_user: Any, three: list[Actor]) -> None:
    text = page(as_user("carla"), f"{PICTURE}?without={three[1].uuid}")
    assert "Without Bert e. V., 1 actor loses the connection to the others:" in text


def test_what_is_asked_wrongly_counts_as_not_asked(as_user: Any, three: list[Actor]) -> None:
    wrong = f"?kind=love&rule=x&field=x&municipality=%00&day=2026-99-01&focus={uuid4()}&without=1"
    assert "Exchange of information: 2 reported" in page(as_user("carla"), PICTURE + wrong)


def test_an_actor_sees_who_names_it_and_what_each_side_says(
    as_user: Any, three: list[Actor]
) -> None:
    link(three[2], three[0], "wish", source=1)
    text = page(as_user("carla"), f"{PICTURE}/actors/{three[1].uuid}")
    assert "Named by 1 other actor as a partner." in text
    assert text.count("no report") == 1
    text = page(as_user("carla"), f"{PICTURE}/actors/{three[2].uuid}")
    assert "Wishes to cooperate" in text


def test_an_actor_sees_its_bodies_and_whom_to_meet(as_user: Any, three: list[Actor]) -> None:
    body = Body(region="09576", name="Runder Tisch", form="body")
    body.members = [Member(actor_id=three[0].id)]
    db.session.add(body)
    db.session.commit()
    text = page(as_user("carla"), f"{PICTURE}/actors/{three[0].uuid}")
    assert f"/bodies/{body.uuid}" in text
    assert "Nobody is proposed" in text
    assert "Runder Tisch" not in page(as_user("carla"), f"{PICTURE}/actors/{three[1].uuid}")


def test_silence_is_not_called_isolation(as_user: Any, database: None) -> None:
    alone = make_actor(name="Dora e. V.")
    assert "Nothing is known of its cooperation" in page(
        as_user("carla"), f"{PICTURE}/actors/{alone.uuid}"
    )


def test_an_actor_of_elsewhere_does_not_exist(as_user: Any, three: list[Actor]) -> None:
    foreign = make_actor(name="Fremd e. V.", region="09573")
    for uuid in (foreign.uuid, uuid4()):
        assert as_user("carla").get(f"{PICTURE}/actors/{uuid}").status_code == 404
    assert "Fremd e. V." not in page(as_user("carla"))


def test_findings_stand_beside_the_picture_as_sentences(as_user: Any, three: list[Actor]) -> None:
    day = date(2026, 1, 5)
    for state, reason in (("new", None), ("dismissed", "So gewollt")):
        facts = {"actors": [str(three[1].uuid)], "lost": 2 if reason else 1}
        finding = Finding(region="09576", kind="failing", key=state, facts=facts, state=state)
        finding.found_on = finding.seen_on = day
        finding.reason = reason
        db.session.add(finding)
    db.session.commit()
    text = page(as_user("carla"))
    assert "If this actor falls away, 1 actor loses the connection." in text
    assert "2 actors lose the connection" not in text


def test_the_matrix_shows_actors_and_fields(as_user: Any, three: list[Actor]) -> None:
    text = page(as_user("carla"), f"{PICTURE}/matrix?order=core")
    assert text.count("confirmed by both sides, regularly") == 2
    assert "Field × field" in text


def test_a_poster_can_be_taken_as_svg_and_as_pdf_whatever_names_hold(
    as_user: Any, three: list[Actor]
) -> None:
    three[0].name = "Anna e. V. 🙂 中"
    db.session.commit()
    client = as_user("carla")
    drawing = client.get(f"{PICTURE}/poster?format=svg")
    assert drawing.mimetype == "image/svg+xml"
    assert "Anna e. V." in drawing.get_data(as_text=True)
    for lang in ("en", "ar"):
        made = client.get(f"/{lang}/office/network/poster?format=pdf")
        assert made.data.startswith(b"%PDF")


def test_an_empty_network_says_what_belongs_here(as_user: Any, database: None) -> None:
    assert "There is no published actor yet" in page(as_user("carla"))


def test_more_actors_and_links_take_no_more_queries(as_user: Any, three: list[Actor]) -> None:
    client = as_user("carla")
    page(client)
    with count_queries() as few:
        page(client)
    for number in range(3):
        link(make_actor(name=f"Neu {number}"), three[number], source=1)
    page(client)
    with count_queries() as many:
        page(client)
    assert len(many) == len(few)
