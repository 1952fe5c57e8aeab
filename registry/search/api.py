"""The list of offers as JSON: the overview's search, hits and counts."""

from typing import Any

from flask import jsonify
from marshmallow import Schema, fields, validate

from registry.core import i18n
from registry.core.api import Blueprint
from registry.core.errors import Invalid
from registry.core.openapi import list_of, read_as
from registry.core.web import public
from registry.designations.schemas import DesignatedOfferSchema
from registry.search import reader, services
from registry.search.choices import choices_of, now_here
from registry.search.criteria import FACETS, Criteria
from registry.search.index.index import Counts
from registry.search.schemas import SearchSchema, is_plain

api = Blueprint("search_api", __name__, url_prefix="/api/v1", description="Search for offers")


@api.route("/offers", tags=["offers"])
@public
@api.arguments(SearchSchema, location="query")
@api.response(200, list_of("Offer", read_as(DesignatedOfferSchema())))
def offers(data: dict[str, Any]) -> Any:
    """Search and filter offers; a repeated name is OR, different names are AND."""
    wanted, unknown = services.understand(data)
    if unknown:
        raise Invalid(unknown)
    found = reader.find(wanted, now_here())
    return jsonify(
        items=found.offers,
        total=found.total,
        page=wanted.page,
        per_page=wanted.per_page,
        facets={name: _choices(name, wanted, found.counts) for name in FACETS},
    )


class PrefixSchema(Schema):
    q = fields.String(
        load_default="",
        validate=[validate.Length(max=200), is_plain],
        metadata={"description": "What was typed so far"},
    )


class SuggestionsSchema(Schema):
    items = fields.List(
        fields.String(), required=True, metadata={"description": "Texts that find something"}
    )


@api.route("/suggestions", tags=["offers"])
@public
@api.arguments(PrefixSchema, location="query")
@api.response(200, SuggestionsSchema)
def suggestions(data: dict[str, Any]) -> Any:
    """Complete what is being typed: terms and titles of offers, the most telling first."""
    return {"items": reader.suggest(data["q"], now_here(), i18n.current().tag)}


def _choices(name: str, wanted: Criteria, counts: Counts) -> list[dict[str, Any]]:
    """Return the choices that would give hits, and those chosen."""
    found, chosen = counts[name], wanted.selected(name)
    return [
        {"value": value, "label": str(label), "count": found.get(value, 0)}
        for value, label in choices_of(name)
        if found.get(value) or value in chosen
    ]
