"""Land – Regierungsbezirk – Kreis – Gemeinde as JSON."""

from typing import Any

from flask import jsonify
from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.api import Blueprint, PageArguments
from registry.core.errors import NotFound
from registry.core.openapi import list_of, read_as
from registry.core.web import public
from registry.regions import queries
from registry.regions.models import LEVELS
from registry.regions.schemas import RegionSchema

api = Blueprint(
    "regions_api", __name__, url_prefix="/api/v1/regions", description="Regions by official key"
)
TAGS = ["regions"]
LENGTHS = {level: length for length, level in LEVELS.items()}
LABELS = {
    "state": _l("Federal states"),
    "government_region": _l("Government regions"),
    "district": _l("Districts"),
    "municipality": _l("Municipalities"),
}


class ListArguments(PageArguments):
    below = fields.String(
        load_default="",
        validate=validate.Regexp(
            r"^[0-9]{0,8}$", error=_l("Please give an official key (AGS) or its beginning.")
        ),
        metadata={"description": "Official key (AGS) or its beginning"},
    )
    level = fields.String(validate=validate.OneOf(LENGTHS))


@api.route("", tags=TAGS)
@public
@api.arguments(ListArguments, location="query")
@api.response(200, list_of("Region", read_as(RegionSchema())))
def listing(data: dict[str, Any]) -> Any:
    """Regions by official key; whatever lies below a region begins with its key."""
    page = {name: data[name] for name in ("page", "per_page")}
    length = LENGTHS.get(data.get("level", ""))
    found, total = queries.regions(data["below"], length=length, **page)
    counts = queries.count_by_length(data["below"])
    return jsonify(
        items=RegionSchema().dump(found, many=True),
        total=total,
        **page,
        facets={"level": _levels(counts)},
    )


def _levels(counts: dict[int, int]) -> list[dict[str, Any]]:
    return [
        {"value": level, "label": str(LABELS[level]), "count": counts.get(length, 0)}
        for length, level in LEVELS.items()
    ]


@api.route("/<ags>", tags=TAGS)
@public
@api.response(200, read_as(RegionSchema()))
def detail(ags: str) -> Any:
    """One region."""
    found = queries.region(ags) if ags.isdigit() else None
    if found is None:
        raise NotFound
    return jsonify(RegionSchema().dump(found))
