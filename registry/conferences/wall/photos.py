"""Photos that people bring: how large they may be, and drawing them anew."""

from dataclasses import dataclass, field
from io import BytesIO

from flask_babel import gettext as _
from PIL import Image

from registry.core.errors import Invalid
from registry.regions.settings.drawing import drawn

MAX_MB = 20
MAX_BYTES = MAX_MB * 1024 * 1024


@dataclass(frozen=True)
class Picture:
    """A photo as it may be kept: pixels alone, nothing of where and when it was taken."""

    width: int
    height: int
    content: bytes = field(repr=False)


def taken(content: bytes) -> Picture:
    """Return a photo drawn anew as a JPEG; raises Invalid where it is too large or none."""
    if not content:
        raise Invalid({"photo": [_("Please choose a photo.")]})
    if len(content) > MAX_BYTES:
        message = _("This photo is larger than %(most)s MB. Please choose a smaller one.")
        raise Invalid({"photo": [message % {"most": MAX_MB}]})
    made = drawn(content, "photo", "photo")
    with Image.open(BytesIO(made), formats=("JPEG",)) as picture:
        return Picture(picture.width, picture.height, made)
