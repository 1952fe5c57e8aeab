"""The network of the demo region: invented answers, bodies and needs of invented organisations."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import queries as actors
from registry.actors.models import Actor
from registry.config import resource_dir
from registry.core.db import db
from registry.core.tables import read_yaml
from registry.exchange.demo import key_of
from registry.network import queries
from registry.network.bodies import services as bodies
from registry.network.links import services as links
from registry.network.links.book import INCOMING
from registry.network.links.models import Via
from registry.network.needs import services as needs
from registry.network.rounds.models import Asked, Round
from registry.network.state import Kind

REGION = "09576"
KINDS = [*Kind]
ASKED, ANSWERED = 60, 40  # days ago


def seed(who: Who, today: date, folder: Path | None = None) -> int:
    """Add the network to the demo actors that are there already; return how many links it has."""
    require(who, Permission.DATA_TRANSFER, None)
    folder = folder or resource_dir("seed_data") / "demo" / "network"
    answers = read_yaml(folder / "answers.yaml")
    known = queries.load_by_key(key_of(each["actor"]) for each in answers)
    asked = _round(today)
    for answer in answers:
        _answer(who, asked, answer, known, today - timedelta(days=ANSWERED))
    for body in read_yaml(folder / "bodies.yaml"):
        _body(who, body)
    for need in read_yaml(folder / "needs.yaml"):
        needs.enter(who, REGION, _need(need, today), example=True)
    db.session.flush()
    return len(queries.load_state(REGION, today).links)
