"""Setting up, serving, and example data."""

import logging
import os
import sys
from datetime import date

import click

from registry.access.policy import CONSOLE
from registry.cli.base import Refused, check_ready, command, commands, make_app, register, tell
from registry.conferences import demo as conferences
from registry.config import Settings
from registry.exchange import revisions
from registry.exchange.demo import remove_demo, seed_demo
from registry.exchange.reference import check_region, set_up_register
from registry.exchange.synthetic import seed_synthetic
from registry.network import demo as network
from registry.regions import queries as regions
from registry.server import DEMO_ADMINISTRATOR, address, prepare_demo, waitress, with_key

MAX_SYNTHETIC = 1_000_000


@command("init")
@click.option("--region", required=True, help="official key (AGS), e.g. 09576")
def init(*, region: str, as_json: bool) -> None:
    """Set up an empty register for a region."""
    with register(ready=False):
        check_region(region)
        revisions.migrate()
        if there := regions.register():
            raise Refused(
                f"There is already a register in this database: {there.name} ({there.ags})"
            )
        set_up_register(CONSOLE, region)
        tell(as_json, f"The register for {region} is ready.", region=region)


@command("migrate")
def migrate(*, as_json: bool) -> None:
    """Bring the tables of a database to this version of the program."""
    with register(ready=False):
        before = revisions.present()
        revisions.migrate()
        after = revisions.present()
        tell(as_json, f"The tables are at version {after}.", before=before, after=after)


@command("serve")
@click.option("--host", help="address to listen on, instead of HOST")
@click.option("--port", help="port to listen on, instead of PORT")
@click.option("--demo", is_flag=True, help="fill an empty database first; on this machine only")
def serve(*, host: str | None, port: str | None, demo: bool, as_json: bool) -> None:
    """Answer browsers until stopped."""
    env = {name: value for name, value in {"HOST": host, "PORT": port}.items() if value}
    settings = Settings.from_env({**os.environ, **env})
    keyed = with_key(settings, env)
    if demo and not settings.on_loopback:
        raise Refused("--demo is for this machine only: use registry init and create-user instead.")
    app = make_app(keyed)
    with app.app_context():
        password = prepare_demo() if demo else None
        check_ready()
    server = waitress(app, settings)
    _tell_address(as_json, address(settings, server.effective_port), password)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    server.run()


def _tell_address(as_json: bool, where: str, password: str | None) -> None:  # noqa: FBT001
    lines, facts = [f"The register is at {where}"], {"address": where}
    if password:
        lines += [f"Sign in as {DEMO_ADMINISTRATOR} with {password} (shown only this once)"]
        facts |= {"email": DEMO_ADMINISTRATOR, "password": password}
    tell(as_json, "\n".join(lines), **facts)
    sys.stdout.flush()


@command("seed")
@click.option("--demo", is_flag=True, help="the demo region (this, if nothing else is asked for)")
@click.option(
    "--synthetic", type=click.IntRange(1, MAX_SYNTHETIC), help="this many invented offers"
)
def seed(*, demo: bool, synthetic: int | None, as_json: bool) -> None:
    """Add example data."""
    with register():
        actors, offers = (0, 0)
        if demo or not synthetic:
            actors, offers = seed_demo(CONSOLE)
            network.seed(CONSOLE, date.today())
            conferences.seed(CONSOLE, date.today())
        invented = seed_synthetic(CONSOLE, synthetic, date.today()) if synthetic else 0
        facts = {"actors": actors, "offers": offers, "synthetic": invented}
        tell(as_json, f"Added {actors} actors, {offers} offers, {invented} invented.", **facts)


@commands.group("demo")
def demo() -> None:
    """Handle example data."""


@command("remove", demo)
def remove(*, as_json: bool) -> None:
    """Delete all example data."""
    with register():
        conferences.remove(CONSOLE)
        network.remove(CONSOLE)
        actors, offers = remove_demo(CONSOLE)
        facts = {"actors": actors, "offers": offers}
        tell(as_json, f"Deleted {actors} actors and {offers} offers.", **facts)
