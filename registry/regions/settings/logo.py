"""A register's logo, drawn anew before anybody gets to see it."""

from hashlib import blake2b

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.regions.settings.drawing import drawn

MAX_BYTES = 1024 * 1024


def redrawn(picture: bytes) -> bytes:
    """Return a picture (PNG, JPEG, WebP) as a PNG without anything but its pixels."""
    if len(picture) > MAX_BYTES:
        raise Invalid({"logo": [_("This file is larger than 1 MB. Please choose a smaller one.")]})
    return drawn(picture, "logo", "logo")


def key_of(png: bytes) -> str:
    """Return what tells one picture from another."""
    return blake2b(png, digest_size=8).hexdigest()
