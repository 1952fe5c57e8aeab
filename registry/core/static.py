"""Scripts, styles and fonts: they leave packed, under an address that changes with them.

So browsers keep them without asking again. What styles and modules name beside themselves comes
under the same address. An address of another version still gives the file there is now.
"""

import gzip
import re
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from registry.core.web import public

FOLDER = Path(__file__).parents[1] / "static"
PACKED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
A_YEAR = 365 * 24 * 60 * 60
_VERSIONED = re.compile(r"v-\w+/")


@cache
def version() -> str:
    """Return a digest of our scripts and styles, and of those of others."""
    digest = blake2b(digest_size=6)
    own = sorted(each for each in FOLDER.iterdir() if each.suffix in {".js", ".css", ".svg"})
    for file in (*own, FOLDER / "vendor" / ".stamp"):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def init_app(app: Flask) -> None:
    app.url_defaults(_add_version)

    @public
    def static(filename: str) -> Response:
        asked = _VERSIONED.match(filename)
        name = filename[asked.end() :] if asked else filename
        response = _packed_for_whom_can_read_it(app.send_static_file(name), FOLDER / name)
        if asked and asked[0] == f"v-{version()}/":
            return lasting(response)
        return response

    app.view_functions["static"] = static


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values["filename"] = f"v-{version()}/{values['filename']}"


def lasting(response: Response) -> Response:
    """Let browsers keep what never changes under its address."""
    control = response.cache_control
    control.no_cache, control.public = None, True
    control.max_age, control.immutable = A_YEAR, True
    return response


def _packed_for_whom_can_read_it(response: Response, file: Path) -> Response:
    if response.status_code != 200 or response.mimetype not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    tag, _weak = response.get_etag()
    response.set_etag(tag or "", weak=True)  # the same for both, so that browsers may ask again
    if request.accept_encodings["gzip"]:
        response.close()
        response.direct_passthrough = False
        response.set_data(_packed(file, file.stat().st_mtime_ns))
        response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=64)
def _packed(file: Path, _changed_at: int) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)
