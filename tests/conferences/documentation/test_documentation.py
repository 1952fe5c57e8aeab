from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from registry.conferences.documentation import making, queries, services
from registry.conferences.documentation.content import Group, Told, paper
from registry.conferences.invitations.models import Reply
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.replies.models import Participant
from registry.conferences.wall.models import Card
from registry.conferences.wall.photos import taken
from registry.core.db import db
from registry.core.documents import word
from registry.core.documents.papers import Heading, Picture
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation
from tests.factories.pictures import picture

SAID = {"caption": "Gruppe am Tisch", "part": "Arbeitsphase", "credit": "Presse", "consent": "ja"}


@pytest.fixture
def conference(database: None) -> Conference:
    made = make_conference(TODAY, agenda=[AgendaItem(title="Begrüßung", minutes=15)])
    invitation = make_invitation(made, make_actor(name="Caritas"), reply=Reply.YES)
    db.session.add(Participant(conference=made, invitation=invitation, family_name="Muster"))
    card = Card(conference=made, group=made.groups[0], question="aim", text="Mehr Kurse")
    db.session.add(card)
    db.session.commit()
    return made


def headings(told: Told) -> list[str]:
    return [each.text for each in paper(told).blocks if isinstance(each, Heading)]


def test_chapters_stand_in_the_order_of_printed_ones_and_empty_ones_are_left_out() -> None:
    told = Told(
        "Konferenz",
        [],
        introduction="Anlass",
        groups=[Group("Sprache", cards={"aim": ["Mehr Kurse"], "practice": []})],
        imprint="Landratsamt",
    )
    assert headings(told) == [
        "Einleitung",
        "Arbeitsgruppen",
        "Ergebnisse",
        "Sprache",
        "Zielsetzungen",
        "Impressum",
    ]


def test_it_is_made_of_what_the_conference_holds_and_names_nobody(conference: Conference) -> None:
    told = making.told(conference, None)
    [(_category, names)] = told.participants
    assert names == ["Caritas"]
    assert told.programme[0][1][0][1] == "Begrüßung"
    assert told.groups[0].cards["aim"] == ["Mehr Kurse"]
    assert "Muster" not in str(paper(told))


def test_participants_are_counted_in_each_field_their_organisation_works_in(
    conference: Conference,
) -> None:
    both = make_actor(name="Bildungswerk", fields=["advice", "language"])
    for name, reply in (("Eins", Reply.YES), ("Zwei", Reply.YES)):
        invitation = make_invitation(conference, reply=reply, organisation=name)
        db.session.add(Participant(conference=conference, invitation=invitation))
    invitation.actor = both
    make_invitation(conference, make_actor(name="Nein", fields=["language"]), reply=Reply.NO)
    db.session.commit()
    counted = making.told(conference, None).fields
    assert [people for _field, people in counted] == [2, 1]  # advice: Caritas, too


def test_pictures_are_shown_only_with_credit_and_consent(cast: Any, conference: Conference) -> None:
    olga = cast.who("olga")
    drawn = taken(picture(size=(400, 200)))
    hidden = services.bring(olga, conference.uuid, drawn, {"caption": "Saal"}, TODAY)
    shown = services.bring(olga, conference.uuid, drawn, SAID, TODAY)
    services.write(olga, conference.uuid, 0, {"imprint": "Landratsamt", "cover": shown.uuid})
    with pytest.raises(Conflict):
        services.write(olga, conference.uuid, 0, {"imprint": "Anderes"})
    found = [b for b in paper(_told(conference)).blocks if isinstance(b, Picture)]
    assert [each.shows for each in found] == ["Gruppe am Tisch"]
    with ZipFile(BytesIO(word.docx(paper(_told(conference))))) as archive:
        assert archive.read("word/media/1.jpeg") == shown.content
        assert 'r:embed="rIdPicture1"' in archive.read("word/document.xml").decode()
        assert "media/1.jpeg" in archive.read("word/_rels/document.xml.rels").decode()
    services.describe(olga, conference.uuid, hidden.uuid, hidden.version, SAID)
    assert sum(isinstance(b, Picture) for b in paper(_told(conference)).blocks) == 2
    services.remove(olga, conference.uuid, shown.uuid)
    with pytest.raises(NotFound):
        queries.load_impression(conference, shown.uuid)
    with pytest.raises(NotAllowed):
        services.remove(cast.who("carla"), conference.uuid, hidden.uuid)


def test_nobody_sees_it_before_it_is_published_with_an_imprint(
    cast: Any, conference: Conference
) -> None:
    olga = cast.who("olga")
    with pytest.raises(Invalid):
        services.publish(olga, conference.uuid, TODAY)
    services.write(olga, conference.uuid, 0, {"imprint": "Landratsamt"})
    with pytest.raises(NotFound):
        queries.load_published(conference.uuid)
    services.publish(olga, conference.uuid, TODAY)
    assert queries.load_published(conference.uuid).imprint == "Landratsamt"
    services.publish(olga, conference.uuid, None)
    with pytest.raises(NotFound):
        queries.load_published(conference.uuid)


def _told(conference: Conference) -> Told:
    db.session.expire_all()
    return making.told(conference, queries.load_documentation(conference))
