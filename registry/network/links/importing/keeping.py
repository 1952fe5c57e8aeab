"""Files that wait between the trial and the import, beside those of other imports."""

import json
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from registry.access.policy import Who
from registry.core.errors import NotFound
from registry.exchange.sheets import uploads

WHAT = ("links", "about")


def keep(who: Who, stream: BinaryIO, name: str) -> UUID:
    """Store a file that somebody brings; only they will find it again."""
    found = uuid4()
    uploads.keep(found, stream, "links")
    path = uploads.path_of(found, "about")
    path.touch(mode=0o600)
    path.write_text(json.dumps({"user": who.user_id, "name": name[:200]}), encoding="utf-8")
    return found


def find(who: Who, uuid: UUID) -> tuple[Path, str]:
    """Return a file that `who` brought, and what it was called."""
    try:
        about = json.loads(uploads.path_of(uuid, "about").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound from None
    path = uploads.path_of(uuid, "links")
    if about["user"] != who.user_id or not path.exists():
        raise NotFound
    return path, about["name"]


def remove(uuid: UUID) -> None:
    uploads.remove(uuid, *WHAT)
