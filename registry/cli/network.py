"""The register's network: its report, its snapshots, its files; and the analysis of any file."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from registry.access.policy import CONSOLE
from registry.cli.base import Refused, command, commands, register, tell
from registry.core import i18n
from registry.network import analysis
from registry.network.exchange import services as exchange
from registry.network.findings import services as findings
from registry.network.formats import reading
from registry.network.formats.tables import Choice
from registry.network.formats.writing import WRITERS
from registry.network.large import following
from registry.network.poster import KINDS as DRAWN
from registry.network.poster import drawn
from registry.network.queries import load_state, region_of
from registry.network.rounds.services import remind_all
from registry.network.snapshots import services as snapshots
from registry.network.state import COOPERATION, Kind, Rule
from registry.network.trust import trust
from registry.network.viewing import View

_AS_THEY_ARE: Mapping[Any, str] = {}


@commands.group("network")
def network() -> None:
    """Report, keep and hand out the network, or analyse one."""


def _chosen(work: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which links count."""
    kind = click.option(
        "--kind",
        type=click.Choice([each.value for each in Kind]),
        help="one kind of link; default: all",
    )
    rule = click.option(
        "--rule",
        type=click.Choice([each.value for each in Rule]),
        default=Rule.ANY.value,
        help="when it counts",
    )
    return kind(rule(work))


def _choice(kind: str | None, rule: str) -> Choice:
    return Choice((Kind(kind),) if kind else COOPERATION, Rule(rule))


@command("report", network)
@_chosen
def report(*, kind: str | None, rule: str, as_json: bool) -> None:
    """Say how the network hangs together, and how far that can be trusted."""
    choice = _choice(kind, rule)
    with register():
        region, day = region_of(CONSOLE), _today()
        state = load_state(region, day)
        rests = trust(state, choice.kinds)
        found = analysis.figures(state.concerned.network(choice.kinds, choice.rule))
        names = {key: node.name for key, node in state.nodes.items()}
        keys = {key: node.key for key, node in state.nodes.items()}
    facts = asdict(found)
    facts["actors"] = {
        keys[actor]: {"name": names[actor], **each} for actor, each in facts["actors"].items()
    }
    facts |= {"region": region, "day": day.isoformat(), "kinds": [*choice.kinds], "rule": rule}
    facts |= asdict(rests) | {"response": rests.response, "confirmation": rests.confirmation}
    head = (
        f"Network of {region}, {day}: answers {rests.answered} of {rests.asked}, "
        f"confirmed {rests.confirmed} of {rests.pairs}; links of {', '.join(choice.kinds)}"
    )
    tell(as_json, f"{head}\n{told(found, names)}", **facts)


@command("snapshot", network)
@click.option("--name", required=True, help="what it is called")
def snapshot(*, name: str, as_json: bool) -> None:
    """Keep the network as it is today."""
    with register():
        made = snapshots.keep(CONSOLE, region_of(CONSOLE), name, _today())
        facts = {"id": str(made.uuid), "day": made.day.isoformat(), "digest": made.digest}
    tell(as_json, f"Kept as of {facts['day']}: {facts['digest']}", **facts)


@command("export", network)
@click.option("--format", "form", type=click.Choice([*WRITERS, *DRAWN]), required=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@_chosen
def export(*, form: str, output: Path, kind: str | None, rule: str, as_json: bool) -> None:
    """Hand the network out as a file for another program."""
    with register():
        region, day, choice = region_of(CONSOLE), _today(), _choice(kind, rule)
        if form in DRAWN:
            made = _drawn(View(load_state(region, day), kind or "", choice.rule), form)
        else:
            made = exchange.hand_out(CONSOLE, region, day, choice, form).content
        output.write_bytes(made)
    tell(as_json, f"Written: {output}", file=str(output), bytes=len(made))


def _drawn(asked: View, form: str) -> bytes:
    if asked.too_many:
        raise Refused(f"{len(asked.shown.nodes)} actors are too many for one picture")
    return drawn(asked, form)


@command("paths", network)
@click.option("--run", type=click.UUID, required=True, help="which one, as its page says")
def paths(*, run: UUID, as_json: bool) -> None:
    """Work out who lies between others in a large network; goes on where it was left off."""
    with register():
        taken = following.work(run, _today())
    tell(as_json, f"{taken} actors taken.", taken=taken)


def _today() -> date:
    return i18n.local_now().date()


@command("findings", network)
def renew_findings(*, as_json: bool) -> None:
    """Let the rules look at the network anew, and say what they find."""
    with register():
        made = findings.renew(CONSOLE, region_of(CONSOLE), _today())
        told = f"{made.found} findings, {made.new} of them new; {made.gone} no longer found."
        tell(as_json, told, **asdict(made))


@command("analyse", network)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def analyse(*, file: Path, as_json: bool) -> None:
    """Analyse a GraphML file of any program, directed or not; no register is needed."""
    try:
        found = analysis.figures(reading.read_graphml(file))
    except reading.NotANetwork as error:
        raise Refused(str(error)) from None
    facts = asdict(found)
    facts["actors"] = {str(actor): figures for actor, figures in facts["actors"].items()}
    tell(as_json, told(found), **facts)


@command("remind", network)
def remind(*, as_json: bool) -> None:
    """Write the reminders of surveys that are due by plan; meant to run once a day."""
    with register():
        sent = remind_all(CONSOLE, i18n.local_now().date())
        tell(as_json, f"{sent} reminders written.", sent=sent)


def told(found: analysis.Figures, names: Mapping[Any, str] = _AS_THEY_ARE) -> str:
    """Return the figures as text, and each actor in a line, by its name if one is known."""
    whole = [
        f"{name.replace('_', ' ')}: {_number(value)}"
        for name, value in asdict(found).items()
        if name != "actors"
    ]
    heads = [*analysis.Standing.__dataclass_fields__]
    lines = ["\t".join(["actor", *heads])]
    for actor, standing in found.actors.items():
        figures = asdict(standing)
        lines.append(
            "\t".join([names.get(actor, str(actor)), *(_number(figures[name]) for name in heads)])
        )
    return "\n".join([*whole, "", *lines])


def _number(value: float | None) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
    return f"{value:.4f}"
