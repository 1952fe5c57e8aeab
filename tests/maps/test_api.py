"""The map as GeoJSON: clusters count places, the total counts offers, and nothing secret shows."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Status
from registry.core.db import db
from registry.maps.schemas import FeatureCollectionSchema
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

LANDKREIS = "10.8,48.9,11.5,49.5"
HOSTILE = "</script><img src=x onerror=alert(1)>${alert(1)}`"
ROTH = {"lat": 49.2460, "lon": 11.0910}
NEARBY = {"lat": 49.2470, "lon": 11.0930}


def place(**values: Any) -> dict[str, Any]:
    return {**PLACE, **ROTH, **values}


def ask(client: FlaskClient, bbox: str = LANDKREIS, zoom: int = 10, **filters: Any) -> Any:
    answer = client.get("/api/v1/map", query_string={"bbox": bbox, "zoom": zoom, **filters})
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/geo+json"
    return answer.json


def offers_in(found: Any) -> list[dict[str, Any]]:
    return [
        offer for feature in found["features"] for offer in feature["properties"].get("offers", [])
    ]


def test_clusters_count_places_and_the_total_counts_offers(client: FlaskClient) -> None:
    actor = make_actor(places=[place(), place(name="Bücherei", **NEARBY)])
    both = [{"place": str(each.uuid)} for each in actor.places]
    for title in ("Sprachcafé", "Vorlesestunde", "Beratung"):
        make_offer(actor, title={"de": title}, places=both)
    make_offer(actor, title={"de": "Online"}, places=[])
    found = ask(client)
    assert found["total"] == 4
    [cluster] = found["features"]
    assert cluster["properties"]["cluster"] is True
    assert cluster["properties"]["count"] == 2
    west, south, east, north = cluster["properties"]["bbox"]
    assert 11.08 < west <= 11.0910 < 11.0930 <= east < 11.1
    assert 49.23 < south <= 49.2460 < 49.2470 <= north < 49.26


def test_a_close_view_shows_each_place_with_its_offers(client: FlaskClient) -> None:
    offer = make_offer(make_actor(places=[place()]), title={"de": "Rat", "en": "Advice"})
    [feature] = ask(client, zoom=16, lang="en")["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [11.0910, 49.2460]}
    properties = feature["properties"]
    assert properties["places"] == [
        {"id": str(offer.places[0].place.uuid), "name": "Rathaus", "city": "Roth"}
    ]
    assert properties["offers"] == [
        {
            "id": str(offer.uuid),
            "title": "Advice",
            "title_language": "en",
            "url": f"/en/offers/{offer.uuid}",
            "provider": "Musterverband",
            "example": False,
            "fields": ["advice"],
            "place": properties["places"][0]["id"],
        }
    ]


def test_filters_change_the_features_and_the_total(client: FlaskClient) -> None:
    actor = make_actor(places=[place()])
    make_offer(actor, title={"de": "Arbeit"}, fields=["work"])
    make_offer(actor, title={"de": "Rat"}, fields=["advice"])
    found = ask(client, field="work")
    assert found["total"] == 1
    assert [offer["title"] for offer in offers_in(found)] == ["Arbeit"]
    assert ask(client, q="Schwimmkurs") == {"type": "FeatureCollection", "total": 0, "features": []}


def test_the_view_limits_the_features_but_not_the_total(client: FlaskClient) -> None:
    make_offer(make_actor(places=[place()]))
    found = ask(client, bbox="5,47,6,48")
    assert found["features"] == []
    assert found["total"] == 1


def test_a_confidential_place_never_appears(client: FlaskClient) -> None:
    hidden = place(name="Frauenhaus Geheim", confidential=True)
    make_offer(make_actor(places=[hidden]), title={"de": "Schutz"})
    for zoom in (5, 10, 16):
        answer = client.get(f"/api/v1/map?bbox=-180,-90,180,90&zoom={zoom}")
        assert answer.json["total"] == 1
        assert answer.json["features"] == []
        assert "Geheim" not in answer.text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_what_is_not_published_never_appears(client: FlaskClient, status: str) -> None:
    make_offer(make_actor(places=[place()]), status=status)
    assert ask(client) == {"type": "FeatureCollection", "total": 0, "features": []}


def test_a_hostile_title_is_data_and_stays_so(client: FlaskClient) -> None:
    make_offer(make_actor(places=[place(name=HOSTILE)]), title={"de": HOSTILE})
    found = ask(client, zoom=16)
    assert offers_in(found)[0]["title"] == HOSTILE
    assert found["features"][0]["properties"]["places"][0]["name"] == HOSTILE
    db.session.commit()
    for path in ("/de/map", "/de/offers"):
        assert "<img src=x" not in client.get(path).text


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zoom=10", "bbox"),
        ("bbox=1,2,3&zoom=10", "bbox"),
        ("bbox=a,b,c,d&zoom=10", "bbox"),
        ("bbox=nan,0,1,1&zoom=10", "bbox"),
        ("bbox=0,1,1,inf&zoom=10", "bbox"),
        ("bbox=0,50,1,49&zoom=10", "bbox"),
        (f"bbox={LANDKREIS}", "zoom"),
        (f"bbox={LANDKREIS}&zoom=-1", "zoom"),
        (f"bbox={LANDKREIS}&zoom=23", "zoom"),
        (f"bbox={LANDKREIS}&zoom=high", "zoom"),
        (f"bbox={LANDKREIS}&zoom=10&field=nonsense", "field"),
        (f"bbox={LANDKREIS}&zoom=10&region=99999", "region"),
        (f"bbox={LANDKREIS}&zoom=10&near=Nirgendwo", "near"),
    ],
)
def test_what_cannot_be_understood_is_named(client: FlaskClient, query: str, name: str) -> None:
    answer = client.get(f"/api/v1/map?{query}")
    assert answer.status_code == 422
    assert set(answer.json) == {"code", "message", "errors"}
    [message] = answer.json["errors"][name]
    assert len(message) > 5


def test_the_same_view_is_not_sent_twice(client: FlaskClient) -> None:
    make_offer(make_actor(places=[place()]))
    url = f"/api/v1/map?bbox={LANDKREIS}&zoom=10"
    tag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    make_offer(make_actor(name="Zweiter Verband", places=[place(**NEARBY)]))
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_an_absurd_view_is_answered(client: FlaskClient) -> None:
    make_offer(make_actor(places=[place()]))
    assert len(ask(client, bbox="-9999,-9999,9999,9999", zoom=22)["features"]) == 1
    assert len(ask(client, bbox="371,49,372,50")["features"]) == 1


def test_the_answer_fits_what_the_api_says(client: FlaskClient) -> None:
    make_offer(make_actor(places=[place(), place(name="Bücherei", **NEARBY)]))
    for zoom in (10, 16):
        answer = client.get(f"/api/v1/map?bbox={LANDKREIS}&zoom={zoom}")
        assert FeatureCollectionSchema().validate(json.loads(answer.text)) == {}
