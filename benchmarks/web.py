"""Asking the whole application as a server does, without a server."""

from itertools import count
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

_visits = count()


class Visitor:
    """A browser without cookies that takes gzip; `etag` makes it ask whether a page is new."""

    def __init__(self, app: Flask, path: str, etag: str = "") -> None:
        headers = [("Accept-Encoding", "gzip"), *([("If-None-Match", etag)] if etag else [])]
        self.app, self.environ = app, EnvironBuilder(path=path, headers=headers).get_environ()
        self.status, self.headers = "", dict[str, str]()

    def ask(self, expected: int = 200) -> bytes:
        """Return the body of the answer."""
        answer = self.app.wsgi_app(dict(self.environ), self._start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not self.status.startswith(str(expected)):
            raise RuntimeError(f"{self.environ['PATH_INFO']} answers {self.status}")
        return body

    def ask_anew(self) -> bytes:
        """Ask by an address that nobody has asked before, so that no kept answer is given."""
        query = self.environ["QUERY_STRING"]
        try:
            self.environ["QUERY_STRING"] = f"{query}&visit={next(_visits)}".lstrip("&")
            return self.ask()
        finally:
            self.environ["QUERY_STRING"] = query

    def _start(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> Any:
        self.status, self.headers = status, dict(headers)
