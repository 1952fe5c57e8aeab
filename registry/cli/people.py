"""Accounts."""

import secrets
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import click

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Grant
from registry.accounts.people.services import invite
from registry.accounts.services import create_user
from registry.actors.queries import load_actor
from registry.cli.base import Refused, command, register, tell
from registry.core.errors import NotFound
from registry.core.i18n import languages
from registry.exchange.reference import check_region


def with_role(work: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a role and where it holds."""
    for option in (
        click.option("--actor", type=click.UUID, help="the one actor an actor_editor keeps"),
        click.option("--region", default="", help="official key (AGS); empty: everywhere"),
        click.option("--role", required=True, type=click.Choice([role.value for role in Role])),
    ):
        work = option(work)
    return work


@command("create-user")
@click.argument("mail")
@with_role
@click.option("--password-stdin", is_flag=True, help="read the password from standard input")
def new_user(
    *, mail: str, role: str, region: str, actor: UUID | None, password_stdin: bool, as_json: bool
) -> None:
    """Create an account; without a given password one is made and shown once."""
    with register():
        grant = _grant(Role(role), region, actor)
        given = _asked_password(from_input=password_stdin)
        password = given or secrets.token_urlsafe(12)
        user = create_user(
            CONSOLE, mail, password, grant.role, grant.region, actor_id=grant.actor_id
        )
        facts = {"email": user.email, "role": role, "region": grant.region}
        once = {} if given else {"password": password}
        shown = f" Password (shown only this once): {password}" if once else ""
        tell(as_json, f"{user.email} can sign in.{shown}", **facts, **once)


@command("invite")
@click.argument("mail")
@with_role
def invited(*, mail: str, role: str, region: str, actor: UUID | None, as_json: bool) -> None:
    """Invite an address by mail; a known one gets the role at once."""
    with register():
        grant = _grant(Role(role), region, actor)
        made = invite(CONSOLE, mail, grant, languages()[0].tag)
        done = "is invited" if made.letter else "already has an account, now with this role"
        facts = {"email": made.user.email, "role": role, "region": grant.region}
        tell(as_json, f"{made.user.email} {done}.", **facts, invited=made.letter)


def _grant(role: Role, region: str, actor: UUID | None) -> Grant:
    if (role is Role.ACTOR_EDITOR) != (actor is not None):
        raise Refused("--actor UUID belongs to the role actor_editor, and only to it.")
    if actor is not None:
        try:
            kept = load_actor(CONSOLE, actor)
        except NotFound:
            raise Refused(f"There is no actor {actor}.") from None
        return Grant(role, kept.region, kept.id)
    if region or role is not Role.ADMINISTRATOR:
        check_region(region)
    return Grant(role, region)


def _asked_password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    asked: str = click.prompt(
        "Password (empty: make one)", "", hide_input=True, show_default=False, err=True
    )
    return asked
