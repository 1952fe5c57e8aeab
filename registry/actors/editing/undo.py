"""Bringing back what was just archived."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import request

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors.models import Status
from registry.core.errors import NotFound
from registry.core.listing import as_uuid


def archived(load: Callable[[Who, UUID], Any], permission: Permission) -> Any:
    """Return what was just archived, as long as this person can bring it back."""
    uuid = as_uuid(request.args.get("archived"))
    try:
        row = load(who(), uuid) if uuid else None
    except NotFound:
        return None
    undoable = row and row.status == Status.ARCHIVED and may(permission.value, row)
    return row if undoable else None
