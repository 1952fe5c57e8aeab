"""Somebody who has been asked whether the entries are still true."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry.upkeep.campaigns.models import Request
from tests.conftest import Cast
from tests.factories.campaigns import (
    TODAY,
    make_due,
    request_of,
    start_campaign,
)
from tests.factories.offers import make_offer

COMING = (TODAY + timedelta(days=30)).isoformat()
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def asked(cast: Cast) -> Request:
    actor = make_due()
    make_offer(
        actor, title={"de": "Deutschkurs"}, runs=[{"starts_on": COMING, "availability": "free"}]
    )
    return request_of(start_campaign(), actor)
