"""The search as it stands in an address; names and meaning are the same for pages and JSON."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates
from werkzeug.datastructures import MultiDict

from registry.actors.schemas import AGS
from registry.core.text import is_storable
from registry.core.wording import reword
from registry.search.criteria import (
    DEFAULT_PER_PAGE,
    DEFAULT_RADIUS_KM,
    SORTS,
)

COORDINATES = re.compile(r"^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$")
MAX_PAGE = 1_000_000_000
MAX_PER_PAGE = 200
MAX_VALUES = 60


def _keys(description: str) -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.Length(1, 60)),
        validate=validate.Length(max=MAX_VALUES),
        metadata={"description": description},
    )


def _flag(description: str) -> fields.Boolean:
    return fields.Boolean(
        truthy={"true", True}, falsy={"false", False}, metadata={"description": description}
    )


def is_plain(text: str) -> None:
    """Refuse what no database stores."""
    if not is_storable(text):
        raise ValidationError(_("This character is not allowed."))


class FilterSchema(Schema):
    """What is looked for. A repeated name is OR, different names are AND."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        reword(field_obj)

    q = fields.String(
        validate=[
            validate.Length(max=200, error=_l("Please use at most 200 characters.")),
            is_plain,
        ]
    )
    field = _keys("Field of action")
    area_of_life = _keys("Area of life")
    target_group = _keys("Target group; offers for all match every group")
    language = _keys("Language spoken there")
    eligibility = _keys("Who may take part; offers open to all match every status")
    level = _keys("Course level that lies within the offer's range")
    format = _keys("On site, online, by phone, outreach")
    region = fields.List(
        fields.String(validate=AGS),
        validate=validate.Length(max=MAX_VALUES),
        metadata={"description": "Official key (AGS) or its beginning"},
    )
    near = fields.String(
        validate=validate.Length(max=80),
        metadata={"description": "Postcode, “lat,lon” in degrees, or the name of a municipality"},
    )
    radius_km = fields.Float(
        load_default=DEFAULT_RADIUS_KM,
        validate=validate.Range(
            0.1, 500, error=_l("Please choose a radius between 0.1 and 500 kilometres.")
        ),
    )
    free = _flag("Free of charge")
    childcare = _flag("With childcare")
    step_free = _flag("Step-free access")
    open_now = _flag("Open now, or hours unknown")
    starts_soon = _flag("A run that can still be joined starts within eight weeks")
    unconfirmed = _flag("Also offers that nobody has confirmed for long")

    @validates("near")
    def is_on_earth(self, value: str, **_options: Any) -> None:
        match = COORDINATES.match(value.strip())
        if match and not (abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180):
            raise ValidationError(_("These coordinates do not exist."))
        is_plain(value)


class SearchSchema(FilterSchema):
    """The same, and which page of the hits in which order."""

    sort = fields.String(validate=validate.OneOf(SORTS))
    page = fields.Integer(
        load_default=1, validate=validate.Range(1, MAX_PAGE, error=_l("There is no such page."))
    )
    per_page = fields.Integer(
        load_default=DEFAULT_PER_PAGE, validate=validate.Range(1, MAX_PER_PAGE)
    )


def read_arguments(
    schema: Schema, args: MultiDict[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what could be loaded from a query string, and the messages of what could not."""
    given = {
        name: [value for value in args.getlist(name) if value]
        if isinstance(field, fields.List)
        else args[name].strip()
        for name, field in schema.fields.items()
        if any(args.getlist(name))
    }
    try:
        return schema.load(given), {}
    except ValidationError as error:
        errors = error.messages_dict
        sound = {name: value for name, value in given.items() if name not in errors}
        return schema.load(sound), errors
