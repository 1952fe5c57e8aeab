"""Pictures that people bring, drawn anew by a limited process before anybody gets to see them."""

import subprocess
import sys
from pathlib import Path

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.regions.settings import redraw

PATIENCE = 30  # seconds


def drawn(picture: bytes, use: str, field: str) -> bytes:
    """Return a picture (PNG, JPEG, WebP) with nothing but its pixels.

    `use` is what it is for (`redraw.USES`), `field` the input that an error belongs to.
    """
    program = [sys.executable, "-P", str(Path(redraw.__file__)), use]
    try:
        done = subprocess.run(  # noqa: S603 (our own program, nothing of the user's in its name)
            program, input=picture, capture_output=True, timeout=PATIENCE, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise Invalid({field: [_unreadable()]}) from None
    if done.returncode == redraw.TOO_LARGE:
        raise Invalid({field: [_("This picture has too many pixels. Please make it smaller.")]})
    if done.returncode or not done.stdout:
        raise Invalid({field: [_unreadable()]})
    return done.stdout


def _unreadable() -> str:
    return _("This file is no picture that can be used. Please choose a PNG, JPEG or WebP file.")
