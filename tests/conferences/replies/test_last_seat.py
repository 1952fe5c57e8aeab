"""Many answer at once, in processes of their own: the last seat is given once."""

from collections.abc import Iterator, Sequence
from multiprocessing import get_context

import pytest
from flask import Flask

from registry.app import create_app
from registry.conferences.invitations.models import Invitation
from registry.conferences.replies import closing, queries
from registry.core import tokens
from registry.core.db import db
from tests.conferences.replies import worker
from tests.conftest import SETTINGS, NewDatabase
from tests.factories.conferences import make_conference, make_invitation
from tests.processes import done, started

PEOPLE, PROCESSES, SEATS = 16, 4, 5


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, new_database: NewDatabase) -> str:
    """The address of a database where commits are commits."""
    return new_database(request.param, "seats")


@pytest.fixture
def own(url: str) -> Iterator[Flask]:
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def send(url: str, answers: Sequence[worker.Answer]) -> None:
    """Let all processes answer at the same time, each its share."""
    start = get_context("forkserver").Barrier(PROCESSES)
    shares = (answers[number::PROCESSES] for number in range(PROCESSES))
    for each in [started(worker.answer, url, start, share) for share in shares]:
        done(each)
    db.session.rollback()


def test_the_last_seat_is_given_once(own: Flask, url: str) -> None:
    conference = make_conference(seats=SEATS)
    invitations = [make_invitation(conference, organisation=f"Nr. {n}") for n in range(PEOPLE)]
    keys = [_key(each) for each in invitations]
    db.session.commit()
    send(url, [(key, "yes") for key in keys])
    assert queries.seats_given(conference) == SEATS
    assert sorted(queries.waiting_positions(conference).values()) == [*range(1, PEOPLE - SEATS + 1)]
    seated = [key for key, each in zip(keys, invitations, strict=True) if _place(each) == "seat"]
    waiting = [key for key in keys if key not in seated]
    # Some give theirs back, some deputies take over, some of those who wait give up: all at once.
    gone, stays = seated[:3], seated[3:]
    send(
        url,
        [
            *((key, "no") for key in gone),
            *((key, "deputy") for key in stays),
            *((key, "no") for key in waiting[:4]),
            *((key, "deputy") for key in waiting[4:8]),
        ],
    )
    assert queries.seats_given(conference) == SEATS
    left = [key for key, each in zip(keys, invitations, strict=True) if _place(each) != "none"]
    assert set(left) == {*stays, *waiting[4:]}
    assert len(queries.load_waiting(conference)) == len(left) - SEATS


def test_the_same_link_used_many_times_at_once_is_one_participant(own: Flask, url: str) -> None:
    conference = make_conference(seats=SEATS)
    key = _key(make_invitation(conference, organisation="Verein"))
    db.session.commit()
    send(url, [(key, "yes")] * PROCESSES)
    assert queries.seats_given(conference) == 1


def _key(invitation: Invitation) -> str:
    return tokens.secret(
        tokens.issue("conference", invitation.uuid, closing.lasting(invitation.conference))
    )


def _place(invitation: Invitation) -> str:
    [participant] = queries.load_participants(invitation)
    return participant.place
