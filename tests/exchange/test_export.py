"""Exports hand out what everyone may see, and nothing else."""

import csv
import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from flask_babel import gettext as _

from registry.core.tables import BOM
from registry.exchange.export import KINDS, WRITERS, export
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

TODAY = date.today()
SECRET = "KANARIENVOGEL"
CONFIDENTIAL = {
    **PLACE,
    "name": f"{SECRET} Haus",
    "street": f"{SECRET}straße 1",
    "city": f"{SECRET}stadt",
    "lat": 49.98765,
    "lon": 11.98765,
    "phone": "09171 110",
    "confidential": True,
}


def exported(kind: str, form: str) -> str:
    file = StringIO()
    export(kind, form, file, TODAY)
    return file.getvalue()


def rows(kind: str) -> list[dict[str, str]]:
    text = exported(kind, "csv").removeprefix(BOM)
    return list(csv.DictReader(StringIO(text), delimiter=";"))


@pytest.fixture
def planted(database: None) -> None:
    """Marked values in everything that is not public."""
    contact = {"function": f"{SECRET} Stelle", "phone": f"{SECRET} 1", "source": SECRET}
    shown = make_actor(
        name="Sichtbar", source=SECRET, places=[CONFIDENTIAL], contacts=[{**contact, "phone": "1"}]
    )
    make_offer(shown, internal_note=SECRET, contact=str(shown.contacts[0].uuid))
    make_actor(name=f"{SECRET} Entwurf", status="draft")
    make_offer(shown, title={"de": f"{SECRET} Entwurf"}, status="draft")
    make_offer(shown, title={"de": f"{SECRET} alt"}, valid_to=str(TODAY - timedelta(days=1)))
    make_offer(shown, title={"de": f"{SECRET} neu"}, valid_from=str(TODAY + timedelta(days=1)))
    make_offer(make_actor(name=f"{SECRET} zu", status="draft", places=[PLACE]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", WRITERS)
def test_nothing_hidden_leaves(planted: None, kind: str, form: str) -> None:
    text = exported(kind, form)
    assert "Beratung" in text or "Sichtbar" in text
    assert SECRET not in text
    assert ".98765" not in text
    assert "09171 110" in text


def test_a_map_has_one_feature_for_each_place(database: None) -> None:
    near = {**PLACE, "lat": 49.25, "lon": 11.09}
    actor = make_actor(places=[near, {**near, "name": "Zweiter Ort"}])
    make_offer(actor, places=[{"place": str(place.uuid)} for place in actor.places])
    collection = json.loads(exported("offers", "geojson"))
    assert collection["type"] == "FeatureCollection"
    assert [feature["geometry"] for feature in collection["features"]] == [
        {"type": "Point", "coordinates": [11.09, 49.25]}
    ] * 2
    names = [feature["properties"]["place_name"] for feature in collection["features"]]
    assert names == ["Rathaus", "Zweiter Ort"]


def test_a_confidential_place_has_no_position(planted: None) -> None:
    features = json.loads(exported("offers", "geojson"))["features"]
    assert [feature["geometry"] for feature in features] == [None]


def test_a_spreadsheet_computes_nothing(database: None) -> None:
    make_actor(name='=HYPERLINK("http://example.org")', short_name="@SUM(1)")
    (row,) = rows("actors")
    assert row["name"].startswith("'=")
    assert row["short_name"].startswith("'@")


@pytest.mark.parametrize("kind", KINDS)
def test_example_entries_say_so(database: None, kind: str) -> None:
    make_offer(make_actor(name="Erfunden (Beispiel)", example=True, places=[PLACE]))
    make_offer(make_actor(name="Wirklich", places=[PLACE]))
    items: list[dict[str, Any]] = json.loads(exported(kind, "json"))["items"]
    assert [item["example"] for item in items] == [True, False]
    assert [item.get("notice") for item in items] == [_("Example data"), None]
    assert [row["notice"] for row in rows(kind)] == [_("Example data"), ""]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["json", "geojson"])
def test_an_empty_register_is_still_a_whole_file(database: None, kind: str, form: str) -> None:
    assert json.loads(exported(kind, form))
