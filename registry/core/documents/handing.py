"""Handing out a document that takes seconds to make: at once, or with a count on the way.

A page that asks for `COUNTED` gets a line "137 500" whenever some more are done, then a line
"file LENGTH TYPE NAME", and behind it the file itself. So nothing is kept on the server; an answer
that ends without its file says that making it was broken off.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from flask import Response, request, send_file, stream_with_context

from registry.core.db import wait_to_write
from registry.core.web import settle

COUNTED = "application/x-counted"


@dataclass(frozen=True)
class Made:
    """A file for somebody to take."""

    content: bytes
    kind: str
    name: str


@dataclass(frozen=True)
class Making:
    """A file of `total` pieces that is being made; `steps` are how many are, and last the file.

    `done` is called once it is made, before it is handed out.
    """

    total: int
    steps: Iterator[int | bytes]
    kind: str
    name: str
    done: Callable[[], None] = lambda: None


def handed_out(made: Made) -> Response:
    file = BytesIO(made.content)
    answer = send_file(file, mimetype=made.kind, as_attachment=True, download_name=made.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def answered(making: Making) -> Response:
    """Return the answer to whoever asked for a document: what it costs time for begins here."""
    if COUNTED not in request.headers.get("Accept", ""):
        content = b"".join(each for each in making.steps if isinstance(each, bytes))
        making.done()
        return handed_out(Made(content, making.kind, making.name))
    answer = Response(stream_with_context(_counted(making)), mimetype=COUNTED)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"  # servers in between pass on each line as it comes
    return answer


def _counted(making: Making) -> Iterator[bytes]:
    content = b""
    yield f"0 {making.total}\n".encode()
    for step in making.steps:
        if isinstance(step, bytes):
            content = step
        else:
            yield f"{step} {making.total}\n".encode()
    wait_to_write()  # others have written meanwhile
    making.done()
    settle()
    yield f"file {len(content)} {making.kind} {quote(making.name)}\n".encode()
    yield content
