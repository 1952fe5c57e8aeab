"""The offers of one view of the map as GeoJSON: clusters where places crowd, points elsewhere."""

from typing import Any

import numpy as np
from flask import Response, json, url_for

from registry.core import i18n
from registry.core.api import Blueprint
from registry.core.errors import Invalid
from registry.core.web import public
from registry.maps import queries
from registry.maps.queries import OfferThere, PlaceRow
from registry.maps.schemas import FeatureCollectionSchema, ViewSchema
from registry.maps.viewport import Box, Cluster, Point, features
from registry.search import reader, services
from registry.search.choices import now_here
from registry.search.index.cells import Places
from registry.search.index.index import Question

maps_api = Blueprint(
    "maps_api", __name__, url_prefix="/api/v1/map", description="The hits as points and clusters"
)
GEOJSON = "application/geo+json"
Json = dict[str, Any]


@maps_api.route("", tags=["map"])
@public
@maps_api.arguments(ViewSchema, location="query")
@maps_api.response(200, FeatureCollectionSchema, content_type=GEOJSON)
def view(data: Json) -> Any:
    """Return the places of the hits in a view, as GeoJSON."""
    wanted, errors = services.understand(data)
    if errors:
        raise Invalid(errors)
    question = reader.ask(wanted, now_here())
    found = {
        "type": "FeatureCollection",
        "total": question.total(),
        "features": map_features(question, data["bbox"], data["zoom"]),
    }
    return Response(json.dumps(found), mimetype=GEOJSON)


def map_features(question: Question, box: Box, zoom: int) -> list[Json]:
    """Return the places of the hits in a view as GeoJSON features."""
    hits = Places(question)
    drawn = features(hits, box, zoom)
    keys = np.array([key for each in drawn if isinstance(each, Point) for key in each.keys], int)
    places = queries.places(hits.offers_at(keys), question.moment.day)
    return [_feature(each, places) for each in drawn]


def _feature(drawn: Cluster | Point, places: dict[int, PlaceRow]) -> Json:
    cluster = isinstance(drawn, Cluster)
    properties = _cluster(drawn) if isinstance(drawn, Cluster) else _point(drawn, places)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(drawn.lon, 6), round(drawn.lat, 6)]},
        "properties": {"cluster": cluster, **properties},
    }


def _cluster(drawn: Cluster) -> Json:
    box = drawn.box
    return {"count": drawn.count, "bbox": [box.west, box.south, box.east, box.north]}


def _point(drawn: Point, places: dict[int, PlaceRow]) -> Json:
    there = [places[key] for key in drawn.keys if key in places]
    return {
        "places": [{"id": str(row.uuid), "name": row.name, "city": row.city} for row in there],
        "offers": [_offer(offer, row) for row in there for offer in row.offers],
    }


def _offer(offer: OfferThere, place: PlaceRow) -> Json:
    tag = i18n.current().tag
    title = offer.title.shown(tag)
    return {
        "id": str(offer.uuid),
        "title": title.body,
        "title_language": title.language,
        "url": url_for("offers.detail", lang=tag, uuid=offer.uuid),
        "provider": offer.provider,
        "example": offer.example,
        "fields": list(offer.fields),
        "place": str(place.uuid),
    }
