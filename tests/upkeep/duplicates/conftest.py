"""Two actors that are one and the same."""

import pytest

from registry.actors.models import Actor
from tests.factories.actors import make_actor
from tests.upkeep.duplicates.twins import PLACE


@pytest.fixture
def pair(database: None) -> tuple[Actor, Actor]:
    """Two actors that are one; the loser has everything that can hang on an actor."""
    winner = make_actor(name="Tafelladen", places=[PLACE])
    loser = make_actor(
        name="Tafelladen e.V.",
        website="https://tafel.example",
        description={"de": "Lebensmittel"},
        places=[{**PLACE, "name": "Lager"}],
        contacts=[{"function": "Empfang", "phone": "09171 1"}],
        units=[{"name": "Ausgabe"}],
        last_confirmed="2026-10-01",
    )
    return winner, loser
