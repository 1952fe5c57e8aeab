"""Read a picture from standard input and write it anew: pixels, nothing else.

Run as a program of its own (`drawing.py` does), with what it is for as its argument: a logo becomes
a small PNG, a photo a JPEG. Whatever a forged picture makes of the decoder happens here, where
memory, time and files are limited. The exit status says what was wrong.
"""

import resource
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import Any

FORMATS = ("PNG", "JPEG", "WEBP")
MEMORY = 768 * 1024 * 1024
UNREADABLE, TOO_LARGE = 3, 4


@dataclass(frozen=True)
class Use:
    """What a picture is for: how many pixels it may have, and is drawn with at most."""

    pixels: int
    size: tuple[int, int]
    mode: str
    form: str
    seconds: int


USES = {
    # What the header needs on screens of three pixels a point.
    "logo": Use(16_000_000, (720, 240), "RGBA", "PNG", 5),
    "photo": Use(64_000_000, (2000, 2000), "RGB", "JPEG", 15),
}


def main() -> int:
    use = USES[sys.argv[1]]
    _limit(use.seconds)
    data = sys.stdin.buffer.read()
    # Loaded only now, within the limits.
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > use.pixels:
                return TOO_LARGE
            upright = _upright(picture, use)
    except Image.DecompressionBombError:
        return TOO_LARGE
    except (OSError, ValueError, SyntaxError, MemoryError):
        return UNREADABLE
    bare = Image.frombytes(use.mode, upright.size, upright.tobytes())
    bare.save(sys.stdout.buffer, use.form, optimize=True, quality=82)
    return 0


def _upright(picture: Any, use: Use) -> Any:
    # Loaded by now, within the limits.
    from PIL import Image, ImageOps  # noqa: PLC0415

    picture.draft("RGB", use.size)  # a large photo is decoded small at once
    picture.thumbnail(use.size if use.form == "JPEG" else (use.size[0] * 2, use.size[0] * 2))
    turned = ImageOps.exif_transpose(picture).convert("RGBA")
    turned.thumbnail(use.size)
    if use.mode == "RGBA":
        return turned
    paper = Image.new("RGBA", turned.size, "white")
    return Image.alpha_composite(paper, turned).convert(use.mode)


def _limit(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
