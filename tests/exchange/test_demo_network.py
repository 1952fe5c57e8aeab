"""The demo region's network: one broker, one isolate, one silent, and what follows from them."""

from datetime import date

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.core.db import db
from registry.exchange.demo import seed_demo
from registry.network import demo
from registry.network.catalogue.results import results
from registry.network.queries import load_state
from registry.network.state import Standing
from registry.network.trust import Detail, Thresholds, trust
from tests.exchange.conftest import ENGINES, MakeRegister

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_demo_network_is_one_to_look_at_and_only_of_the_invented(
    make_register: MakeRegister, engine: str
) -> None:
    with make_register(engine, below="09").app_context():
        seed_demo(CONSOLE, today=TODAY)
        demo.seed(CONSOLE, TODAY)
        state = load_state("09576", TODAY)
        rests = trust(state)
        assert (rests.asked, rests.answered, rests.detail(Thresholds())) == (28, 27, Detail.RANKS)
        standing = state.standing()
        by = {
            kind: [state.nodes[key].name for key, each in standing.items() if each is kind]
            for kind in Standing
        }
        assert by[Standing.ISOLATED] == ["Gemeinschaft 60 plus Abenberg (Beispiel)"]
        assert [name for name in by[Standing.UNKNOWN] if "(Beispiel)" in name] == [
            "Kulturbühne Heideck e. V. (Beispiel)"
        ]
        found = results(state)
        assert [state.nodes[each.actor].name for each in found.brokers] == [
            "Musterverband Roth e. V. (Beispiel)"
        ]
        assert found.failing == found.bridges == ()
        real = db.session.scalars(select(Actor.id).where(Actor.example.is_(False)))
        assert not {end for link in state.links for end in link.pair} & set(real)
