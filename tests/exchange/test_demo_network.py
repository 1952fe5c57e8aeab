"""The demo region's network and conferences: one broker, one isolate, one silent, who answered.

That it goes into SQLite as well is shown by everything that is shown in a browser.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from registry.actors.models import Actor
from registry.app import create_app
from registry.conferences.afterwards.queries import answers
from registry.conferences.afterwards.summary import summary
from registry.conferences.attendance.queries import attended
from registry.conferences.decisions.queries import rows_of
from registry.conferences.decisions.standing import State
from registry.conferences.groups.models import Run
from registry.conferences.invitations.models import Individual, Invitation
from registry.conferences.minutes import sealing
from registry.conferences.minutes.making import paper_of
from registry.conferences.minutes.models import Minutes
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.conferences.topics.models import Topic
from registry.conferences.wall.queries import boards
from registry.core.db import db
from registry.core.mail.models import Mail
from registry.network.catalogue.results import results
from registry.network.findings.models import Finding
from registry.network.findings.wording import told
from registry.network.queries import load_state
from registry.network.state import Standing
from registry.network.trust import Detail, Thresholds, trust
from tests.conftest import SETTINGS
from tests.exchange.conftest import DEMO_DAY

TODAY = DEMO_DAY
pytestmark = pytest.mark.usefixtures("seeded")


@pytest.fixture(scope="module")
def seeded(demo_in_postgres: Callable[[str], str]) -> Iterator[None]:
    """A register with the demo data, for all tests of this module."""
    with create_app({**SETTINGS, "DATABASE_URL": demo_in_postgres("shown")}).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def test_the_demo_network_is_one_to_look_at_and_only_of_the_invented() -> None:
    state = load_state("09576", TODAY)
    rests = trust(state)
    assert (rests.asked, rests.answered, rests.detail(Thresholds())) == (28, 27, Detail.RANKS)
    standing = state.standing()
    by = {
        kind: [state.nodes[key].name for key, each in standing.items() if each is kind]
        for kind in Standing
    }
    assert by[Standing.ISOLATED] == ["Gemeinschaft 60 plus Abenberg (Beispiel)"]
    assert [name for name in by[Standing.UNKNOWN] if "(Beispiel)" in name] == [
        "Kulturbühne Heideck e. V. (Beispiel)"
    ]
    found = results(state)
    assert [state.nodes[each.actor].name for each in found.brokers] == [
        "Musterverband Roth e. V. (Beispiel)"
    ]
    assert found.failing == found.bridges == ()
    real = db.session.scalars(select(Actor.id).where(Actor.example.is_(False)))
    assert not {end for link in state.links for end in link.pair} & set(real)


def test_each_matter_of_the_demo_network_is_found_and_no_other() -> None:
    rows = db.session.scalars(select(Finding).order_by(Finding.kind))
    found = {each.row.kind: (each.sentence, each.actors) for each in told(rows)}
    assert found.keys() == {
        "broker", "isolated", "meeting", "no_body", "open_cell", "overlapping", "unknown",
    }  # fmt: skip
    named = {kind: [name for _key, name in actors] for kind, (_said, actors) in found.items()}
    assert named["broker"] == ["Musterverband Roth e. V. (Beispiel)"]
    assert named["isolated"] == ["Gemeinschaft 60 plus Abenberg (Beispiel)"]
    assert named["unknown"] == ["Kulturbühne Heideck e. V. (Beispiel)"]
    assert "Bildungswerk Jura gGmbH (Beispiel)" in named["meeting"]
    assert len(named["overlapping"]) == 5
    assert "5 von 7 Mitgliedern" in found["overlapping"][0]
    assert found["open_cell"][0].endswith("Greding: 25 Personen, kein Angebot.")


def test_a_demo_conference_was_held_and_half_of_another_is_answered() -> None:
    held, coming = db.session.scalars(select(Conference).order_by(Conference.id))
    assert (held.state(TODAY), coming.state(TODAY)) == ("held", "inviting")
    assert (coming.first_day - TODAY).days >= 40  # type: ignore[operator]
    invited = db.session.scalars(
        select(Invitation).where(Invitation.conference_id == coming.id)
    ).all()
    assert Counter(row.reply for row in invited) == {"yes": 12, "deputy": 2, "no": 2, "open": 5}
    places = select(Participant.place).where(Participant.conference_id == coming.id)
    assert Counter(db.session.scalars(places)) == {"seat": 12, "waiting": 2}
    assert (
        len({wish for each in db.session.scalars(select(Participant)) for wish in each.wishes}) == 3
    )


def test_the_conference_that_was_held_shows_all_that_comes_of_one() -> None:
    held, coming = db.session.scalars(select(Conference).order_by(Conference.id))
    came = attended(held)
    assert (len(came.present), len(came.missing)) == (14, 1)
    assert [(each.name, each.stands_for) for each in came.present if each.deputy] == [
        ("Kim Beispiel", "Leitung")
    ]
    assert [each.organisation for each in came.present if each.walk_in] == [
        "Helferkreis Wendelstein (Beispiel)"
    ]
    assert all(any(board.columns.values()) and board.dots for board in boards(held).values())
    [minutes] = db.session.scalars(select(Minutes))
    assert minutes.digest == sealing.digest(minutes.content or {})
    assert minutes.conference is held
    assert paper_of(minutes).mark == "Beispieldaten"
    states = Counter(row.state for row in rows_of(held, TODAY))
    assert states == Counter(State) - Counter([State.STUCK])
    assert [row.task.title for row in rows_of(held, TODAY) if row.late] == [
        "Gemeinsames Merkblatt für Betriebe"
    ]
    assert not summary(answers(held)).hidden
    [topic] = db.session.scalars(select(Topic).where(Topic.finding_id.is_not(None)))
    assert topic.conference is coming
    assert topic.title.startswith("Offener Bedarf: ")
    for each, seed in ((held, 11), (coming, 7)):
        assert [run.seed for run in db.session.scalars(select(Run)) if run.conference is each] == [
            seed
        ]


def test_nobody_real_is_invited_and_nobody_is_written_to() -> None:
    query = select(Actor.example).join(Invitation, Invitation.actor_id == Actor.id)
    assert set(db.session.scalars(query)) == {True}
    assert db.session.scalars(select(Mail)).all() == []
    [person] = db.session.scalars(select(Individual))
    assert (person.given_name, person.family_name, person.example) == (None, None, True)
