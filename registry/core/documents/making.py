"""Making a PDF or a picture of a template in `templates/documents`, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Mapping
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
    return _made("pdf", template, data, made_at)


def png(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return the only page of `templates/documents/<template>.typ` as a picture for screens."""
    return _made("png", template, data, made_at)


def _made(form: str, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    asked = {
        "form": form,
        "root": str((resource_dir("templates") / "documents").resolve()),
        "template": f"{template}.typ",
        "fonts": [str(folder) for folder in FONTS],
        "data": json.dumps(data, ensure_ascii=False),
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
    return done.stdout
