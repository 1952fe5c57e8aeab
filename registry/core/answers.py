"""Pages and lists that everyone gets, kept until the data or the clock change them.

It stands before the application. Each request asks the database for the version of the data; an
answer made at that version, and before the next moment at which time alone changes something (a
day begins, an office closes), is given again. Only what strangers get is kept: a request with a
session, or an answer that begins one, passes by.
"""

import gzip
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, current_app, request, session
from flask_login import current_user
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_cookie, parse_etags

from registry.core import i18n, versions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("registry.web")
EXTENSION = "answers"
MAX_BYTES = 64 * 1024 * 1024
MAX_ADDRESS = 2000  # characters; what is asked with more is not kept
ASKED = "registry.asked"  # in the WSGI environment: version and moment of the question
OF_THE_BODY = {"content-length", "content-encoding", "content-type"}
Address = tuple[str, ...]
Turns = Callable[[datetime], datetime]


@dataclass(frozen=True)
class Answer:
    """A page of one version, packed; its headers without those of the body."""

    token: str
    until: datetime
    etag: str
    mimetype: str
    headers: tuple[tuple[str, str], ...]
    packed: bytes

    def given(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(self.etag):
            start("304 NOT MODIFIED", list(self.headers))
            return []
        body, encoding = self.packed, [("Content-Encoding", "gzip")]
        if not parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"), Accept)["gzip"]:
            body, encoding = gzip.decompress(self.packed), []
        length = [("Content-Type", self.mimetype), ("Content-Length", str(len(body)))]
        start("200 OK", [*self.headers, *encoding, *length])
        return [body]


class Answers:
    """The application behind its kept answers, the least used of which give way to new ones."""

    def __init__(self, app: Flask) -> None:
        self.app, self.behind = app, cast("WSGIApplication", app.wsgi_app)
        self.lock, self.size = Lock(), 0
        self.kept: OrderedDict[Address, Answer] = OrderedDict()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        begun, address = time.perf_counter(), self._address(environ)
        if address is None:
            return self.behind(environ, start)
        token, at = self._token(), i18n.local_now()
        environ[ASKED] = (token, at)
        answer = self.get(address, token, at)
        if answer is None:
            return self.behind(environ, start)
        spent = (time.perf_counter() - begun) * 1000
        log.info("GET %s kept %.0f ms", environ.get("PATH_INFO", ""), spent)
        return answer.given(environ, start)

    def _address(self, environ: "WSGIEnvironment") -> Address | None:
        """Return what is asked for, None where the answer is for somebody alone."""
        cookies = parse_cookie(environ) if "HTTP_COOKIE" in environ else {}
        known = self.app.config["SESSION_COOKIE_NAME"] in cookies
        names = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
        address = tuple(str(environ.get(name, "")) for name in names)
        own = known or environ["REQUEST_METHOD"] != "GET"
        return None if own or sum(map(len, address)) > MAX_ADDRESS else address

    def _token(self) -> str:
        with self.app.app_context():
            return versions.committed()

    def get(self, address: Address, token: str, at: datetime) -> Answer | None:
        with self.lock:
            answer = self.kept.get(address)
            if answer is None or answer.token != token or at >= answer.until:
                return None
            self.kept.move_to_end(address)
            return answer

    def put(self, address: Address, answer: Answer) -> None:
        with self.lock:
            if before := self.kept.pop(address, None):
                self.size -= len(before.packed)
            self.kept[address] = answer
            self.size += len(answer.packed)
            while self.size > MAX_BYTES:
                self.size -= len(self.kept.popitem(last=False)[1].packed)

    def keep(self, response: Response) -> Response:
        """Keep what everyone gets and let browsers ask whether it is still so."""
        address, (token, at) = (
            self._address(request.environ),
            request.environ.get(ASKED, ("", None)),
        )
        if address is None or not token or not _is_for_everyone(response):
            return response
        until = _turns(at)
        # The same data in another version of the software are another page.
        said = f"{token} {until.isoformat()} {address}".encode() + response.get_data()
        response.set_etag(blake2b(said, digest_size=12).hexdigest(), weak=True)
        if not response.cache_control:
            response.cache_control.no_cache = True
        response.vary.update(("Accept-Encoding", "Cookie"))
        answer = Answer(
            token=token,
            until=until,
            etag=response.get_etag()[0] or "",
            mimetype=response.content_type or "",
            headers=tuple((k, v) for k, v in response.headers if k.lower() not in OF_THE_BODY),
            packed=gzip.compress(response.get_data(), 5, mtime=0),
        )
        self.put(address, answer)
        return _sent(response, answer)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


def _is_for_everyone(response: Response) -> bool:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    made = not response.direct_passthrough and not response.content_encoding
    plain = response.status_code == 200 and made
    public = getattr(view, "public", False) and not current_user.is_authenticated
    return plain and public and not session.modified and not response.cache_control.no_store


def _sent(response: Response, answer: Answer) -> Response:
    if request.accept_encodings["gzip"]:
        response.content_encoding = "gzip"
        response.set_data(answer.packed)
    response.make_conditional(request)
    return response


def _turns(at: datetime) -> datetime:
    """Return the next moment after `at` at which time alone changes an answer."""
    turns: Turns = current_app.extensions[EXTENSION + ".turns"]
    return turns(at)


def init_app(app: Flask, turns: Turns) -> None:
    """Stand before `app`; to be called before whatever else looks at its answers.

    `turns` tells for a moment when next an answer may change although nobody writes.
    """
    app.extensions[EXTENSION + ".turns"] = turns
    app.extensions[EXTENSION] = answers = Answers(app)
    app.wsgi_app = answers  # type: ignore[assignment]
    app.after_request(answers.keep)
