"""Accounts."""

import secrets
import sys

import click

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.services import create_user
from registry.cli.base import command, register, tell
from registry.exchange.reference import check_region


@command("create-user")
@click.argument("mail")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--region", default="", help="official key (AGS); empty: everywhere")
@click.option("--password-stdin", is_flag=True, help="read the password from standard input")
def new_user(*, mail: str, role: str, region: str, password_stdin: bool, as_json: bool) -> None:
    """Create an account; without a given password one is made and shown once."""
    with register():
        if region or role != Role.ADMINISTRATOR.value:
            check_region(region)
        given = _asked_password(from_input=password_stdin)
        password = given or secrets.token_urlsafe(12)
        user = create_user(CONSOLE, mail, password, Role(role), region)
        facts = {"email": user.email, "role": role, "region": region}
        once = {} if given else {"password": password}
        shown = f" Password (shown only this once): {password}" if once else ""
        tell(as_json, f"{user.email} can sign in.{shown}", **facts, **once)


def _asked_password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    asked: str = click.prompt(
        "Password (empty: make one)", "", hide_input=True, show_default=False, err=True
    )
    return asked
