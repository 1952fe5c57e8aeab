"""The files of imports: private, beside the database, and gone when they are no longer needed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from flask import current_app

CHUNK = 1024 * 1024  # bytes


def path_of(run: UUID, what: str) -> Path:
    """Return where a file of an import lies, as "upload", "report", "rejected" or "lock"."""
    return folder() / f"{run}.{what}"


def folder() -> Path:
    found = Path(current_app.config["IMPORT_DIR"])
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def keep(run: UUID, stream: IO[bytes], what: str = "upload") -> int:
    """Store an uploaded file piece by piece; return its bytes."""
    handle = os.open(path_of(run, what), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    size = 0
    with os.fdopen(handle, "wb") as file:
        while piece := stream.read(CHUNK):
            size += file.write(piece)
    return size


def remove(run: UUID, *what: str) -> None:
    for each in what or ("upload", "report", "rejected", "lock"):
        path_of(run, each).unlink(missing_ok=True)


def count_old(before: datetime) -> int:
    return len(_old(before))


def sweep(before: datetime) -> int:
    """Remove the files that nobody has touched since; return how many."""
    old = _old(before)
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _old(before: datetime) -> list[Path]:
    files = (path for path in folder().iterdir() if path.is_file())
    return [path for path in files if path.stat().st_mtime < before.timestamp()]


@contextmanager
def locked(run: UUID) -> Iterator[bool]:
    """Say that an import is worked on, as long as this process lives; yield False if one is."""
    handle = os.open(path_of(run, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _take(handle)
    finally:
        os.close(handle)


def is_worked_on(run: UUID) -> bool:
    """Return whether a process works on an import: one that was killed does not."""
    try:
        handle = os.open(path_of(run, "lock"), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _take(handle)
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
