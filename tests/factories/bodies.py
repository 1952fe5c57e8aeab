"""Bodies for tests."""

from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.core.db import db
from registry.network.bodies import services
from registry.network.bodies.models import Body
from registry.network.bodies.schemas import BodySchema


def make_body(*members: Actor, who: Who = CONSOLE, **fields: Any) -> Body:
    """Enter a body that everyone sees, with these actors, from what the form would say."""
    given = {
        "name": "AK Sprache",
        "form": "body",
        "level": "local",
        "fields": ["language"],
        "members": [{"actor": str(each.uuid)} for each in members],
        "public": True,
        **fields,
    }
    made = services.create(who, "09576", BodySchema(audience="office").load(given))
    db.session.commit()
    return made
