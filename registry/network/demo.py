"""The network of the demo region: invented answers, bodies and needs of invented organisations.

They go in as anybody's would: what an actor says is a report of that side, in a round of asking.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.models import Actor
from registry.config import resource_dir
from registry.core.db import db
from registry.core.tables import read_yaml
from registry.exchange.demo import key_of
from registry.network import queries
from registry.network.bodies import services as bodies
from registry.network.bodies.schemas import BodySchema
from registry.network.findings import services as findings
from registry.network.links import services as links
from registry.network.links.book import INCOMING
from registry.network.links.models import Via
from registry.network.needs import services as needs
from registry.network.needs.schemas import NeedSchema
from registry.network.rounds.models import Asked, Round
from registry.network.state import Kind

REGION = "09576"
ASKED, ANSWERED = 60, 40  # days ago
SAID = (*Kind, *INCOMING)
Known = Mapping[UUID, Actor]


def seed(who: Who, today: date, folder: Path | None = None) -> int:
    """Add the network of the demo actors, which are there already; return how many answered."""
    require(who, Permission.DATA_TRANSFER, None)
    folder = folder or resource_dir("seed_data") / "demo" / "network"
    answers = read_yaml(folder / "answers.yaml")
    known = queries.load_actors(key_of(each["actor"]) for each in answers)
    asking = _round(today)
    for answer in answers:
        _answer(who, asking, answer, known)
    for body in read_yaml(folder / "bodies.yaml"):
        _body(who, body)
    for need in read_yaml(folder / "needs.yaml"):
        given = {"known_on": (today - timedelta(days=ANSWERED)).isoformat(), **need}
        needs.enter(who, REGION, NeedSchema(audience="office").load(given), example=True)
    db.session.flush()
    findings.renew(who, REGION, today)
    return sum(not answer.get("silent") for answer in answers)


def remove(who: Who) -> None:
    """Delete the invented bodies, needs and rounds, and findings; links go with their actors."""
    require(who, Permission.DATA_TRANSFER, None)
    queries.delete_examples(REGION)


def _round(today: date) -> Round:
    made = Round(
        region=REGION,
        name="Wer arbeitet mit wem? (Beispiel)",
        kinds=[kind.value for kind in Kind],
        started_on=today - timedelta(days=ASKED),
        deadline=today - timedelta(days=ASKED - 30),
        closed_on=today - timedelta(days=ASKED - 35),
        example=True,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _answer(who: Who, asking: Round, answer: Mapping[str, Any], known: Known) -> None:
    """Put down what one actor says, or that it has said nothing."""
    actor = known[key_of(answer["actor"])]
    asked = Asked(round=asking, actor=actor, asked_on=asking.started_on)
    db.session.add(asked)
    if answer.get("silent") or asking.started_on is None:
        return
    on = asking.started_on + timedelta(days=ASKED - ANSWERED)
    asked.answered_on, asked.via = on, Via.ROUND
    partners: dict[int, dict[str, int]] = {}
    for kind in SAID:
        for ref, intensity in answer.get(kind, {}).items():
            partners.setdefault(known[key_of(ref)].id, {})[kind] = intensity
    links.report_for(who, actor, partners, on=on, via=Via.ROUND, round=asking)


def _body(who: Who, body: Mapping[str, Any]) -> None:
    members = [{"actor": str(key_of(ref)), "part": part} for ref, part in body["members"].items()]
    texts = {name: {"de": body[name]} for name in ("purpose", "joining")}
    given = {"form": "body", "level": "local", "public": True, **body, **texts, "members": members}
    bodies.create(who, REGION, BodySchema(audience="office").load(given)).example = True
