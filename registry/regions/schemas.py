"""A region as JSON."""

from marshmallow import fields

from registry.core.forms import RecordSchema, shown


class RegionSchema(RecordSchema):
    ags = fields.String(metadata=shown("Official key (AGS)"))
    ars = fields.String(allow_none=True, metadata=shown("Regional key (ARS)"))
    name = fields.String(metadata=shown())
    kind = fields.String(metadata=shown())
    level = fields.String(metadata=shown())
    lat = fields.Float(allow_none=True, metadata=shown("Latitude in degrees (WGS 84)"))
    lon = fields.Float(allow_none=True, metadata=shown("Longitude in degrees (WGS 84)"))
