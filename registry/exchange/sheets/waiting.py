"""Files that wait between being looked at and being taken in, beside those of imports.

Only whoever brought one finds it again; it is gone when it was taken in, or after a day.
"""

import json
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from registry.access.policy import Who
from registry.core.errors import NotFound
from registry.exchange.sheets import uploads

ABOUT = "about"


def keep(who: Who, what: str, stream: IO[bytes], name: str, **facts: Any) -> UUID:
    """Store a file of some kind and what is to be known of it; return how to find it again."""
    found = uuid4()
    uploads.keep(found, stream, what)
    path = uploads.path_of(found, ABOUT)
    path.touch(mode=0o600)
    told = {"user": who.user_id, "name": name[:200], **facts}
    path.write_text(json.dumps(told), encoding="utf-8")
    return found


def find(who: Who, what: str, uuid: UUID) -> tuple[Path, dict[str, Any]]:
    """Return a file that `who` brought, and what is known of it, or raise NotFound."""
    try:
        about: dict[str, Any] = json.loads(uploads.path_of(uuid, ABOUT).read_text("utf-8"))
    except FileNotFoundError:
        raise NotFound from None
    path = uploads.path_of(uuid, what)
    if about["user"] != who.user_id or not path.exists():
        raise NotFound
    return path, about


def remove(what: str, uuid: UUID) -> None:
    uploads.remove(uuid, what, ABOUT)
