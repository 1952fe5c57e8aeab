"""What was erased, noted beside the database, so that a restore elsewhere can erase it again.

A line of JSON for each erasure: digests with their salt and which rows they are about, nothing in
clear. The file holds more than the database where several share its folder; that does no harm.
"""

import json
import logging
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import current_app

from registry.privacy.persons.queries import Memory

log = logging.getLogger("registry.privacy")


def own_file() -> Path:
    return Path(current_app.config["ERASURES_FILE"])


def read(path: Path) -> list[Memory]:
    """Return what a file remembers; ValueError, KeyError or TypeError where it is none of ours."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [Memory(**row | {"at": datetime.fromisoformat(row["at"])}) for row in rows]


def write(memories: Iterable[Memory], since: datetime) -> None:
    """Add to the file what it lacks, and forget what is older than `since`.

    Where that cannot be done, the log of the server says so.
    """
    path, beside = own_file(), own_file().with_suffix(".new")
    try:
        known = {each.digest: each for each in read(path)} if path.exists() else {}
        known |= {each.digest: each for each in memories}
        kept = [each for each in known.values() if each.at and each.at >= since]
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(vars(each), default=str) + "\n" for each in kept)
        os.replace(beside, path)
    except (OSError, ValueError, KeyError, TypeError):
        log.exception("What was erased could not be noted in %s", path)
