"""Uploaded pictures, drawn anew by a limited process before anybody gets to see them."""

import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.regions.settings import redraw

MAX_BYTES = 1024 * 1024
PATIENCE = 15  # seconds


def redrawn(picture: bytes) -> bytes:
    """Return a picture (PNG, JPEG, WebP) as a PNG without anything but its pixels."""
    if len(picture) > MAX_BYTES:
        raise Invalid({"logo": [_("This file is larger than 1 MB. Please choose a smaller one.")]})
    program = [sys.executable, "-P", str(Path(redraw.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 (our own program, nothing of the user's in its name)
            program, input=picture, capture_output=True, timeout=PATIENCE, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise Invalid({"logo": [_unreadable()]}) from None
    if done.returncode == redraw.TOO_LARGE:
        raise Invalid({"logo": [_("This picture has too many pixels. Please make it smaller.")]})
    if done.returncode or not done.stdout:
        raise Invalid({"logo": [_unreadable()]})
    return done.stdout


def key_of(png: bytes) -> str:
    """Return what tells one picture from another."""
    return blake2b(png, digest_size=8).hexdigest()


def _unreadable() -> str:
    return _("This file is no picture that can be used. Please choose a PNG, JPEG or WebP file.")
