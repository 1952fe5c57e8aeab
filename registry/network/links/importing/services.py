"""Trying a file of links, and taking it in: the same verdicts, in one transaction."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import Event, record_many
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db
from registry.core.text import fold
from registry.exchange.sheets import stock
from registry.exchange.sheets.words import Meanings
from registry.network.links.book import register_of
from registry.network.links.importing import queries
from registry.network.links.importing.columns import KIND_WORDS
from registry.network.links.importing.judging import Known, Plan, judge
from registry.network.links.importing.reading import read
from registry.network.links.models import Cooperation, Report, Via
from registry.network.wording import INTENSITIES, KINDS
from registry.vocabulary.services import choose_by_key


def try_file(who: Who, region: str, file: Path) -> list[Plan]:
    """Return what each row of a file would do; writes nothing."""
    require(who, Permission.NETWORK_EDIT, In(region))
    return list(judge(read(file), _known(region, queries.load_actors(who, region, lock=False))))


def take_in(who: Who, region: str, file: Path) -> Counter[str]:
    """Enter what the good rows of a file say; return how many rows by verdict."""
    require(who, Permission.NETWORK_EDIT, In(region))
    actors = {row.id: row for row in queries.load_actors(who, region, lock=True)}
    plans = list(judge(read(file), _known(region, list(actors.values()))))
    topics = choose_by_key("field", {plan.field for plan in plans if plan.field}, "field")
    made: dict[tuple[str, int, int], Cooperation] = {}
    before: dict[Cooperation, dict[str, Any]] = {}
    for plan in plans:
        if plan.verdict in ("new", "changed"):
            name = (plan.kind, *plan.ends)
            link = plan.link or made.get(name) or made.setdefault(name, _made(plan, region, actors))
            before.setdefault(link, snapshot(link) if plan.link else {})
            _say(link, plan)
            link.field = topics[plan.field] if plan.field else link.field
    _write(who, before)
    return Counter(plan.verdict for plan in plans)


def _known(region: str, actors: Any) -> Known:
    names: dict[str, tuple[int, ...]] = {}
    for actor in actors:
        for name in {fold(actor.name), fold(actor.short_name or "")} - {""}:
            names[name] = (*names.get(name, ()), actor.id)
    links: dict[tuple[str, int, int], Cooperation] = {}
    for link in queries.load_links(region):
        links.setdefault((link.kind, link.source_id, link.target_id), link)
    words = stock.words(region)
    return Known(
        ids={str(actor.uuid): actor.id for actor in actors},
        names=names,
        labels={actor.id: actor.name for actor in actors},
        links=links,
        kinds=_meanings(KINDS, KIND_WORDS),
        intensities=_meanings(INTENSITIES, {}),
        fields=words.terms["field"],
        reader=stock.reader(words),
    )


def _meanings(words: Mapping[Any, Any], others: Mapping[Any, str]) -> Meanings:
    """Return what words in both languages of the office stand for; German ones are proposed."""
    said: dict[str, list[str]] = {}
    for language in ("de", "en"):
        with force_locale(language):
            for key, word in words.items():
                said.setdefault(str(key), []).append(str(word))
    labels = {key: both[0] for key, both in said.items()}
    further = {str(key): text.split("; ") for key, text in others.items()}
    return Meanings.of(labels, {key: [*both, *further.get(key, ())] for key, both in said.items()})


def _made(plan: Plan, region: str, actors: Mapping[int, Actor]) -> Cooperation:
    source, target = (actors[key] for key in plan.ends)
    return Cooperation(
        region=register_of(region, source, target),
        kind=plan.kind,
        source=source,
        target=target,
        example=source.example or target.example,
    )


def _say(link: Cooperation, plan: Plan) -> None:
    for side, values in plan.said.items():
        report = link.report(side)
        if report is None:
            report = Report(side=side)
            link.reports.append(report)
        for name, value in {"reported_on": date.today(), **values}.items():
            setattr(report, name, value)
        report.via, report.round_id, report.said_by = Via.IMPORT, None, None


def _write(who: Who, before: Mapping[Cooperation, dict[str, Any]]) -> None:
    for link, was in before.items():
        if was:
            touch(link)
    db.session.add_all(before)
    db.session.flush()
    record_many(
        who,
        [
            Event(
                "cooperation.updated" if was else "cooperation.created",
                link,
                differences(was, snapshot(link)),
            )
            for link, was in before.items()
        ],
    )
