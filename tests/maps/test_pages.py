"""The shell, the outlines and the drawing: from our own server, and the same every time."""

import gzip
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.core.answers import EXTENSION
from registry.maps import drawing, shell
from registry.maps.drawing import Drawing
from registry.maps.shell import Assets, draw
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

ASSETS = Assets("/static/leaflet.js", "/static/leaflet.css", "/static/map.js")
ROTH = (10.8, 48.9, 11.5, 49.5)
SQUARE = {"type": "Polygon", "coordinates": [[[10, 49], [11, 49], [11, 50], [10, 50], [10, 49]]]}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [SQUARE["coordinates"], [[[12, 48], [13, 48], [12, 48]]]],
}


@pytest.mark.parametrize("lang", ["de", "en", "ar"])
def test_the_shell_asks_no_other_host(client: FlaskClient, lang: str) -> None:
    script = client.get(f"/{lang}/map/shell.js").text
    assert "registryMap.start(map_1" in script
    assert not re.search(r"https?:|//", script)


def test_the_shell_is_the_same_each_time_it_is_drawn() -> None:
    first = draw(ASSETS, ROTH, "{}")
    shell.draw.cache_clear()
    assert draw(ASSETS, ROTH, "{}") == first
    assert first.scripts == (ASSETS.leaflet_js, ASSETS.loader_js)
    assert first.styles == (ASSETS.leaflet_css,)


def test_a_shell_with_a_foreign_address_is_refused() -> None:
    with pytest.raises(ValueError, match="another host"):
        draw(Assets("//cdn.example.org/leaflet.js", "/leaflet.css", "/map.js"), ROTH, "{}")


def test_data_cannot_end_the_script() -> None:
    drawn = draw(ASSETS, ROTH, json.dumps({"text": "</script>${alert(1)}"}))
    assert "</script>" not in drawn.script


def test_the_shell_is_sent_once(client: FlaskClient) -> None:
    tag = client.get("/de/map/shell.js").headers["ETag"]
    again = client.get("/de/map/shell.js", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_the_outlines_are_small_attributed_and_kept(client: FlaskClient) -> None:
    answer = client.get("/de/map/outlines.geojson", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 20_000
    outlines = json.loads(gzip.decompress(answer.data))
    assert outlines["attribution"] == "© GeoBasis-DE / BKG 2017"
    levels = [feature["properties"]["level"] for feature in outlines["features"]]
    assert levels.count("municipality") == 16
    assert levels.count("district") == 12
    assert client.get("/de/map/outlines.geojson").json == outlines
    tag = answer.headers["ETag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": tag}
    assert client.get("/de/map/outlines.geojson", headers=headers).status_code == 304


def test_tiles_are_offered_only_where_the_register_has_them(
    app: Flask, client: FlaskClient
) -> None:
    assert "data-map-tiles" not in client.get("/en/map").text
    app.config["TILES_URL"] = "https://tiles.example.org/{z}/{x}/{y}.png"
    app.extensions[EXTENSION].clear()  # it was answered before the setting
    try:
        page = client.get("/en/map").text
    finally:
        app.config["TILES_URL"] = ""
    assert "The pictures come from tiles.example.org" in page


@pytest.mark.parametrize("path", ["/en/map", "/en/offers"])
def test_without_script_each_municipality_leads_to_its_offers(
    client: FlaskClient, path: str
) -> None:
    make_offer(make_actor(places=[PLACE]), areas=["09576143"])
    page = client.get(f"{path}?field=advice").text
    assert f'<a href="{path}?field=advice&amp;region=09576143">' in page
    assert "<title>Roth: 1 offer</title>" in page
    assert page.count('class="map__area map__area--empty"') == 15


def test_the_map_keeps_text_and_filters(client: FlaskClient) -> None:
    page = client.get("/en/map?q=kurs&field=work&near=91154&radius_km=5&sort=title").text
    assert "q=kurs&amp;field=work&amp;near=91154&amp;radius_km=5" in page
    assert 'data-area="/en/map?q=kurs&amp;field=work&amp;sort=title"' in page


def test_a_drawing_keeps_proportions() -> None:
    picture = Drawing(drawing.bounds([SQUARE]))
    assert picture.spot(50, 10) == (0, 0)
    assert picture.spot(49, 11) == (400, picture.height)
    assert picture.height > 400  # a degree of latitude is longer than one of longitude up here
    assert picture.path(SQUARE).startswith("M0,")


def test_a_name_stands_in_the_middle_of_the_largest_part() -> None:
    assert drawing.middle(TWO) == (10.5, 49.5)


def test_without_outlines_the_map_shows_germany() -> None:
    assert drawing.bounds([]) == drawing.GERMANY
