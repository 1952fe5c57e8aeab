"""The wall in a browser: for the office, and by link for those in the group."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.conferences.groups.cafe import services as cafes
from registry.conferences.models import Conference
from registry.conferences.wall import photos, queries, services
from registry.conferences.wall.queries import Wall
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Invalid
from tests.conftest import Cast
from tests.factories.conferences import TODAY, make_conference
from tests.factories.pictures import picture

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
TABLE = {"topic": "Wohnen", "host": None}
CAFE = {"title": "Café", "rounds": 1, "tables": [TABLE]}
NO_TABLE_ONE = {**CAFE, "tables": [{**TABLE, "topic": "Arbeit"}]}
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def conference(cast: Cast) -> Conference:
    return make_conference(TODAY)


@pytest.fixture
def wall(conference: Conference) -> Wall:
    found = queries.walls(conference)[0]
    services.open_(CONSOLE, conference.uuid, found.uuid)
    db.session.commit()
    return found


def office(wall: Wall, path: str = "") -> str:
    return f"/de/office/conferences/{wall.conference.uuid}/wall/{wall.uuid}{path}"


def key(wall: Wall) -> str:
    return tokens.secret(tokens.living(services.PURPOSE, [wall.uuid])[wall.uuid])


def test_several_write_on_the_same_wall(as_user: SignIn, client: FlaskClient, wall: Wall) -> None:
    at, olga = f"/de/wall?key={key(wall)}", as_user("olga")
    opened = client.get(at)
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert opened.headers["Cache-Control"] == "no-store"
    form = {"do": "add", "new-aim": "Mehr Kurse", "new-challenge": "<script>alert(1)</script>"}
    assert client.post(at, data=form).status_code == 302
    shown = olga.get(office(wall)).text
    assert "Mehr Kurse" in shown
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    [card] = queries.load_board(wall).columns["aim"]
    assert client.post(at, data={"do": f"dot:{card.uuid}"}).status_code == 302
    assert olga.post(office(wall), data={"do": f"dot:{card.uuid}"}).status_code == 302
    assert "2 Punkte" in olga.get(office(wall, "/now")).text
    assert "2 Punkte" in olga.get(office(wall, "/plenary")).text
    quick = client.post(at, data={"new-aim": "Schnell"}, headers={"X-Part": "1"})
    assert "Schnell" in quick.text
    assert "<html" not in quick.text


def test_nothing_typed_is_lost(client: FlaskClient, wall: Wall) -> None:
    at = f"/de/wall?key={key(wall)}"
    long = client.post(at, data={"new-aim": "x" * 10_000, "new-practice": "Gut"})
    assert long.status_code == 422
    assert "10000" in long.text
    assert "x" * 10_000 in long.text
    assert ">\nGut</textarea>" in long.text
    assert not queries.load_board(wall).count
    client.post(at, data={"new-aim": "Eins"})
    [card] = queries.load_board(wall).columns["aim"]
    beside = client.post(at, data={"do": f"dot:{card.uuid}", "new-aim": "noch nicht fertig"})
    assert "noch nicht fertig" in beside.text
    removed = client.post(at, data={"do": f"remove:{card.uuid}"})
    assert "Rückgängig" in removed.text
    assert client.post(at, data={"do": "dot:nothing"}).status_code == 404


def test_a_card_is_changed_by_one_at_a_time(client: FlaskClient, wall: Wall) -> None:
    card = services.add(CONSOLE, wall, "aim", "Eins")
    db.session.commit()
    at = f"/de/wall/card/{card.uuid}?key={key(wall)}"
    assert 'name="finding"' not in client.get(at).text
    form = {"version": "1", "question": "aim", "text": "Zwei"}
    assert client.post(at, data=form).status_code == 302
    overtaken = client.post(at, data={**form, "text": "Drei"})
    assert overtaken.status_code == 409
    assert "Drei" in overtaken.text
    assert "Zwei" in overtaken.text
    assert client.post(at, data={**form, "version": "2", "text": "y" * 2001}).status_code == 422


def test_a_closed_wall_and_a_wrong_link_say_so(
    as_user: SignIn, client: FlaskClient, wall: Wall
) -> None:
    at = f"/de/wall?key={key(wall)}"
    olga = as_user("olga")
    assert "/de/wall?key=" in olga.get(office(wall).rpartition("/")[0]).text
    assert olga.post(office(wall, "/close")).status_code == 302
    closed = client.get(at)
    assert closed.status_code == 404
    assert "geschlossen" in closed.text
    assert client.post(at, data={"new-aim": "Zu"}).status_code == 404
    assert client.get("/de/wall?key=wrong").status_code == 404
    assert not queries.load_board(wall).count


def test_the_office_sees_and_leads_by_its_rights(as_user: SignIn, wall: Wall) -> None:
    carla, boards = as_user("carla"), office(wall).rpartition("/")[0]
    assert carla.get(office(wall)).status_code == 200
    assert carla.post(office(wall), data={"new-aim": "Nein"}).status_code == 403
    assert carla.post(office(wall, "/close")).status_code == 403
    assert "/de/wall?key=" not in carla.get(boards).text
    assert as_user("boris").get(boards).status_code == 404
    olga = as_user("olga")
    card = services.add(CONSOLE, wall, "aim", "Eins")
    db.session.commit()
    assert 'name="finding"' in olga.get(office(wall, f"/card/{card.uuid}")).text
    forged = f"/de/office/conferences/{make_conference().uuid}/wall/{wall.uuid}"
    assert olga.get(forged).status_code == 404


def test_photos_come_and_what_is_none_is_refused_beside_the_field(
    client: FlaskClient, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/de/wall/photo?key={key(wall)}"
    good = {"photo": (BytesIO(picture("PNG")), "wand.png"), "caption": "Unsere Wand"}
    assert client.post(at, data=good).status_code == 302
    [photo] = queries.photos(wall)
    sent = client.get(f"/de/wall/photo/{photo.uuid}?key={key(wall)}")
    assert (sent.mimetype, sent.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    bad = client.post(at, data={"photo": (BytesIO(b"Text"), "wand.png")})
    assert bad.status_code == 422
    assert 'id="photo-error"' in bad.text
    monkeypatch.setattr(photos, "MAX_BYTES", 1000)
    large = client.post(at, data={"photo": (BytesIO(b"\xff" * 2000), "wand.jpg")})
    assert large.status_code == 422
    assert "20 MB" in large.text
    assert client.get(f"/de/wall/photo/{uuid4()}?key={key(wall)}").status_code == 404


def test_the_paper_of_a_table_is_photographed_and_its_table_then_stays(
    as_user: SignIn, conference: Conference
) -> None:
    made = cafes.create(CONSOLE, conference.uuid, CAFE)
    db.session.commit()
    office, table = as_user("olga"), made.tables[0]
    here = f"/en/office/conferences/{conference.uuid}"
    assert f"/wall/{table.uuid}" in office.get(f"{here}/world-cafe/{made.uuid}").text
    wall = f"{here}/wall/{table.uuid}"
    form = {"photo": (BytesIO(picture("JPEG")), "tisch.jpg"), "caption": "Tischdecke"}
    assert office.post(f"{wall}/photo", data=form).status_code == 302
    assert "Tischdecke" in office.get(wall).text
    [kept] = queries.photos(queries.load_wall(CONSOLE, conference.uuid, table.uuid))
    assert office.get(f"{wall}/photo/{kept.uuid}").mimetype == "image/jpeg"
    assert not queries.photos(queries.walls(conference)[0])
    with pytest.raises(Invalid, match="1"):
        cafes.change(CONSOLE, conference.uuid, made.uuid, made.version, NO_TABLE_ONE)


def test_thirty_megabytes_are_refused_in_words(as_user: SignIn, conference: Conference) -> None:
    [wall, *_others] = queries.walls(conference)
    at = f"/en/office/conferences/{conference.uuid}/wall/{wall.uuid}/photo"
    head = (
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="wand.jpg"\r\n\r\n\xff\xd8'
    )
    large = head + bytes(30_000_000) + b"\r\n--x--\r\n"  # a client would leave its file open
    with as_user("olga").post(
        at, data=large, content_type="multipart/form-data; boundary=x"
    ) as refused:
        assert refused.status_code == 422
        assert "This photo is larger than 20 MB." in refused.text


def test_without_groups_the_walls_lead_to_where_groups_are_made(as_user: SignIn) -> None:
    bare = make_conference(groups=())
    db.session.commit()
    page = as_user("olga").get(f"/en/office/conferences/{bare.uuid}/wall")
    assert f'/en/office/conferences/{bare.uuid}/groups">Groups</a></p></div>' in page.text
