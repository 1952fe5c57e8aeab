"""Files that data leaves in: complete or not there at all, and readable by their owner alone."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from tqdm import tqdm


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """Write beside the target and put the file in its place when everything has been written."""
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def text_output(target: str) -> Iterator[TextIO]:
    """Open a private text file, or the standard output for "-"."""
    if target == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    with private_text(Path(target)) as file:
        yield file


@contextmanager
def private_text(path: Path) -> Iterator[TextIO]:
    """Write a private text file; it is complete or not there at all."""
    with private_file(path) as raw:
        file = TextIOWrapper(raw, encoding="utf-8", newline="")
        yield file
        file.flush()
        file.detach()


def bar(label: str, total: int) -> "tqdm[Any]":
    """Return a progress bar for somebody who watches; silent where nobody does."""
    return tqdm(desc=label, total=total, disable=None, leave=False, dynamic_ncols=True)
