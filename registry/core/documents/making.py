"""Making a PDF or a picture of a template in `templates/documents`, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

import fontpkg_fira_sans

from registry.config import resource_dir
from registry.core.documents import typeset

PATIENCE = 180  # seconds
VENDOR = Path(__file__).parent.parent.parent / "static" / "vendor"
FONTS = (Path(fontpkg_fira_sans.ROOT) / "files", VENDOR / "fonts")
_ONE_AT_A_TIME = Lock()  # it takes all the processor there is


class CannotSet(Exception):
    """A document could not be made; the message is what the typesetter said."""


def pdf(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of `templates/documents/<template>.typ`."""
    return _made("pdf", template, [data], made_at)[0]


def archived(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a tagged PDF that can be kept for good (PDF/A-3a), with the files it carries."""
    return _made("archive", template, [data], made_at)[0]


def png(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return the only page of `templates/documents/<template>.typ` as a picture for screens."""
    return _made("png", template, [data], made_at)[0]


def counted(
    template: str, data: Mapping[str, Any], made_at: datetime, what: str
) -> Iterator[int | bytes]:
    """Yield how many entries of the list `what` are set, as it goes on, and last the PDF."""
    return _making("pdf", template, [data], made_at, what)


def one_by_one(
    template: str, several: Iterable[Mapping[str, Any]], made_at: datetime
) -> Iterator[bytes]:
    """Yield a tagged PDF of each of several data, each as soon as it is made."""
    for made in _making("pdf", template, several, made_at):
        if isinstance(made, bytes):
            yield made


def _made(
    form: str, template: str, several: Iterable[Mapping[str, Any]], made_at: datetime
) -> list[bytes]:
    found = _making(form, template, several, made_at)
    return [each for each in found if isinstance(each, bytes)]


def _making(
    form: str,
    template: str,
    several: Iterable[Mapping[str, Any]],
    made_at: datetime,
    what: str = "",
) -> Iterator[int | bytes]:
    asked = {
        "form": form,
        "root": str((resource_dir("templates") / "documents").resolve()),
        "template": f"{template}.typ",
        "fonts": [str(folder) for folder in FONTS],
        "data": [json.dumps(data, ensure_ascii=False) for data in several],
        "counted": what,
        "made_at": int(made_at.timestamp()),
    }
    with _ONE_AT_A_TIME, _typesetter() as child:
        with suppress(BrokenPipeError), child.stdin:
            child.stdin.write(json.dumps(asked, ensure_ascii=False).encode())
        yield from _divided(child.stdout)
        said = child.stderr.read()  # little: how it ended
        if child.wait():
            raise CannotSet(said.decode("utf-8", "replace")[-2000:])


@contextmanager
def _typesetter() -> Iterator[Any]:
    """Start the typesetter; it ends with whoever asked, and where it takes too long."""
    child = subprocess.Popen(  # noqa: S603 (our own program, nothing of a user's in its name)
        [sys.executable, "-P", str(Path(typeset.__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"RAYON_NUM_THREADS": "2"},  # others answer meanwhile
    )
    patience = Timer(PATIENCE, child.kill)
    patience.daemon = True
    patience.start()
    try:
        with child:
            try:
                yield child
            finally:
                child.kill()
    finally:
        patience.cancel()


def _divided(told: IO[bytes]) -> Iterator[int | bytes]:
    """Yield what was written: how many pieces are set, and documents, each behind its length."""
    while head := told.read(1 + typeset.LENGTH):
        number = int.from_bytes(head[1:], "big")
        if head[:1] == typeset.COUNT:
            yield number
            continue
        made = told.read(number)
        if len(made) == number:  # else it was ended before
            yield made
