"""The vocabulary as JSON: every key that offers and actors use, with its labels."""

from collections.abc import Iterable
from typing import Any

from flask import jsonify
from marshmallow import fields, validate

from registry.core.api import Blueprint, PageArguments
from registry.core.errors import NotFound
from registry.core.openapi import list_of, read_as
from registry.core.web import public
from registry.vocabulary import queries
from registry.vocabulary.models import SCHEMES
from registry.vocabulary.schemas import LABELS, TermSchema

api = Blueprint(
    "vocabulary_api", __name__, url_prefix="/api/v1/vocabulary", description="Controlled terms"
)
TAGS = ["vocabulary"]


class ListArguments(PageArguments):
    scheme = fields.List(fields.String(validate=validate.OneOf(SCHEMES)))


@api.route("", tags=TAGS)
@public
@api.arguments(ListArguments, location="query")
@api.response(200, list_of("Term", read_as(TermSchema())))
def listing(data: dict[str, Any]) -> Any:
    """Terms of all schemes or of some, each scheme in its order."""
    page, size = data["page"], data["per_page"]
    wanted = data.get("scheme") or SCHEMES
    found = [term for scheme in SCHEMES if scheme in wanted for term in queries.terms(scheme)]
    return jsonify(
        items=TermSchema().dump(found[(page - 1) * size : page * size], many=True),
        total=len(found),
        page=page,
        per_page=size,
        facets={"scheme": _schemes(SCHEMES)},
    )


def _schemes(schemes: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"value": scheme, "label": str(LABELS[scheme]), "count": len(queries.terms(scheme))}
        for scheme in schemes
    ]


@api.route("/<scheme>/<key>", tags=TAGS)
@public
@api.response(200, read_as(TermSchema()))
def detail(scheme: str, key: str) -> Any:
    """One term."""
    found = queries.term(scheme, key)
    if found is None:
        raise NotFound
    return jsonify(TermSchema().dump(found))
