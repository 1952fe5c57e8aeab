"""How long links are kept that have ended."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.core.db import db, now
from registry.network.links.models import Cooperation
from registry.privacy import services
from tests.factories.network import make_actors, make_link

LONG_AGO = date.today() - timedelta(days=4000)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"by_source": 2, "reported_on": LONG_AGO}, 1),
        ({"by_source": 2, "reported_on": LONG_AGO, "valid_to": LONG_AGO}, 0),
        ({"by_source": 0, "by_target": 0, "reported_on": LONG_AGO}, 0),
        ({"by_source": 0, "by_target": 1, "reported_on": LONG_AGO}, 1),
        ({"by_source": 0}, 1),
    ],
)
def test_a_link_goes_ten_years_after_the_last_side_said_it_ended(
    database: None, told: dict[str, Any], kept: int
) -> None:
    make_link(*make_actors("Caritas", "Diakonie"), **told)
    assert services.run_retention(CONSOLE, now())["cooperation"] == 1 - kept
    assert db.session.query(Cooperation).count() == kept
