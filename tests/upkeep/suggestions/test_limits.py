"""How often one address may suggest, whichever process it reaches."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.app import create_app
from registry.core import i18n
from registry.core.db import db
from registry.upkeep.suggestions.models import Suggestion
from registry.upkeep.suggestions.pages import OF_ADDRESS
from tests.conftest import SETTINGS, NewDatabase
from tests.factories.forms import changed
from tests.upkeep.suggestions.visitors import filled


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[list[Flask]]:
    """Two processes' worth of application on one database."""
    url = new_database(request.param, "limits")
    apps = [create_app({**SETTINGS, "DATABASE_URL": url}) for _number in range(2)]
    for app in apps:
        app.config["WTF_CSRF_ENABLED"] = False
    yield apps
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def test_one_address_is_slowed_down_across_processes_and_loses_nothing(
    served: list[Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [app.test_client() for app in served]
    form = changed(filled(clients[0], "/de/suggest"), title="Nähcafé")
    monkeypatch.setattr(i18n, "local_now", lambda now=i18n.local_now: now() + timedelta(minutes=1))
    for number in range(OF_ADDRESS.times):
        assert clients[number % 2].post("/de/suggest", data=form).status_code == 302
    refused = clients[1].post("/de/suggest", data=form)
    assert refused.status_code == 422
    assert "Nähcafé" in refused.text
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert clients[0].post("/de/suggest", data=form, environ_base=other).status_code == 302
    with served[0].app_context():
        assert len(db.session.scalars(select(Suggestion)).all()) == OF_ADDRESS.times + 1
