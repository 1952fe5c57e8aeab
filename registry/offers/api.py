"""One offer as JSON, and writing offers. Their list is the search's."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, url_for
from marshmallow import fields

from registry.access.current import may, who
from registry.actors.life import waits
from registry.core import i18n
from registry.core.api import MAY_MOVE, MAY_WAIT, SIGNED_IN, Blueprint, showing
from registry.core.forms import public as everyone
from registry.core.openapi import read_as
from registry.core.web import public, writes
from registry.designations.schemas import DesignatedOfferSchema
from registry.offers import queries, services
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema

api = Blueprint(
    "offers_api", __name__, url_prefix="/api/v1/offers", description="Offers of the network"
)
TAGS = ["offers"]
EVERYONE = DesignatedOfferSchema()
OFFICE = DesignatedOfferSchema(audience="office")


class NewOfferSchema(OfferSchema):
    """An offer to be created below an actor."""

    actor = fields.UUID(required=True, metadata=everyone())  # type: ignore[assignment]


class OfferChangeSchema(OfferSchema):
    """Whatever is to change, and the version that was read."""

    version = fields.Integer(required=True, metadata=everyone())


NEW = NewOfferSchema(audience="office")
CHANGE = OfferChangeSchema(audience="office", partial=("title", "fields_"))


@api.route("/<uuid:uuid>", tags=TAGS)
@public
@api.doc(**MAY_MOVE)
@api.response(200, {"anyOf": [read_as(EVERYONE), read_as(OFFICE)]})
def detail(uuid: UUID) -> Any:
    """One offer; who may read the office's fields of its region gets them too."""
    found = queries.load_whole_offer(who(), uuid, i18n.local_now().date())
    reader = OFFICE if may("offer.read", found) else EVERYONE
    return jsonify(reader.dump(found))


@api.route("", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.body(NEW)
@api.response(201, read_as(OFFICE))
def create(data: dict[str, Any]) -> Any:
    """Create a draft below an actor."""
    offer = services.create_offer(who(), data.pop("actor"), data)
    return _saved(offer), 201, {"Location": url_for("offers_api.detail", uuid=offer.uuid)}


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
        return _done(services.update_offer(who(), uuid, data.pop("version"), data))


@api.route("/<uuid:uuid>/publish", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def publish(uuid: UUID) -> Any:
    """Publish an offer that is complete."""
    return _saved(services.publish_offer(who(), uuid))


@api.route("/<uuid:uuid>/submit", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def submit(uuid: UUID) -> Any:
    """Put an offer up for review."""
    return _saved(services.submit_offer(who(), uuid))


@api.route("/<uuid:uuid>/take-back", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def take_back(uuid: UUID) -> Any:
    """Take back what waits for the office."""
    return _saved(services.take_back_offer(who(), uuid))


@api.route("/<uuid:uuid>/restore", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def restore(uuid: UUID) -> Any:
    """Bring an offer back as a draft."""
    return _saved(services.restore_offer(who(), uuid))


@api.route("/<uuid:uuid>/confirm", methods=["POST"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN)
@api.response(200, read_as(OFFICE))
def confirm(uuid: UUID) -> Any:
    """Say that an offer is still right, as of today."""
    return _saved(services.confirm_offer(who(), uuid, i18n.local_now().date()))


@api.route("/<uuid:uuid>/archive", methods=["POST"], tags=TAGS)
@api.route("/<uuid:uuid>", methods=["DELETE"], tags=TAGS)
@writes
@api.doc(**SIGNED_IN, **MAY_WAIT)
@api.response(200, read_as(OFFICE))
def archive(uuid: UUID) -> Any:
    """Take an offer out of sight; nothing is lost. 202: the office has been asked to."""
    return _done(services.archive_offer(who(), uuid))


def _saved(offer: Offer) -> Response:
    return jsonify(OFFICE.dump(offer))


def _done(offer: Offer) -> Any:
    """Return what became of a change; where it waits the entry is still public as it was."""
    return _saved(offer), 202 if waits(who(), offer) else 200
