"""Making a PDF or a picture of a template in `templates/documents`, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

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


def pdfs(template: str, several: Iterable[Mapping[str, Any]], made_at: datetime) -> list[bytes]:
    """Return a tagged PDF of each of several data, as `pdf` does."""
    return _made("pdf", template, several, made_at)


def archived(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a tagged PDF that can be kept for good (PDF/A-3a), with the files it carries."""
    return _made("archive", template, [data], made_at)[0]


def png(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return the only page of `templates/documents/<template>.typ` as a picture for screens."""
    return _made("png", template, [data], made_at)[0]


def _made(
    form: str, template: str, several: Iterable[Mapping[str, Any]], made_at: datetime
) -> list[bytes]:
    asked = {
        "form": form,
        "root": str((resource_dir("templates") / "documents").resolve()),
        "template": f"{template}.typ",
        "fonts": [str(folder) for folder in FONTS],
        "data": [json.dumps(data, ensure_ascii=False) for data in several],
        "made_at": int(made_at.timestamp()),
    }
    with _ONE_AT_A_TIME:
        done = subprocess.run(  # noqa: S603 (our own program, nothing of a user's in its name)
            [sys.executable, "-P", str(Path(typeset.__file__))],
            input=json.dumps(asked, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={"RAYON_NUM_THREADS": "2"},  # others answer meanwhile
            check=False,
        )
    if done.returncode or not done.stdout:
        raise CannotSet(done.stderr.decode("utf-8", "replace")[-2000:])
    return list(_divided(done.stdout))


def _divided(told: bytes) -> Iterator[bytes]:
    """Yield the documents that were written one after the other, each behind its length."""
    at = 0
    while at < len(told):
        begins = at + typeset.LENGTH
        at = begins + int.from_bytes(told[at:begins], "big")
        yield told[begins:at]
