"""Papers for the day: what stands on them, and what never does."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.conferences.attendance.papers import services
from registry.conferences.attendance.papers.services import Wish
from registry.conferences.groups.models import Cafe, CafeTable, Membership
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.conferences.topics.models import Topic
from registry.core.db import db
from registry.core.errors import Invalid
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_conference, make_invitation
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def conference(cast: Cast) -> Conference:
    """One in the first group, and one in none."""
    made = make_conference(TODAY)
    for name, group in (("Blau", made.groups[0]), ("Grün", None)):
        invitation = make_invitation(
            made, organisation=f"Verein {name}", email="geheim@verein.example", phone="0911 4711"
        )
        row = Participant(
            conference=made, invitation=invitation, given_name="Kim", family_name=name
        )
        db.session.add(row)
        if group:
            db.session.add(Membership(group=group, participant=row))
    db.session.add(
        Topic(
            conference=made,
            title="Kurse am Abend",
            state="accepted",
            decided_on=TODAY,
            group_id=made.groups[0].id,
        )
    )
    db.session.commit()
    return made


def data(conference: Conference, kind: str, **wish: Any) -> dict[str, Any]:
    return services.paper(CONSOLE, conference.uuid, Wish(kind, TODAY, **wish))


def test_the_list_to_sign_names_people_by_group_and_nothing_to_reach_them(
    as_user: SignIn, conference: Conference
) -> None:
    at = f"/de/office/conferences/{conference.uuid}/day/papers"
    olga = as_user("olga")
    assert "Anwesenheitsliste" in olga.get(at).text
    made = olga.post(f"{at}/attendance.pdf", data={"by": "group", "blanks": "3"})
    said = TaggedPdf(made.data).text
    for words in ("Blau, Kim", "Verein Grün", "Ohne Gruppe", "Unterschrift", "Weitere Anwesende"):
        assert words in said
    assert "geheim" not in said
    assert "4711" not in said
    assert as_user("carla").post(f"{at}/attendance.pdf").status_code == 403
    assert olga.post(f"{at}/nothing.pdf").status_code == 404


def test_sheets_for_moderators_hold_the_questions_and_what_is_known(
    as_user: SignIn, conference: Conference
) -> None:
    at = f"/de/office/conferences/{conference.uuid}/day/papers/moderation.pdf"
    said = TaggedPdf(as_user("olga").post(at).data).text
    for words in ("Vier Fragen", "Was soll erreicht werden?", "Kurse am Abend", "Blau, Kim"):
        assert words in said


def test_lists_can_be_by_category_or_name_and_signs_are_for_people_and_tables(
    conference: Conference,
) -> None:
    by_name = data(conference, "attendance", by="name", blanks=-1)
    assert [each["name"] for each in by_name["sections"][0]["lines"]] == ["Blau, Kim", "Grün, Kim"]
    assert by_name["blanks"] == 0
    assert len(data(conference, "attendance", by="category")["sections"]) == 1
    tables = [CafeTable(number=1, topic="Wohnen")]
    db.session.add(Cafe(conference=conference, title="Café", tables=tables))
    db.session.flush()
    signs = data(conference, "tables")["signs"]
    assert [each["large"] for each in signs] == ["Kim Blau", "Kim Grün", "Tisch 1"]
    assert [each["sign"]["letter"] for each in data(conference, "doors")["groups"]] == ["A", "B"]
    assert len(data(conference, "walls")["questions"]) == 4
    with pytest.raises(Invalid):
        services.paper(CONSOLE, make_conference(TODAY, groups=()).uuid, Wish("doors", TODAY))


def test_a_badge_carries_the_group_and_a_code(as_user: SignIn, conference: Conference) -> None:
    at = f"/de/office/conferences/{conference.uuid}/letters/badges.pdf"
    said = TaggedPdf(as_user("olga").post(at).data).text
    assert "Kim Blau" in said
    assert said.startswith("A")
