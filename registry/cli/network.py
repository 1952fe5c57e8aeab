"""Analysis of networks, of the register's own and of any file."""

from dataclasses import asdict
from pathlib import Path

import click

from registry.cli.base import Refused, command, commands, tell
from registry.network import analysis
from registry.network.formats import reading


@commands.group("network")
def network() -> None:
    """Analyse a network."""


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


def told(found: analysis.Figures) -> str:
    """Return the figures as text, and each actor in a line."""
    whole = [
        f"{name.replace('_', ' ')}: {_number(value)}"
        for name, value in asdict(found).items()
        if name != "actors"
    ]
    heads = [*analysis.Standing.__dataclass_fields__]
    lines = ["\t".join(["actor", *heads])]
    for actor, standing in found.actors.items():
        figures = asdict(standing)
        lines.append("\t".join([str(actor), *(_number(figures[name]) for name in heads)]))
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
