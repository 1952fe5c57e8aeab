"""The entry point: run a command, and put every failure into one line."""

import sys

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from registry.cli import (  # noqa: F401 (they declare the commands)
    arranging,
    campaigns,
    data,
    invitations,
    letters,
    mail,
    mailing,
    network,
    people,
    privacy,
    running,
    sheets,
    usage,
)
from registry.cli.base import commands
from registry.config import SettingsError
from registry.core.errors import AppError, Invalid
from registry.core.forms import messages


def main(arguments: list[str] | None = None) -> int:
    """Run a command; a failure is one line on the standard error and a status above zero."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        status = commands.main(given or ["help"], "registry", standalone_mode=False)
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
    return status if isinstance(status, int) else 0


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
