"""Whom a form names: an actor by its public id, as the schemas load it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID


def actor_of(value: Any) -> UUID | None:
    """Return the public id that a loaded choice of an actor names."""
    uuid: UUID | None = value.get("uuid") if isinstance(value, Mapping) else value
    return uuid
