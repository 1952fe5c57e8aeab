"""The `registry` command: what an operator does at the machine itself."""

import json
import logging
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.services import create_user
from registry.app import create_app
from registry.config import SETTINGS, Settings, SettingsError
from registry.core.db import db
from registry.core.errors import AppError, Invalid
from registry.core.forms import messages
from registry.exchange import revisions
from registry.exchange.backup import backup as write_backup
from registry.exchange.backup import restore as read_backup
from registry.exchange.demo import remove_demo, seed_demo
from registry.exchange.export import KINDS, WRITERS
from registry.exchange.export import export as write_export
from registry.exchange.files import text_output
from registry.exchange.reference import check_region, set_up_register
from registry.exchange.synthetic import seed_synthetic
from registry.regions import queries as regions
from registry.server import DEMO_ADMINISTRATOR, address, own_key, prepare_demo, waitress

MAX_SYNTHETIC = 1_000_000


class Refused(click.ClickException):
    """What was asked for is not possible here; the message is one clear line."""


@click.group(help="Runs and looks after a register.")
def commands() -> None: ...


def _command(name: str, group: click.Group = commands) -> Callable[[Any], click.Command]:
    """Declare a command that also answers in JSON."""
    as_json = click.option("--json", "as_json", is_flag=True, help="answer in JSON")
    return lambda work: group.command(name)(as_json(work))


def _tell(as_json: bool, sentence: str, **facts: Any) -> None:  # noqa: FBT001
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


@contextmanager
def _register(*, ready: bool = True) -> Iterator[None]:
    """Work on the database of this environment and commit when all went well."""
    with _app({}).app_context():
        try:
            if ready:
                _check_ready()
            yield
            db.session.commit()
        finally:
            db.session.remove()
            db.engine.dispose()


def _app(env: dict[str, str]) -> Flask:
    return create_app({**os.environ, **env})


def _check_ready() -> None:
    present = revisions.present()
    if present is None or (present == revisions.newest() and regions.register() is None):
        raise Refused("There is no register in this database yet: registry init --region AGS")
    if present != revisions.newest():
        raise Refused("This database is of another version of the program: registry migrate")


@_command("init")
@click.option("--region", required=True, help="official key (AGS), e.g. 09576")
def init(*, region: str, as_json: bool) -> None:
    """Set up an empty register for a region."""
    with _register(ready=False):
        check_region(region)
        revisions.migrate()
        if there := regions.register():
            raise Refused(
                f"There is already a register in this database: {there.name} ({there.ags})"
            )
        set_up_register(CONSOLE, region)
        _tell(as_json, f"The register for {region} is ready.", region=region)


@_command("migrate")
def migrate(*, as_json: bool) -> None:
    """Bring the tables of a database to this version of the program."""
    with _register(ready=False):
        before = revisions.present()
        revisions.migrate()
        after = revisions.present()
        _tell(as_json, f"The tables are at version {after}.", before=before, after=after)


@_command("serve")
@click.option("--host", help="address to listen on, instead of HOST")
@click.option("--port", help="port to listen on, instead of PORT")
@click.option("--demo", is_flag=True, help="fill an empty database first; on this machine only")
def serve(*, host: str | None, port: str | None, demo: bool, as_json: bool) -> None:
    """Answer browsers until stopped."""
    env = {name: value for name, value in {"HOST": host, "PORT": port}.items() if value}
    settings = Settings.from_env({**os.environ, **env})
    settings.refuse_weak_key()
    if demo and not settings.on_loopback:
        raise Refused("--demo is for this machine only: use registry init and create-user instead.")
    app = _app(env if settings.secret_key else {**env, "SECRET_KEY": own_key()})
    with app.app_context():
        password = prepare_demo() if demo else None
        _check_ready()
    server = waitress(app, settings)
    _tell_address(as_json, address(settings, server.effective_port), password)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    server.run()


def _tell_address(as_json: bool, where: str, password: str | None) -> None:  # noqa: FBT001
    lines, facts = [f"The register is at {where}"], {"address": where}
    if password:
        lines += [f"Sign in as {DEMO_ADMINISTRATOR} with {password} (shown only this once)"]
        facts |= {"email": DEMO_ADMINISTRATOR, "password": password}
    _tell(as_json, "\n".join(lines), **facts)
    sys.stdout.flush()


@_command("seed")
@click.option("--demo", is_flag=True, help="the demo region (this, if nothing else is asked for)")
@click.option(
    "--synthetic", type=click.IntRange(1, MAX_SYNTHETIC), help="this many invented offers"
)
def seed(*, demo: bool, synthetic: int | None, as_json: bool) -> None:
    """Add example data."""
    with _register():
        actors, offers = seed_demo(CONSOLE) if demo or not synthetic else (0, 0)
        invented = seed_synthetic(CONSOLE, synthetic, date.today()) if synthetic else 0
        facts = {"actors": actors, "offers": offers, "synthetic": invented}
        _tell(as_json, f"Added {actors} actors, {offers} offers, {invented} invented.", **facts)


@commands.group("demo")
def demo() -> None:
    """Handle example data."""


@_command("remove", demo)
def remove(*, as_json: bool) -> None:
    """Delete all example data."""
    with _register():
        actors, offers = remove_demo(CONSOLE)
        facts = {"actors": actors, "offers": offers}
        _tell(as_json, f"Deleted {actors} actors and {offers} offers.", **facts)


@_command("create-user")
@click.argument("mail")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--region", default="", help="official key (AGS); empty: everywhere")
@click.option("--password-stdin", is_flag=True, help="read the password from standard input")
def new_user(*, mail: str, role: str, region: str, password_stdin: bool, as_json: bool) -> None:
    """Create an account; without a given password one is made and shown once."""
    with _register():
        if region or role != Role.ADMINISTRATOR.value:
            check_region(region)
        given = _asked_password(from_input=password_stdin)
        password = given or secrets.token_urlsafe(12)
        user = create_user(CONSOLE, mail, password, Role(role), region)
        facts = {"email": user.email, "role": role, "region": region}
        once = {} if given else {"password": password}
        shown = f" Password (shown only this once): {password}" if once else ""
        _tell(as_json, f"{user.email} can sign in.{shown}", **facts, **once)


def _asked_password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    asked: str = click.prompt(
        "Password (empty: make one)", "", hide_input=True, show_default=False, err=True
    )
    return asked


@_command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--format", "form", required=True, type=click.Choice(list(WRITERS)))
@click.option("--output", default="-", help="file to write; - is the standard output")
def export(*, kind: str, form: str, output: str, as_json: bool) -> None:
    """Write what everyone may see to a file."""
    with _register(), text_output(output) as file:
        count = write_export(kind, form, file, date.today())
    if output != "-":
        _tell(as_json, f"{count} {kind} in {output}", kind=kind, count=count, file=output)


@_command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(*, file: Path, as_json: bool) -> None:
    """Write the whole database to one file, while others go on working."""
    with _register():
        rows = write_backup(CONSOLE, file)
        _tell(as_json, f"{rows} rows in {file}", rows=rows, file=str(file))


@_command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="overwrite what is in the database")
def restore(*, file: Path, replace: bool, as_json: bool) -> None:
    """Fill an empty database from a backup."""
    with _register(ready=False):
        rows = read_backup(CONSOLE, file, replace=replace)
        _tell(as_json, f"{rows} rows from {file}", rows=rows, file=str(file))


@_command("help")
def show_help(*, as_json: bool) -> None:
    """Show every command and every setting."""
    usages = dict(_usages(commands, "registry"))
    settings = {name: {"default": d, "meaning": m} for name, (d, m) in SETTINGS.items()}
    lines = ["Commands", *(f"  {usage}\n      {text}" for usage, text in usages.items())]
    lines += ["", "Settings (environment variables)"]
    for name, (default, meaning) in SETTINGS.items():
        lines.append(f"  {name}{f' [{default}]' if default else ''}\n      {meaning}")
    _tell(as_json, "\n".join(lines), commands=usages, settings=settings)


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


def main(arguments: list[str] | None = None) -> int:
    """Run a command; a failure is one line on the standard error and a status above zero."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        commands.main(given or ["help"], "registry", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except (
        click.ClickException,
        SettingsError,
        AppError,
        SQLAlchemyError,
        OSError,
        ImportError,
    ) as e:
        click.echo(f"registry: {_explained(e)}", err=True)
        return 1
    return 0


def _explained(error: Exception) -> str:
    match error:
        case click.UsageError():
            return f"{error.format_message()} (see: registry help)"
        case click.ClickException():
            return error.format_message()
        case Invalid():
            return "; ".join(f"{name}: {' '.join(messages(e))}" for name, e in error.errors.items())
        case AppError():
            return f"refused: {error.code}"
        case DBAPIError():
            return f"database: {_first_line(error.orig)}"
        case ModuleNotFoundError():
            return f"DATABASE_URL needs a package that is not installed: {error.name}"
        case OSError() if error.filename:
            return f"{error.filename}: {error.strerror}"
    return _first_line(error)


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
