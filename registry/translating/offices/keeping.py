"""Files that came back, kept beside those of imports until they are taken in or a day has gone."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from registry.access.policy import Who
from registry.core.errors import NotFound
from registry.exchange.sheets import uploads
from registry.translating.offices.services import Job

WHAT = ("texts", "about")


def keep(who: Who, stream: BinaryIO, name: str, *, machine: bool) -> UUID:
    """Store a file that somebody brings; only they will find it again."""
    found = uuid4()
    uploads.keep(found, stream, "texts")
    about = {"user": who.user_id, "name": name[:200], "machine": machine}
    path = uploads.path_of(found, "about")
    path.touch(mode=0o600)
    path.write_text(json.dumps(about), encoding="utf-8")
    return found


def find(who: Who, uuid: UUID) -> tuple[Job, Mapping[str, Any]]:
    """Return a file that `who` brought, and what they said about it."""
    try:
        about = json.loads(uploads.path_of(uuid, "about").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound from None
    path = uploads.path_of(uuid, "texts")
    if about["user"] != who.user_id or not path.exists():
        raise NotFound
    return Job(path, about["machine"]), about


def remove(uuid: UUID) -> None:
    uploads.remove(uuid, *WHAT)
