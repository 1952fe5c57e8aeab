"""The register's conferences: what they are, whom they invite, what goes out to them."""

from registry.cli.base import commands


@commands.group("conference")
def conference() -> None:
    """Hand out what a conference needs, take in answers, arrange people."""
