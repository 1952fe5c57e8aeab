"""`registry help`: every command and every setting."""

from collections.abc import Iterator

import click

from registry.cli.base import command, commands, tell
from registry.config import SETTINGS


@command("help")
def show_help(*, as_json: bool) -> None:
    """Show every command and every setting."""
    usages = dict(_usages(commands, "registry"))
    settings = {name: {"default": d, "meaning": m} for name, (d, m) in SETTINGS.items()}
    lines = ["Commands", *(f"  {usage}\n      {text}" for usage, text in usages.items())]
    lines += ["", "Settings (environment variables)"]
    for name, (default, meaning) in SETTINGS.items():
        lines.append(f"  {name}{f' [{default}]' if default else ''}\n      {meaning}")
    tell(as_json, "\n".join(lines), commands=usages, settings=settings)


def _usages(group: click.Group, prefix: str) -> Iterator[tuple[str, str]]:
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from _usages(each, f"{prefix} {name}")
        else:
            arguments = " ".join(_usage(parameter) for parameter in each.params)
            yield f"{prefix} {name} {arguments}".strip(), each.help or ""


def _usage(parameter: click.Parameter) -> str:
    choices = "|".join(getattr(parameter.type, "choices", ()))
    value = choices or parameter.human_readable_name.upper()
    if isinstance(parameter, click.Argument):
        return value
    option = parameter.opts[0]
    shown = option if getattr(parameter, "is_flag", False) else f"{option} {value}"
    return shown if parameter.required else f"[{shown}]"
