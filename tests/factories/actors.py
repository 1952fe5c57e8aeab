"""Actors for tests: complete and published unless the test says otherwise."""

from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors import services
from registry.actors.models import Actor, Status
from registry.actors.schemas import ActorSchema
from registry.core.db import db

PLACE = {"name": "Rathaus", "postcode": "91154", "city": "Roth", "municipality": "09576143"}


def make_actor(
    who: Who = CONSOLE,
    *,
    region: str = "09576",
    status: str = Status.PUBLISHED,
    commit: bool = True,
    **fields: Any,
) -> Actor:
    """Create an actor from what a JSON payload would say."""
    example = fields.pop("example", False)
    given = {"name": "Musterverband", "category": "welfare", "fields": ["advice"], **fields}
    data = ActorSchema(audience="office").load(given)
    actor = services.create_actor(who, region, data, example=example)
    if status == Status.PUBLISHED:
        services.ACTORS.publish(who, actor)
    elif status == Status.ARCHIVED:
        services.archive_actor(who, actor.uuid)
    if commit:
        db.session.commit()
    return actor
