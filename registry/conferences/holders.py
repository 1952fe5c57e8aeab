"""Organisations that a form names: to have a duty, a turn, or a house where conferences meet."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from registry.actors.models import Actor
from registry.network.bodies import queries
from registry.network.bodies.chosen import actor_of


def chosen(value: Any) -> UUID:
    """Return the public id that a loaded choice of an actor names; the nil id for none."""
    return actor_of(value) or UUID(int=0)


def known(region: str, values: Iterable[Any]) -> dict[UUID, Actor]:
    """Return those of the chosen actors that belong to a region and are not archived."""
    return queries.load_actors(region, (chosen(value) for value in values))
