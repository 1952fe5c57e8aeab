"""Two people do the same at the same time, with transactions that really end."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.accounts.models import User
from registry.accounts.sessions import services as sessions
from registry.actors.models import Actor
from registry.app import create_app
from registry.core.db import db
from registry.network.links.models import Cooperation
from registry.upkeep.campaigns.models import Entry
from registry.upkeep.duplicates import finding
from registry.upkeep.duplicates.models import Merging
from tests.accounts.people import mails, path_of, sign_in
from tests.conftest import SETTINGS, Cast, NewDatabase
from tests.factories.actors import make_actor
from tests.factories.campaigns import key_of, make_due, request_of, start_campaign
from tests.upkeep.campaigns.answer_form import answer_form
from tests.upkeep.duplicates.twins import PLACE, address
from tests.upkeep.suggestions.visitors import filled

Step = Callable[[FlaskClient], Any]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[Flask]:
    """An application with people and a database of its own, which these tests share."""
    url = new_database(request.param, "together")
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        Cast().everybody()
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(app: Flask, *both: tuple[Step, Callable[[FlaskClient, Any], Any]]) -> list[int]:
    """Let each look first and then act, all at the same moment; return how they were answered."""
    answers: list[int] = []
    start = Barrier(len(both))

    def run(look: Step, act: Callable[[FlaskClient, Any], Any]) -> None:
        client = app.test_client()
        seen = look(client)
        start.wait()
        answers.append(act(client, seen).status_code)

    threads = [Thread(target=run, args=each) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.parametrize("turned", [False, True], ids=["same way", "either way"])
def test_of_two_who_merge_the_same_pair_one_is_told_so(served: Flask, turned: bool) -> None:
    with served.app_context():
        one = make_actor(name="Tafelladen", places=[PLACE])
        two = make_actor(name="Tafelladen e.V.", places=[{**PLACE, "name": "Lager"}])
        other = (two, one) if turned else (one, two)
        ways = [address("actor", one, two), address("actor", *other)]
        people = [user(f"{name}@example.org") for name in ("amal", "dana")]
        who = [sessions.begin(each, "Firefox") for each in people]
        db.session.commit()
        uuids = [one.uuid, two.uuid]

    def merging(way: str, person: str) -> tuple[Step, Callable[[FlaskClient, Any], Any]]:
        def look(client: FlaskClient) -> Any:
            with client.session_transaction() as session:
                session.update({"_user_id": person, "_fresh": True})
            return filled(client, way)

        return look, lambda client, form: client.post(way, data=form)

    steps = [merging(*each) for each in zip(ways, who, strict=True)]
    assert at_once(served, *steps) == [302, 409]
    with served.app_context():
        found = db.session.query(Actor).filter(Actor.uuid.in_(uuids)).all()
        assert sorted(len(actor.places) for actor in found) == [0, 2]
        assert db.session.query(Merging).filter(Merging.winner.in_(uuids)).count() == 1


def test_of_two_who_enter_the_same_link_from_both_sides_one_is_led_to_it(served: Flask) -> None:
    page = "/en/office/network/links/new"
    with served.app_context():
        one, two = (str(make_actor(name=name).uuid) for name in ("Caritas", "Diakonie"))
        people = [user(f"{name}@example.org") for name in ("amal", "dana")]
        who = [sessions.begin(each, "Firefox") for each in people]
        db.session.commit()

    def entering(
        ends: tuple[str, str], person: str
    ) -> tuple[Step, Callable[[FlaskClient, Any], Any]]:
        typed = {"source": ends[0], "target": ends[1], "kind": "joint", "by_source.intensity": "1"}

        def look(client: FlaskClient) -> Any:
            with client.session_transaction() as session:
                session.update({"_user_id": person, "_fresh": True})

        return look, lambda client, _seen: client.post(page, data=typed)

    steps = [entering(*each) for each in zip([(one, two), (two, one)], who, strict=True)]
    assert at_once(served, *steps) == [302, 409]
    with served.app_context():
        assert db.session.query(Cooperation).count() == 1


def test_of_two_answers_by_one_link_one_counts_and_the_other_is_told(served: Flask) -> None:
    with served.app_context():
        actor = make_due()
        request = request_of(start_campaign(), actor)
        db.session.commit()
        way = f"/de/confirm?key={key_of(request)}"
        entry = request.entries[0]
        key, field = entry.id, f"e{entry.uuid.hex}.answer"

    def act(client: FlaskClient, form: Any) -> Any:
        form[field] = "correct"
        return client.post(way, data=form)

    answering: Any = (lambda client: answer_form(client.get(way).text), act)
    assert at_once(served, answering, answering) == [302, 422]
    with served.app_context():
        assert db.session.get_one(Entry, key).answer == "correct"


def test_of_two_who_follow_one_link_to_a_new_password_one_sets_it(served: Flask) -> None:
    email = "amal@example.org"
    phrases = ["gelbe Boote im Hafen 7", "rote Boote im Hafen 8"]
    served.test_client().post("/en/forgotten", data={"email": email})
    with served.app_context():
        way = path_of(mails("password_reset")[-1])
    at_once(
        served,
        *(
            (
                lambda client: client.get(way),
                lambda client, _seen, phrase=phrase: client.post(way, data={"password": phrase}),
            )
            for phrase in phrases
        ),
    )
    opened = [sign_in(served.test_client(), email, phrase).status_code for phrase in phrases]
    assert sorted(opened) == [302, 422]


def test_many_entries_are_compared_while_nobody_waits(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 0)
    with served.app_context():
        make_actor(name="Kleiderkammer", places=[PLACE])
        make_actor(name="Kleiderkammer e.V.", places=[PLACE])
        person = sessions.begin(user("amal@example.org"), "Firefox")
        db.session.commit()
    client = served.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": person, "_fresh": True})
    for path, words in (
        ("", "being looked for"),
        ("/duplicates", "All entries are being compared"),
    ):
        with served.app_context():
            finding.forget()
        assert words in client.get(f"/en/office{path}").text
    with served.app_context():
        finding.wait()
    assert "Kleiderkammer e.V." in client.get("/en/office/duplicates").text


def user(email: str) -> User:
    return db.session.query(User).filter_by(email=email).one()
