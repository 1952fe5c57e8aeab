"""Styles and scripts leave compressed, once packed, and are asked for again by their tag."""

import gzip
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

STYLE, FONT = "/static/app.css", "/static/vendor/kern/fira-sans-latin-400-normal.woff2"
PACKED = {"Accept-Encoding": "gzip"}


def got(client: FlaskClient, headers: Any = None, path: str = STYLE) -> TestResponse:
    return client.get(path, headers=headers, buffered=True)


def test_a_style_leaves_compressed_to_whom_can_read_it(app: Flask, client: FlaskClient) -> None:
    body = (Path(app.static_folder or "") / "app.css").read_bytes()
    packed, plain = got(client, PACKED), got(client)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(body) / 4
    assert gzip.decompress(packed.data) == plain.data == body
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.mimetype == "text/css"


def test_whoever_has_it_is_told_so(client: FlaskClient) -> None:
    tag = got(client, PACKED).headers["ETag"]
    again = got(client, {**PACKED, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_font_is_packed_already(client: FlaskClient) -> None:
    answer = got(client, PACKED, FONT)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_part_of_a_file_is_a_part_of_the_file(client: FlaskClient) -> None:
    answer = got(client, {**PACKED, "Range": "bytes=0-9"})
    assert (answer.status_code, len(answer.data)) == (206, 10)


def test_under_its_own_version_a_file_is_kept_for_good_and_found_under_any_other(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        path = url_for("static", filename="app.css")
    answer, older = got(client, path=path), got(client, path="/static/v-0123456789ab/app.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert older.headers["Cache-Control"] == "no-cache"
    assert answer.data == older.data == got(client).data
    assert got(client, path="/static/v-0123456789ab/../../app.py").status_code == 404
