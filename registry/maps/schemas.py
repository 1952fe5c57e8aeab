"""A view of the map as it stands in an address, and the GeoJSON that answers it."""

from math import isfinite
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validate

from registry.maps.viewport import MAX_ZOOM, Box
from registry.search.schemas import FilterSchema


class BoxField(fields.Field[Box]):
    """Four degrees, west,south,east,north; a view that goes round the world is cut to it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Box:
        try:
            west, south, east, north = (float(degree) for degree in str(value).split(","))
        except ValueError:
            raise ValidationError(_("Please give four numbers: west,south,east,north.")) from None
        if not all(isfinite(degree) for degree in (west, south, east, north)) or south > north:
            raise ValidationError(_("This view does not exist."))
        return Box.clamped(west, south, east, north)


class ViewSchema(FilterSchema):
    """What is looked for, and where the map looks."""

    bbox = BoxField(
        required=True,
        metadata={
            "type": "string",
            "description": "west,south,east,north in degrees; west may be greater than east",
            "example": "10.9,48.9,11.5,49.4",
        },
    )
    zoom = fields.Integer(
        required=True,
        validate=validate.Range(0, MAX_ZOOM),
        metadata={"description": "Zoom level of the web-mercator view"},
    )


class GeometrySchema(Schema):
    type = fields.String(required=True, validate=validate.Equal("Point"))
    coordinates = fields.List(fields.Float(), required=True, validate=validate.Length(equal=2))


class PlaceThereSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    city = fields.String(required=True, allow_none=True)


class OfferThereSchema(Schema):
    id = fields.UUID(required=True)
    title = fields.String(required=True, metadata={"description": "In the language asked for"})
    title_language = fields.String(
        required=True, metadata={"description": "The language the title really is in"}
    )
    url = fields.String(required=True)
    provider = fields.String(required=True)
    example = fields.Boolean(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields")
    place = fields.UUID(required=True, metadata={"description": "Which of the places"})


class PropertiesSchema(Schema):
    """A cluster counts places; a point lists the places at its coordinates and their offers."""

    cluster = fields.Boolean(required=True)
    count = fields.Integer(metadata={"description": "Number of places"})
    bbox = fields.List(fields.Float(), metadata={"description": "The box that shows them all"})
    places = fields.List(fields.Nested(PlaceThereSchema))
    offers = fields.List(fields.Nested(OfferThereSchema))


class FeatureSchema(Schema):
    type = fields.String(required=True, validate=validate.Equal("Feature"))
    geometry = fields.Nested(GeometrySchema, required=True)
    properties = fields.Nested(PropertiesSchema, required=True)


class FeatureCollectionSchema(Schema):
    type = fields.String(required=True, validate=validate.Equal("FeatureCollection"))
    total = fields.Integer(
        required=True, metadata={"description": "Offers found, with or without a place in view"}
    )
    features = fields.List(fields.Nested(FeatureSchema), required=True)
