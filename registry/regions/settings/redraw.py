"""Read a picture from standard input and write it anew as a small PNG: pixels, nothing else.

Run as a program of its own (`logo.py` does): whatever a forged picture makes of the decoder happens
here, where memory, time and files are limited. The exit status says what was wrong.
"""

import resource
import sys
from io import BytesIO

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_PIXELS = 16_000_000
SIZE = (720, 240)  # what the header needs on screens of three pixels a point
MEMORY = 768 * 1024 * 1024
SECONDS = 5
UNREADABLE, TOO_LARGE = 3, 4


def main() -> int:
    _limit()
    data = sys.stdin.buffer.read()
    # Loaded only now, within the limits.
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return TOO_LARGE
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError:
        return TOO_LARGE
    except (OSError, ValueError, SyntaxError, MemoryError):
        return UNREADABLE
    upright.thumbnail(SIZE)
    bare = Image.frombytes("RGBA", upright.size, upright.tobytes())
    bare.save(sys.stdout.buffer, "PNG", optimize=True)
    return 0


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
