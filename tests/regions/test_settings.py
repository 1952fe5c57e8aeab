"""A region's administrator sets how its register looks and works."""

import re
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.services import create_user
from registry.audit.models import AuditEntry
from registry.core.colors import READABLE, contrast
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed, NotFound
from registry.regions import queries as regions
from registry.regions.models import RegionSettings
from registry.regions.settings import accent
from registry.regions.settings.logo import redrawn
from registry.regions.settings.services import Wish, save_settings, settings_of
from tests.conftest import PASSWORD, Cast
from tests.factories.pictures import picture

DATABASES = ["postgresql"]

RULES: dict[str, Any] = {
    "actor_review_months": 6,
    "offer_review_months": 6,
    "grace_days": 90,
    "ranks_from": 85,
    "thirds_from": 60,
}
PAGE = "/en/office/region"


def send(client: FlaskClient, path: str = PAGE, **fields: Any) -> TestResponse:
    data = {"version": "0", **RULES, **fields}
    return client.post(path, data=data, content_type="multipart/form-data")


def png(**options: Any) -> tuple[BytesIO, str]:
    return BytesIO(picture(**options)), "logo.png"


def saved(**fields: Any) -> RegionSettings:
    row = save_settings(CONSOLE, "09576", 0, Wish({**RULES, **fields}))
    db.session.commit()
    return row


@pytest.fixture
def dana(as_user: Any, no_csrf: None) -> FlaskClient:
    client: FlaskClient = as_user("dana")
    return client


def test_name_logo_and_colour_are_on_every_public_page_at_once(
    client: FlaskClient, dana: FlaskClient
) -> None:
    assert "Wegweiser" not in client.get("/en/imprint").text
    assert "Wegweiser" not in client.get("/en/imprint").text  # given again, kept
    answer = send(
        dana, title="Wegweiser Roth", accent="#7A0019", logo=png(), logo_text="Coat of arms"
    )
    assert answer.status_code == 302
    text = client.get("/en/imprint").text
    assert "<title>Imprint · Wegweiser Roth</title>" in text
    assert 'alt="Coat of arms"' in text
    assert "/accent/7a0019.css" in text
    address = re.search(r'src="(/logo/09576/[^"]+)"', text)
    assert address
    logo = client.get(address[1])
    assert (logo.status_code, logo.mimetype) == (200, "image/png")
    assert "immutable" in logo.headers["Cache-Control"]
    assert Image.open(BytesIO(logo.data)).size == (60, 30)


def test_a_logo_that_is_no_longer_there_is_a_404(client: FlaskClient) -> None:
    saved(title="x")
    assert client.get("/logo/09576/0123456789abcdef.png").status_code == 404
    assert client.get("/logo/%00/%00.png").status_code == 404


def test_a_logo_can_be_taken_away(client: FlaskClient, dana: FlaskClient) -> None:
    send(dana, logo=png(), logo_text="Coat of arms")
    send(dana, version="1", without_logo="true")
    row = db.session.get_one(RegionSettings, "09576")
    assert (row.logo, row.logo_key) == (None, None)


def test_a_logo_needs_words_for_those_who_do_not_see_it(dana: FlaskClient) -> None:
    answer = send(dana, logo=png())
    assert answer.status_code == 422
    assert "say what the logo shows" in answer.text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    made = redrawn(picture(kind, (3000, 1000), exif=exif))
    assert b"secret place" not in made
    with Image.open(BytesIO(made)) as drawn:
        assert (drawn.format, drawn.size, drawn.info) == ("PNG", (720, 240), {})


def test_a_bomb_is_refused_before_it_unfolds(app: Flask) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    with app.test_request_context("/en/imprint"), pytest.raises(Invalid) as refused:
        redrawn(bomb)
    assert "too many pixels" in refused.value.errors["logo"][0]


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture()[:60],
        b"\0",
    ],
    ids=["svg", "gif", "postscript", "half a file", "nothing"],
)
def test_what_is_no_png_jpeg_or_webp_is_refused_and_nothing_typed_is_lost(
    dana: FlaskClient, data: bytes
) -> None:
    answer = send(dana, title="Typed", logo_text="x", logo=(BytesIO(data), "logo.png"))
    assert answer.status_code == 422
    assert "no picture that can be used" in answer.text
    assert 'value="Typed"' in answer.text


def test_more_than_a_megabyte_is_refused(app: Flask) -> None:
    with app.test_request_context("/en/imprint"), pytest.raises(Invalid) as refused:
        redrawn(b"\0" * (1024 * 1024 + 1))
    assert "larger than 1 MB" in refused.value.errors["logo"][0]


@pytest.mark.parametrize("name", ["sender_name", "title", "logo_text", "reply_to"])
@pytest.mark.parametrize("text", ["a\nBcc: b@example.org", "a\rb", "a\x00b", "a\u2028b"])
def test_what_could_become_a_header_of_a_mail_stays_in_one_line(
    dana: FlaskClient, name: str, text: str
) -> None:
    answer = send(dana, **{name: text})
    assert answer.status_code == 422
    assert f'id="f-{name}-error"' in answer.text
    assert regions.rules("09576").sender_name is None


def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read(dana: FlaskClient) -> None:
    answer = send(dana, accent="#ffcc00")
    assert answer.status_code == 422
    proposed = re.search(r"can read is (#[0-9a-f]{6})", answer.text)
    assert proposed
    assert send(dana, accent=proposed[1]).status_code == 302


@pytest.mark.parametrize("color", ["red", "#12", "#gggggg", "#123456;}"])
def test_what_is_no_colour_is_a_message_beside_the_field(dana: FlaskClient, color: str) -> None:
    answer = send(dana, accent=color)
    assert (answer.status_code, 'id="f-accent-error"' in answer.text) == (422, True)


@pytest.mark.parametrize("color", ["#2044aa", "#7a0019", "#ffcc00", "#000000", "#ffffff"])
def test_every_colour_has_a_readable_shade_on_light_and_on_dark_pages(color: str) -> None:
    assert all(contrast(accent.proposed(color), ground) >= READABLE for ground in accent.LIGHT)
    assert all(contrast(accent.on_dark(color), ground) >= READABLE for ground in accent.DARK)


def test_the_stylesheet_of_a_colour_knows_both_kinds_of_pages(client: FlaskClient) -> None:
    answer = client.get("/accent/7a0019.css")
    assert answer.mimetype == "text/css"
    assert ":root { --kern-color-action-default: #7a0019; }" in answer.text
    assert "prefers-color-scheme: dark" in answer.text
    assert client.get("/accent/7a0019;}.css").status_code == 404


def test_rules_reach_whoever_asks_for_them(dana: FlaskClient) -> None:
    send(dana, offer_review_months="12", grace_days="30", second_factor="true", sender_name="Büro")
    rules = regions.rules("09576")
    assert (rules.offer_review_months, rules.grace_days) == (12, 30)
    assert (rules.second_factor, rules.own_edits_live, rules.sender_name) == (True, False, "Büro")


@pytest.mark.parametrize(("name", "value"), [("grace_days", "-1"), ("offer_review_months", "0")])
def test_impossible_intervals_are_refused(dana: FlaskClient, name: str, value: str) -> None:
    answer = send(dana, **{name: value})
    assert (answer.status_code, f'id="f-{name}-error"' in answer.text) == (422, True)


def test_imprint_shows_the_own_text_in_the_readers_language(
    client: FlaskClient, dana: FlaskClient
) -> None:
    fields = {
        "imprint.de": "## Anbieter\nLandkreis Roth\nWeinbergweg 1\n\n- https://example.org/a",
        "imprint.en": "Provided by Landkreis Roth",
        "privacy.de": "[Beauftragte](mailto:dsb@example.org)",
    }
    send(dana, **fields)
    german = client.get("/de/imprint").text
    assert '<h2 lang="de" dir="auto">Anbieter</h2>' in german
    assert "Landkreis Roth<br>Weinbergweg 1" in german
    assert '<a href="https://example.org/a"' in german
    assert "GeoNames" in german
    assert "Provided by Landkreis Roth" in client.get("/en/imprint").text
    assert 'href="mailto:dsb@example.org"' in client.get("/en/privacy").text


def test_texts_stay_text(client: FlaskClient, dana: FlaskClient) -> None:
    send(dana, **{"imprint.de": '<script>alert(1)</script> [x](javascript:alert(1)) " onclick="y'})
    text = client.get("/de/imprint").text
    assert "&lt;script&gt;" in text
    assert 'href="javascript' not in text
    assert ' onclick="' not in text


def test_a_preview_shows_what_would_be_and_saves_nothing(
    client: FlaskClient, dana: FlaskClient
) -> None:
    fields = {"title": "Probe", "accent": "#7a0019", "imprint.de": "Probetext", "logo_text": "x"}
    answer = send(dana, then="preview", logo=png(), **fields)
    assert answer.status_code == 200
    assert "Nothing has been saved" in answer.text
    assert 'src="data:image/png;base64,' in answer.text
    assert "/accent/7a0019.css" in answer.text
    assert '<p lang="de" dir="auto">Probetext' in answer.text
    assert "Probe" not in client.get("/en/imprint").text


def test_a_preview_says_what_would_not_work(dana: FlaskClient) -> None:
    answer = send(dana, then="preview", accent="#ffcc00")
    assert (answer.status_code, "contrast" in answer.text) == (422, True)


def test_a_stale_save_is_a_conflict_that_shows_both(dana: FlaskClient) -> None:
    send(dana, title="First")
    answer = send(dana, title="Second")
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second" in answer.text
    assert regions.rules("09576").title == "First"


def test_changes_are_logged_without_the_picture(dana: FlaskClient) -> None:
    send(dana, title="Logged", logo=png(), logo_text="x")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.region) == ("settings.updated", "09576")
    assert entry.changes["title"] == [None, "Logged"]
    assert entry.changes.keys() == {"title", "logo_key", "logo_text"}
    assert "Name of the register" in dana.get("/en/office/log").text


@pytest.mark.parametrize("name", ["amal", "carla", "olga"])
def test_whoever_administers_nothing_may_not(as_user: Any, no_csrf: None, name: str) -> None:
    client = as_user(name)
    assert client.get(PAGE).status_code == 403
    assert send(client).status_code == 403


def test_another_districts_settings_look_like_none(cast: Cast, app: Flask) -> None:
    frieda = create_user(CONSOLE, "frieda@example.org", PASSWORD, Role.ADMINISTRATOR, "09573")
    saved(title="Roth")
    for ags in ("09576", "99999", "\x00"):
        with pytest.raises(NotFound):
            settings_of(frieda.as_who(), ags)
        with pytest.raises(NotFound):
            save_settings(frieda.as_who(), ags, 1, Wish(RULES))
    assert save_settings(frieda.as_who(), "09573", 0, Wish(RULES)).ags == "09573"
    with pytest.raises(NotAllowed):
        settings_of(cast.who("boris"), "09573")


def test_who_administers_everything_chooses_the_region(dana: FlaskClient) -> None:
    page = dana.get(PAGE)
    assert '<option value="09576" selected>' in page.text
    send(dana, f"{PAGE}?region=09573", title="Fürth")
    assert 'value="Fürth"' in dana.get(f"{PAGE}?region=09573").text
    assert regions.rules("09576").title is None
    assert dana.get(f"{PAGE}?region=12345").status_code == 404
