"""Templates of a word processor, taken apart by a limited process before anybody uses them."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from registry.conferences.letters.filling import OF_TEMPLATE
from registry.conferences.letters.merging import parsing
from registry.core.errors import Invalid

MAX_BYTES = 4 * 1024 * 1024
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Template:
    """A template in pieces: XML, or (name, look of its run). `parts` are the other files."""

    parts: Mapping[str, bytes]
    pieces: Sequence[Any]
    section: str
    names: Sequence[str]

    @property
    def before(self) -> str:
        return str(self.pieces[0])

    @property
    def letter(self) -> Sequence[Any]:
        return self.pieces[1:-1]

    @property
    def after(self) -> str:
        return str(self.pieces[-1])


def opened(file: bytes) -> Template:
    """Return a template, or raise Invalid: what is wrong with it, unknown placeholders by name."""
    if len(file) > MAX_BYTES:
        raise _refused(_("This file is larger than 4 MB. Please choose a smaller one."))
    told = _taken_apart(file)
    if "refused" in told:
        raise _refused(_why(told["refused"], told["names"]))
    if unknown := [name for name in told["names"] if name not in OF_TEMPLATE]:
        listed = ", ".join(name[:40] or "?" for name in unknown[:10])
        raise _refused(_("Unknown placeholders: %(names)s", names=listed))
    parts = {name: base64.b64decode(content) for name, content in told["parts"].items()}
    return Template(parts, told["pieces"], told["section"], told["names"])


def _taken_apart(file: bytes) -> dict[str, Any]:
    program = [sys.executable, "-P", str(Path(parsing.__file__))]
    broken: dict[str, Any] = {"refused": "broken", "names": []}
    try:
        done = subprocess.run(  # noqa: S603 (our own program, nothing of the user's in its name)
            program, input=file, capture_output=True, timeout=PATIENCE, check=False, env={}
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return broken
    return told


def _refused(message: str) -> Invalid:
    return Invalid({"template": [message]})


def _why(code: str, names: Sequence[str]) -> str:
    messages = {
        "active": _("This document holds macros or embedded files. Please save it without them."),
        "fetches": _("This document fetches something from elsewhere. Please remove the link."),
        "elsewhere": _(
            "Placeholders in header, footer or notes are not filled: %(names)s",
            names=", ".join(names[:10]),
        ),
        "too_large": _("This document is too large."),
    }
    return messages.get(code) or _(
        "This file is no document that can be used. Please save it as DOCX."
    )
