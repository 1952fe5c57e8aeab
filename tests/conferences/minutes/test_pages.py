"""Minutes as pages and files: of the office, and by link."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from flask.testing import FlaskClient

from registry.conferences.minutes import queries, sealing
from registry.conferences.minutes.approving.services import LASTING, PURPOSE
from registry.conferences.minutes.models import LONGEST
from registry.core import tokens
from registry.core.db import db
from tests.conferences.minutes.conftest import UNTIL, Held
from tests.factories.conferences import TODAY
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
HERE = "/en/office/conferences"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def link(held: Held, number: int, page: str = "minutes") -> str:
    made = tokens.issue(PURPOSE, held.invitations[number].uuid, LASTING)
    db.session.commit()
    return f"/de/{page}?key={tokens.secret(made)}"


def test_the_office_takes_minutes_from_nothing_to_approval(as_user: Any, held: Held) -> None:
    client, room = as_user("olga"), f"{HERE}/{held.conference.uuid}/minutes"
    assert "Begin the minutes" in client.get(room).text
    client.post(room)
    (minutes,) = queries.of_conference(held.conference)
    one, part = f"{HERE}/minutes/{minutes.uuid}", minutes.parts[3]
    page = client.get(f"{HERE}/minutes/parts/{part.uuid}").text
    assert "Abendkurse" in page
    written = {"version": "1", "title": part.title, "text": "Erste Fassung"}
    assert client.post(f"{HERE}/minutes/parts/{part.uuid}", data=written).status_code == 302
    stale = client.post(f"{HERE}/minutes/parts/{part.uuid}", data={**written, "text": "Zweite"})
    assert stale.status_code == 409
    for both in ("Erste Fassung", "Zweite"):
        assert both in stale.text
    past = {"version": "1", "object_until": TODAY.isoformat()}
    refused = client.post(f"{one}/circulate", data=past)
    assert "Please choose a day that is still to come." in refused.text
    client.post(f"{one}/circulate", data={"version": "1", "object_until": UNTIL.isoformat()})
    early = client.post(f"{one}/approve", data={"version": "2"})
    assert early.status_code == 422
    assert "Objections are possible until" in early.text
    minutes.object_until = TODAY - timedelta(days=1)
    db.session.commit()
    assert client.post(f"{one}/approve", data={"version": "2"}).status_code == 302
    assert "The content is what was approved." in client.get(one).text
    again = client.post(f"{one}/approve", data={"version": "2"})
    assert "These minutes are approved already." in again.text
    assert "Erste Fassung" in as_user("carla").get(room).text
    assert as_user("boris").get(one).status_code == 404
    assert as_user("carla").post(f"{one}/send", data={"version": "3"}).status_code == 403


def test_files_say_the_same_to_readers_that_are_not_ours(
    as_user: Any, held: Held, tmp_path: Path
) -> None:
    minutes = held.approved()
    db.session.commit()
    client, one = as_user("carla"), f"{HERE}/minutes/{minutes.uuid}"
    said = ("Anna Muster", "i. V. für Bert Beispiel", "Abendkurse (3 Punkte)", "TOP 1: Rückblick")
    read = TaggedPdf(client.get(f"{one}/minutes.pdf").data)
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= read.tags()
    text = "".join(read.text.split()).replace("-", "")
    for each in (*said, str(minutes.digest)):
        assert "".join(each.split()) in text
    file = tmp_path / "minutes.docx"
    file.write_bytes(client.get(f"{one}/minutes.docx").data)
    with zipfile.ZipFile(file) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 (ours)
    words = [node.text or "" for node in document.iter(f"{WORD}t")]
    for each in ("Anna Muster", "i. V. für Bert Beispiel", "Abendkurse (3 Punkte)"):
        assert each in words
    assert len(list(document.iter(f"{WORD}tblHeader"))) == 3


def test_what_is_kept_for_good_carries_what_was_hashed(as_user: Any, held: Held) -> None:
    minutes = held.approved()
    db.session.commit()
    client, one = as_user("carla"), f"{HERE}/minutes/{minutes.uuid}"
    made = pikepdf.open(BytesIO(client.get(f"{one}/archive.pdf").data))
    with made.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
    inside = {name: file.get_file().read_bytes() for name, file in made.attachments.items()}
    content = json.loads(inside["protokoll.json"])
    assert sealing.digest(content) == minutes.digest
    assert inside["SHA256SUMS"].decode() == f"{minutes.digest}  protokoll.json\n"
    assert b"Muster" not in inside["protokoll.json"]
    assert client.get(f"{HERE}/minutes/{held.conference.uuid}/archive.pdf").status_code == 404


def test_a_link_shows_the_minutes_and_lets_those_present_object(
    client: FlaskClient, held: Held
) -> None:
    assert client.get(link(held, 0)).status_code == 404
    minutes = held.circulated()
    page = client.get(link(held, 0))
    assert "Einspruch senden" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Einspruch senden" not in client.get(link(held, 2)).text
    given = {"minutes": str(minutes.uuid), "text": "Es waren <b>zwei</b> Kurse."}
    assert client.post(link(held, 0), data={**given, "text": ""}).status_code == 422
    assert client.post(link(held, 2), data=given).status_code == 422
    assert client.post(link(held, 0), data=given).status_code == 302
    assert "Es waren &lt;b&gt;zwei&lt;/b&gt; Kurse." in client.get(link(held, 0)).text
    assert "Es waren" not in client.get(link(held, 1)).text.partition("Ihre Einsprüche")[2]
    minutes.object_until = TODAY - timedelta(days=1)
    db.session.commit()
    late = client.post(link(held, 0), data={**given, "text": "Noch etwas"})
    assert late.status_code == 422
    assert "Einsprüche waren bis" in late.text
    assert "Noch etwas" in late.text
    assert client.get(link(held, 0, "minutes.pdf")).data.startswith(b"%PDF")
    assert client.get(link(held, 0)[:-3]).status_code == 404


def test_a_draft_that_was_taken_back_opens_nothing(client: FlaskClient, held: Held) -> None:
    minutes = held.circulated()
    assert client.get(link(held, 0)).status_code == 200
    minutes.state = "draft"
    db.session.commit()
    assert client.get(link(held, 0)).status_code == 404


def test_two_at_the_same_part_learn_of_each_other_and_lose_nothing(
    as_user: Any, held: Held
) -> None:
    olga, dana = as_user("olga"), as_user("dana")
    part = held.begin().parts[1]
    db.session.commit()
    address = f"{HERE}/minutes/parts/{part.uuid}"
    assert "saved this part" not in olga.get(f"{address}/now?version=1").text
    first = {"version": "1", "title": part.title, "text": "Von Dana"}
    assert dana.post(address, data=first).status_code == 302
    told = olga.get(f"{address}/now?version=1").text
    assert "dana@example.org saved this part on" in told
    stale = olga.post(address, data={**first, "text": "Von Olga"})
    assert stale.status_code == 409
    for said in ("Von Dana", "Von Olga", "dana@example.org saved this part on"):
        assert said in stale.text
    both = {**first, "version": "2", "text": "Von Olga", "both": "yes"}
    assert olga.post(address, data=both).status_code == 302
    db.session.expire_all()
    assert part.text == "Von Dana\n\nVon Olga"
    long = {**both, "version": "3", "text": "x" * LONGEST}
    assert "too long for one part" in olga.post(address, data=long).text
    assert as_user("carla").get(f"{address}/now").status_code == 403
    assert as_user("boris").get(f"{address}/now").status_code == 404
