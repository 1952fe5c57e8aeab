"""The rules find in the demo region's network what was put there to be found, and nothing else."""

from datetime import date

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.exchange.demo import seed_demo
from registry.network import demo
from registry.network.findings.models import Finding
from registry.network.findings.wording import told
from tests.exchange.conftest import ENGINES, MakeRegister

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_matter_of_the_demo_network_is_found_and_no_other(
    make_register: MakeRegister, engine: str
) -> None:
    with make_register(engine, below="09").app_context():
        seed_demo(CONSOLE, today=TODAY)
        demo.seed(CONSOLE, TODAY)
        rows = db.session.scalars(select(Finding).order_by(Finding.kind))
        found = {each.row.kind: (each.sentence, each.actors) for each in told(rows)}
        assert found.keys() == {
            "broker", "isolated", "meeting", "no_body", "open_cell", "overlapping", "unknown",
        }  # fmt: skip
        named = {kind: [name for _key, name in actors] for kind, (_said, actors) in found.items()}
        assert named["broker"] == ["Musterverband Roth e. V. (Beispiel)"]
        assert named["isolated"] == ["Gemeinschaft 60 plus Abenberg (Beispiel)"]
        assert named["unknown"] == ["Kulturbühne Heideck e. V. (Beispiel)"]
        assert "Bildungswerk Jura gGmbH (Beispiel)" in named["meeting"]
        assert len(named["overlapping"]) == 5
        assert "5 von 7 Mitgliedern" in found["overlapping"][0]
        assert found["open_cell"][0].endswith("Greding: 25 Personen, kein Angebot.")
