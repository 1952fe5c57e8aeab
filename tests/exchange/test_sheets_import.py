"""Importing sheets: which entry a row is about, what it does, and what is never guessed."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from registry.access.policy import CONSOLE, PUBLIC
from registry.actors import services as actors
from registry.actors.models import Actor, Place, Status
from registry.audit.models import AuditEntry
from registry.core import versions
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed
from registry.core.text import fold
from registry.exchange.sheets import running
from registry.offers.models import Offer
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer
from tests.factories.sheets import HEADER, ROW, Desk, rows_of


def counted(kind: type[Actor] | type[Offer] | type[Place]) -> int:
    return db.session.scalar(select(func.count(kind.id))) or 0


def only(kind: type[Actor] | type[Offer] | type[Place]) -> object:
    return db.session.scalars(select(kind)).one()


def test_one_row_makes_actor_place_contact_and_offer(desk: Desk) -> None:
    assert desk.take(desk.sheet(HEADER, ROW)) == {"new": 1}
    offer = db.session.scalars(select(Offer)).one()
    assert (str(offer), offer.status, offer.actor.name) == ("Sprachcafé", "draft", "Musterverband")
    (link,) = offer.places
    assert (link.place.name, link.place.municipality, link.hours) == (
        "Roth",
        "09576143",
        "Mo-Th 08:00-12:00",
    )
    assert link.place.lat is not None
    assert offer.contact is not None
    assert (offer.contact.phone, offer.contact.publish_public) == ("09171 1", False)


def test_a_trial_says_the_same_and_writes_nothing(desk: Desk) -> None:
    path = desk.sheet(HEADER, ROW, ["", *ROW[1:]], ROW)
    tried = desk.take(path, trial=True)
    said = desk.findings
    assert (counted(Actor), counted(Offer)) == (0, 0)
    assert desk.take(path) == tried == {"new": 1, "rejected": 2}
    assert desk.findings == said


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    path = desk.sheet(HEADER, ROW, ["Caritas", "Beratung", "Beratung und Orientierung"])
    desk.take(path)
    assert desk.take(path) == {"unchanged": 2}


def test_good_rows_go_in_though_others_are_rejected(desk: Desk) -> None:
    bad = ["Caritas", "Kurs", "Quatsch", "91154x", "Roth", "irgendwann", "", ""]
    assert desk.take(desk.sheet(HEADER, bad, ROW)) == {"new": 1, "rejected": 1}
    assert {column for line, column, _value in desk.said("rejected") if line == 2} == {
        "Handlungsfelder",
        "PLZ",
        "Zeiten",
    }
    assert counted(Actor) == 1


def test_rejected_rows_come_back_as_they_were_with_the_reason(desk: Desk) -> None:
    bad = ["", "Kurs", "Spracherwerb", "91154", "Roth", "", "'+49", "=1+1"]
    path = desk.sheet(HEADER, ROW, bad)
    desk.take(path)
    (row,) = rows_of(path.with_suffix(".rejected"))
    assert list(row.values())[:-1] == [
        "",
        "Kurs",
        "Spracherwerb",
        "91154",
        "Roth",
        "",
        "'+49",
        "'=1+1",
    ]
    assert "Akteur" in list(row.values())[-1]


def test_actors_match_by_folded_name_and_postcode(desk: Desk) -> None:
    here = make_actor(name="Müller-Verein e. V.", places=[PLACE])
    desk.take(desk.sheet(HEADER, ["MUELLER VEREIN e.V.", *ROW[1:]]))
    assert db.session.scalars(select(Offer)).one().actor is here
    elsewhere = ["Müller-Verein e. V.", "Zweites", "Spracherwerb", "91161", "Hilpoltstein"]
    desk.take(desk.sheet(HEADER, elsewhere))
    assert counted(Actor) == 2


def test_what_could_mean_two_actors_is_refused(desk: Desk) -> None:
    for _twice in range(2):
        make_actor(name="Caritas", places=[PLACE])
    assert desk.take(desk.sheet(HEADER, ["Caritas", *ROW[1:]])) == {"rejected": 1}
    assert desk.said("rejected") == [(2, "Akteur", "Caritas")]


def test_a_former_name_finds_the_jobcentre(desk: Desk) -> None:
    jobcentre = make_actor(name="Jobcenter Roth", places=[PLACE])
    desk.take(desk.sheet(HEADER, ["ARGE Roth", *ROW[1:]]))
    assert counted(Actor) == 1
    assert db.session.scalars(select(Offer)).one().actor is jobcentre
    assert jobcentre.name == "Jobcenter Roth"


def test_of_two_rows_that_contradict_each_other_the_first_is_heard(desk: Desk) -> None:
    header = [*HEADER, "Website"]
    first, second = (
        [*ROW, "https://example.org"],
        ["Musterverband", "Anderes", *ROW[2:], "https://x.de"],
    )
    assert desk.take(desk.sheet(header, first, second)) == {"new": 2}
    assert desk.said("note") == [(3, "Website", "https://x.de")]
    assert db.session.scalars(select(Actor.website)).all() == ["https://example.org"]


@pytest.mark.parametrize("piece", [1, 1000])
def test_pieces_make_no_difference(desk: Desk, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(running, "PIECE", piece)
    rows = [
        ROW,
        ["Musterverband", "Zweites", *ROW[2:]],
        ["Musterverband", "Ohne Ort", "Spracherwerb"],
        ["Musterverband", "Woanders", "Spracherwerb", "91154", "Eckersmühlen", "", "Büro", "1"],
        ["Musterverband", "Zweites", *ROW[2:]],
        ["Caritas", "Beratung", "Spracherwerb", "91161", "Hilpoltstein"],
    ]
    path = desk.sheet(HEADER, *rows)
    tried = desk.take(path, trial=True)
    assert tried == desk.take(path) == {"new": 5, "rejected": 1}
    assert (counted(Actor), counted(Place), counted(Offer)) == (2, 3, 5)


def test_foreign_keys_are_remembered_for_their_source_alone(desk: Desk) -> None:
    header = ["Fremdschlüssel des Angebots", *HEADER]
    desk.take(desk.sheet(header, ["A1", *ROW]), source="Kreisportal")
    renamed = ["A1", "Musterverband", "Neuer Titel", *ROW[2:]]
    assert desk.take(desk.sheet(header, renamed), source="Kreisportal") == {"changed": 1}
    assert str(only(Offer)) == "Neuer Titel"
    other = ["A1", "Musterverband", "Etwas anderes", *ROW[2:]]
    assert desk.take(desk.sheet(header, other), source="Anderswo") == {"new": 1}


def test_an_edited_export_updates(desk: Desk) -> None:
    offer = make_offer(make_actor(places=[PLACE], website="https://example.org"))
    path = desk.export("flat")
    text = path.read_text("utf-8-sig").replace("Beratung zu Alltagsfragen", "Neu gesagt")
    version = offer.version
    assert desk.take(desk.file(text.replace("https://example.org", "").encode())) == {"changed": 1}
    db.session.expire_all()
    assert offer.summary.bodies == {"de": "Neu gesagt"}
    assert (offer.actor.website, offer.version) == (None, version + 1)
    assert ("Kurzbeschreibung", "Beratung zu Alltagsfragen") in {
        (f.column, f.old) for f in desk.findings
    }


def test_an_empty_cell_empties_only_what_is_named_by_its_id(desk: Desk) -> None:
    actor = make_actor(website="https://example.org", places=[PLACE])
    header = ["Akteur", "PLZ des Akteurs", "Website"]
    assert desk.take(desk.sheet(header, [actor.name, "91154", ""]), "actors") == {"unchanged": 1}
    named = desk.sheet(["Akteurs-ID", "Akteur", "Website"], [actor.uuid, actor.name, ""])
    assert desk.take(named, "actors") == {"changed": 1}
    assert actor.website is None


@pytest.mark.parametrize("kind", ["flat", "offers", "actors", "places", "contacts"])
def test_ids_of_a_foreign_district_are_like_ids_of_nothing(
    desk: Desk, cast: Cast, kind: str
) -> None:
    contact = {"function": "Empfang"}
    make_offer(make_actor(region="09573", places=[PLACE], contacts=[contact]))
    foreign = desk.export(kind)
    text = foreign.read_text("utf-8-sig")
    for row in rows_of(foreign):
        for title, value in row.items():
            if title.endswith("-ID") or title == "Standort-IDs":
                text = text.replace(value, str(uuid4())) if value else text
    assert desk.take(foreign, kind, who=cast.who("amal")) == {"rejected": 1}
    said = desk.reasons()
    assert desk.take(desk.file(text.encode()), kind, who=cast.who("amal")) == {"rejected": 1}
    assert desk.reasons() == said
    assert desk.take(foreign, kind, who=cast.who("boris"), region="09573") == {"unchanged": 1}


def test_places_and_contacts_of_another_actor_are_refused(desk: Desk) -> None:
    mine, theirs = make_actor(name="A", places=[PLACE]), make_actor(name="B", places=[PLACE])
    header = ["Akteurs-ID", "Standort-ID", "Standort"]
    stolen = desk.sheet(header, [mine.uuid, theirs.places[0].uuid, "Meins"])
    assert desk.take(stolen, "places") == {"rejected": 1}
    offer = make_offer(mine)
    header = ["Angebots-ID", "Akteurs-ID", "Standort-IDs"]
    stolen = desk.sheet(header, [offer.uuid, mine.uuid, theirs.places[0].uuid])
    assert desk.take(stolen, "offers") == {"rejected": 1}
    moved = desk.sheet(header, [offer.uuid, theirs.uuid, ""])
    assert desk.take(moved, "offers") == {"rejected": 1}


def test_only_editors_of_the_region_import(desk: Desk, cast: Cast) -> None:
    path = desk.sheet(HEADER, ROW)
    for who in (PUBLIC, cast.who("boris"), cast.who("carla"), cast.who("olga")):
        with pytest.raises(NotAllowed):
            desk.take(path, who=who)
        with pytest.raises(NotAllowed):
            desk.take(path, who=who, trial=True)
    assert desk.take(path, who=cast.who("amal")) == {"new": 1}


def test_separate_sheets_bring_the_same_as_a_flat_one(desk: Desk) -> None:
    desk.take(desk.sheet(["Akteur", "Website"], ["Verein", "example.org"]), "actors")
    place = desk.sheet(
        ["Akteur", "Standort", "PLZ", "Öffnungszeiten"], ["Verein", "Haus", "91154", ""]
    )
    assert desk.take(place, "places") == {"new": 1}
    contact = desk.sheet(
        ["Akteur", "Ansprechstelle", "E-Mail"], ["Verein", "Büro", "a@example.org"]
    )
    assert desk.take(contact, "contacts") == {"new": 1}
    offer = desk.sheet(["Akteur", "Angebot", "Handlungsfelder"], ["Verein", "Kurs", "Spracherwerb"])
    assert desk.take(offer, "offers") == {"new": 1}
    stranger = desk.sheet(["Akteur", "Angebot"], ["Niemand", "Kurs"])
    assert desk.take(stranger, "offers") == {"rejected": 1}
    actor = db.session.scalars(select(Actor)).one()
    assert [str(each) for each in (*actor.places, *actor.contacts)] == ["Haus", "Büro"]


def test_what_is_chosen_and_complete_is_published(desk: Desk) -> None:
    header = ["Akteur", "Kategorie", "Angebot", "Kurzbeschreibung", "Handlungsfelder", "PLZ", "Ort"]
    whole = ["Verein", "Betreuungsverbände", "Kurs", "Deutsch", "Spracherwerb", "91154", "Roth"]
    part = ["Club", "", "Spiel", "", "Spracherwerb", "91154", "Roth"]
    assert desk.take(desk.sheet(header, whole, part), publish=True) == {"new": 2}
    found = db.session.execute(select(Actor.name, Actor.status, Offer.status).join(Offer.actor))
    assert {row[0]: row[1:] for row in found} == {
        "Verein": (Status.PUBLISHED, Status.PUBLISHED),
        "Club": (Status.DRAFT, Status.DRAFT),
    }
    assert {line for line, _column, _value in desk.said("note")} == {3}


def test_new_entries_are_as_the_services_would_have_made_them(desk: Desk) -> None:
    desk.take(desk.sheet(HEADER, ROW))
    for kind in (Actor, Place, Offer):
        for row in db.session.scalars(select(kind)):
            assert row.folded == fold(" ".join(row.searchable()))
            assert row.folded_title == fold(row.searchable()[0])
    actor = db.session.scalars(select(Actor)).one()
    before = actor.version
    actors.update_actor(CONSOLE, actor.uuid, before, {"name": "Anders"})
    assert actor.version == before + 1


def test_everything_new_and_changed_is_logged(desk: Desk, cast: Cast) -> None:
    existing = make_actor(name="Caritas", places=[PLACE])
    changed = ["Caritas", "Neu", "Spracherwerb", "91154", "Roth", "", "", "", "https://example.org"]
    desk.take(desk.sheet([*HEADER, "Website"], [*ROW, ""], changed), who=cast.who("amal"))
    log = db.session.execute(
        select(AuditEntry.action, AuditEntry.subject_label).where(
            AuditEntry.who_label == "amal@example.org"
        )
    )
    assert sorted(map(tuple, log)) == [
        ("actor.created", "Musterverband"),
        ("actor.updated", "Caritas"),
        ("offer.created", "Neu"),
        ("offer.created", "Sprachcafé"),
    ]
    assert existing.website == "https://example.org"


def test_imported_rows_make_a_new_version_of_the_data(desk: Desk) -> None:
    before = versions.current().number
    desk.take(desk.sheet(HEADER, ROW))
    assert versions.current().number > before


def test_constants_fill_what_rows_do_not_say(desk: Desk) -> None:
    path = desk.sheet(["Akteur", "Angebot"], ["Verein", "Kurs"])
    assert desk.take(path, trial=True) == {"rejected": 1}
    assert desk.take(path, constants={"offer.fields": "Spracherwerb"}) == {"new": 1}


@pytest.mark.parametrize(
    "columns", [{"Akteur": ""}, {"Akteur": "actor.name", "Angebot": ""}, {"Akteur": "offer.title"}]
)
def test_a_mapping_that_cannot_work_is_refused(desk: Desk, columns: dict[str, str]) -> None:
    path = desk.sheet(["Akteur", "Angebot"], ["Verein", "Kurs"])
    if columns == {"Akteur": ""}:
        assert desk.take(path, trial=True, columns=columns) == {"rejected": 1}
        return
    with pytest.raises(Invalid):
        desk.take(
            path, trial=True, columns=columns | {"Angebot": columns.get("Angebot", "offer.title")}
        )
