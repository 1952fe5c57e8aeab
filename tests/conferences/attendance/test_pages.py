"""The office's page of the day: who may see it, who may note who is there, and how."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from registry.conferences.attendance import queries
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.core.db import db
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
SignIn = Callable[[str], FlaskClient]


def add(conference: Conference, family_name: str) -> Participant:
    invitation = make_invitation(conference, organisation=f"Verein {family_name}")
    made = Participant(conference=conference, invitation=invitation, family_name=family_name)
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def conference(cast: Cast) -> Conference:
    made = make_conference(TODAY, TODAY + timedelta(days=1))
    add(made, "Blau")
    return made


def at(conference: Conference, path: str = "") -> str:
    return f"/de/office/conferences/{conference.uuid}/day{path}"


def blue(conference: Conference) -> queries.Person:
    return next(each for each in queries.roll(conference) if each.family_name == "Blau")


def test_who_is_here_is_noted_by_list_and_by_badge(as_user: SignIn, conference: Conference) -> None:
    olga, person = as_user("olga"), blue(conference)
    shown = olga.get(at(conference)).text
    assert "Blau" in shown
    assert "Ist da" in shown
    done = olga.post(at(conference, "/arrive"), data={"participant": str(person.uuid)})
    assert done.status_code == 302
    assert "seit " in olga.get(at(conference, "/now")).text
    assert "seit " not in olga.get(at(conference, f"/now?day={TODAY + timedelta(days=1)}")).text
    tomorrow = {"code": f"x/{person.uuid}", "day": f"{TODAY + timedelta(days=1)}"}
    assert olga.post(at(conference, "/scan"), data=tomorrow).status_code == 302
    assert len(blue(conference).days) == 2
    refused = olga.post(at(conference, "/scan"), data={"code": str(uuid4())})
    assert refused.status_code == 422
    assert "kein Namensschild" in refused.text
    assert olga.post(at(conference, "/leave"), data=tomorrow | {"participant": str(person.uuid)})
    assert list(blue(conference).days) == [TODAY]


def test_a_badge_opens_a_page_that_notes_nothing_by_itself(
    as_user: SignIn, conference: Conference
) -> None:
    badge = f"/de/badge/{blue(conference).uuid}"
    assert "Verein Blau" in as_user("olga").get(badge).text
    assert not blue(conference).came
    assert as_user("carla").get(badge).status_code == 403
    assert as_user("boris").get(badge).status_code == 404


def test_whoever_may_only_look_notes_nothing(as_user: SignIn, conference: Conference) -> None:
    carla, uuid = as_user("carla"), str(blue(conference).uuid)
    assert "Ist da" not in carla.get(at(conference)).text
    assert carla.post(at(conference, "/arrive"), data={"participant": uuid}).status_code == 403
    assert carla.get(at(conference, "/new")).status_code == 403
    assert as_user("boris").get(at(conference)).status_code == 404
    forged = {"participant": str(add(make_conference(TODAY), "Fremd").uuid)}
    assert as_user("olga").post(at(conference, "/arrive"), data=forged).status_code == 404


def test_walk_ins_and_deputies_are_typed_and_nothing_typed_is_lost(
    as_user: SignIn, conference: Conference
) -> None:
    emil_keeps = make_actor(name="Träger")
    olga = as_user("olga")
    assert emil_keeps.name in olga.get(at(conference, "/new")).text  # suggested
    long = {"organisation": "x" * 201, "family_name": "Neu"}
    refused = olga.post(at(conference, "/new"), data=long)
    assert refused.status_code == 422
    assert 'value="Neu"' in refused.text
    new = {"organisation": "Träger", "family_name": "<script>"}
    assert olga.post(at(conference, "/new"), data=new).status_code == 302
    assert "<bdi>&lt;script&gt;</bdi>" in olga.get(at(conference)).text
    instead = at(conference, f"/instead/{blue(conference).uuid}")
    assert olga.post(instead, data={}).status_code == 422
    assert olga.post(instead, data={"family_name": "Ersatz"}).status_code == 302
    assert "i. V. für Blau" in olga.get(at(conference)).text


def test_somebody_is_found_by_name_and_the_list_costs_the_same_at_any_length(
    as_user: SignIn, conference: Conference
) -> None:
    olga, longer = as_user("olga"), make_conference(TODAY)
    for name in ("Eins", "Zwei", "Drei"):
        add(longer, name)
    pages = [at(conference), at(longer)]
    # The first look reads what is kept from then on.
    _first, short, long = (statements(olga, page) for page in (pages[0], *pages))
    assert short == long
    found = olga.post(f"{pages[1]}/find", data={"q": "verein zwei"}).text
    assert "Zwei" in found
    assert "Drei" not in found


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with count_queries() as seen:
        client.get(path)
    return len(seen)
