"""Actors as JSON, and writing them."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, url_for
from flask_babel import gettext as _
from marshmallow import fields, validate

from registry.access.current import may, who
from registry.access.policy import PUBLIC
from registry.actors import queries, services
from registry.actors.life import waits
from registry.actors.models import Actor
from registry.actors.queries import ActorFilter
from registry.actors.schemas import AGS, ActorSchema
from registry.core import i18n
from registry.core.api import MAY_MOVE, MAY_WAIT, SIGNED_IN, Blueprint, PageArguments, showing
from registry.core.errors import Invalid
from registry.core.forms import public as everyone
from registry.core.openapi import list_of, read_as
from registry.core.web import public, writes
from registry.designations.schemas import DesignatedActorSchema
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.schemas import MAX_TERMS

api = Blueprint(
    "actors_api", __name__, url_prefix="/api/v1/actors", description="Actors of the network"
)
TAGS = ["actors"]
EVERYONE = DesignatedActorSchema()
OFFICE = DesignatedActorSchema(audience="office")


class ListArguments(PageArguments):
    q = fields.String(load_default="", validate=validate.Length(max=200))
    category = fields.List(
        fields.String(validate=validate.Length(1, 60)),
        load_default=(),
        validate=validate.Length(max=MAX_TERMS),
        metadata={"description": "Keys of the vocabulary's scheme “category”; several are OR"},
    )


class NewActorSchema(ActorSchema):
    """An actor to be created in the register of a region."""

    region = fields.String(required=True, validate=AGS, metadata=everyone())


class ActorChangeSchema(ActorSchema):
    """Whatever is to change, and the version that was read."""

    version = fields.Integer(required=True, metadata=everyone())


NEW = NewActorSchema(audience="office")
CHANGE = ActorChangeSchema(audience="office", partial=("name",))


@api.route("", tags=TAGS)
@public
@api.arguments(ListArguments, location="query")
@api.response(200, list_of("Actor", read_as(EVERYONE)))
def listing(data: dict[str, Any]) -> Any:
    """Published actors by name."""
    page = {name: data.pop(name) for name in ("page", "per_page")}
    wanted = ActorFilter(
        q=data["q"], categories=tuple(vocabulary.present_keys("category", data["category"]))
    )
    unknown = [key for key in wanted.categories if not vocabulary.term("category", key)]
    if unknown:
        raise Invalid({"category": [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]})
    counts = queries.count_by_category(PUBLIC, wanted)
    found = queries.load_page(PUBLIC, wanted, **page)
    return jsonify(
        items=EVERYONE.dump(found, many=True),
        total=sum(counts.get(key, 0) for key in wanted.categories or counts),
        **page,
        facets={"category": _categories(wanted, counts)},
    )


def _categories(wanted: ActorFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
    language = i18n.current().tag
    return [
        {"value": term.key, "label": str(term.label(language)), "count": counts.get(term.key, 0)}
        for term in vocabulary.terms("category")
        if counts.get(term.key) or term.key in wanted.categories
    ]


@api.route("/<uuid:uuid>", tags=TAGS)
@public
@api.doc(**MAY_MOVE)
@api.response(200, {"anyOf": [read_as(EVERYONE), read_as(OFFICE)]})
def detail(uuid: UUID) -> Any:
    """One actor; who may read the office's fields of its region gets them too."""
    found = queries.load_actor(who(), uuid)
    reader = OFFICE if may("actor.read", found) else EVERYONE
    return jsonify(reader.dump(found))


@api.route("", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.body(NEW)
@api.response(201, read_as(OFFICE))
def create(data: dict[str, Any]) -> Any:
    """Create a draft in the register of a region."""
    actor = services.create_actor(who(), data.pop("region"), data)
    return _saved(actor), 201, {"Location": url_for("actors_api.detail", uuid=actor.uuid)}


@api.route("/<uuid:uuid>", methods=["PATCH"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN, **MAY_WAIT)
@api.body(CHANGE)
@api.response(200, read_as(OFFICE))
def change(data: dict[str, Any], uuid: UUID) -> Any:
    """Change what is named; a stale version is a conflict that shows the present one.

    202: the change waits for the office, the entry is still what it was.
    """
    with showing(OFFICE):
        return _done(services.update_actor(who(), uuid, data.pop("version"), data))


@api.route("/<uuid:uuid>/publish", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def publish(uuid: UUID) -> Any:
    """Publish an actor that is complete."""
    return _saved(services.publish_actor(who(), uuid))


@api.route("/<uuid:uuid>/submit", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def submit(uuid: UUID) -> Any:
    """Put an actor up for review."""
    return _saved(services.submit_actor(who(), uuid))


@api.route("/<uuid:uuid>/take-back", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def take_back(uuid: UUID) -> Any:
    """Take back what waits for the office."""
    return _saved(services.take_back_actor(who(), uuid))


@api.route("/<uuid:uuid>/restore", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def restore(uuid: UUID) -> Any:
    """Bring an actor back as a draft."""
    return _saved(services.restore_actor(who(), uuid))


@api.route("/<uuid:uuid>/confirm", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def confirm(uuid: UUID) -> Any:
    """Say that an actor is still right, as of today."""
    return _saved(services.confirm_actor(who(), uuid, i18n.local_now().date()))


@api.route("/<uuid:uuid>/archive", methods=["POST"], tags=TAGS)
@api.route("/<uuid:uuid>", methods=["DELETE"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN, **MAY_WAIT)
@api.response(200, read_as(OFFICE))
def archive(uuid: UUID) -> Any:
    """Take an actor out of sight; nothing is lost. 202: the office has been asked to."""
    return _done(services.archive_actor(who(), uuid))


def _saved(actor: Actor) -> Response:
    return jsonify(OFFICE.dump(actor))


def _done(actor: Actor) -> Any:
    """Return what became of a change; where it waits the entry is still public as it was."""
    return _saved(actor), 202 if waits(who(), actor) else 200
