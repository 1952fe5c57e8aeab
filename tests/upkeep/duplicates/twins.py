"""Two entries that may be one: where they are merged, and merging them."""

from typing import Any

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.upkeep.duplicates.merging import services
from registry.upkeep.duplicates.merging.services import Pair
from registry.upkeep.duplicates.models import Merging

PLACE = {"name": "Haus", "street": "Weg 1", "postcode": "91154", "city": "Roth"}
DONE = "/en/office/duplicates/merged"


def address(kind: str, winner: Any, loser: Any) -> str:
    return f"/en/office/duplicates/{kind}/{winner.uuid}/{loser.uuid}"


def versions(kind: str, winner: Any, loser: Any) -> Pair:
    return Pair(kind, winner.uuid, loser.uuid, (winner.version, loser.version))


def merged(kind: str, winner: Any, loser: Any, taken: Any = ()) -> Merging:
    made = services.merge(CONSOLE, versions(kind, winner, loser), taken)
    db.session.commit()
    return made
