"""What every command stands on: the group, a register to work on, answers in words or JSON."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask

from registry.app import create_app
from registry.core.db import db
from registry.exchange import revisions
from registry.regions import queries as regions

_AS_IT_IS: Mapping[str, str] = {}


class Refused(click.ClickException):
    """What was asked for is not possible here; the message is one clear line."""


@click.group(help="Runs and looks after a register.")
def commands() -> None: ...


def command(name: str, group: click.Group = commands) -> Callable[[Any], click.Command]:
    """Declare a command that also answers in JSON."""
    as_json = click.option("--json", "as_json", is_flag=True, help="answer in JSON")
    return lambda work: group.command(name)(as_json(work))


def tell(as_json: bool, sentence: str, **facts: Any) -> None:  # noqa: FBT001
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


@contextmanager
def register(env: Mapping[str, str] = _AS_IT_IS, *, ready: bool = True) -> Iterator[None]:
    """Work on the database of this environment and commit when all went well."""
    with make_app(env).app_context():
        try:
            if ready:
                check_ready()
            yield
            db.session.commit()
        finally:
            db.session.remove()
            db.engine.dispose()


def make_app(env: Mapping[str, str]) -> Flask:
    return create_app({**os.environ, **env})


def check_ready() -> None:
    present = revisions.present()
    if present is None or (present == revisions.newest() and regions.register() is None):
        raise Refused("There is no register in this database yet: registry init --region AGS")
    if present != revisions.newest():
        raise Refused("This database is of another version of the program: registry migrate")
