"""Goal 1: what the map adds to a page, packed, and whether more offers make it more."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import render_template, url_for

from benchmarks import folium_page
from benchmarks.registers import Register, Sizes, opened
from benchmarks.table import Row, Wanted
from benchmarks.web import Visitor
from registry.core.db import db
from registry.regions.models import Register as Home
from registry.search.pages import context

DISTRICT = "09576"  # its outlines are in every register
PARTIAL = "maps/_map.html"
LOADED = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"')
USED = re.compile(r'<use class="[^"]*" href="([^"#]+)#')


def measure(sizes: Sizes) -> list[Row]:
    smallest, register = opened(sizes.smallest), opened(sizes.largest)
    germany, district = _drawn(register), _drawn(register, DISTRICT)
    few, many = _own(smallest, _drawn(smallest)), _own(register, germany)
    own, libraries = _own(register, district), _libraries(register, germany)
    outlines = _packed(*(_body(register, path) for path in _outlines(district)))
    folium = _packed(folium_page.provided(register).read_bytes())
    fewer = f"with {sizes.smallest:,} offers"
    page = f"{folium_page.name()} page of {folium_page.markers(sizes.largest):,}, no libraries"
    gain, n = Wanted("gain", 250, folium_page.missing(sizes.largest)), sizes.largest
    limits = [Wanted("own", 3_000), Wanted("own", 55_000)]
    return [
        Row(1, "Map of a district with first view and script, gzip", n, own, "B", wanted=limits[0]),
        Row(1, "… with Leaflet and our own script", n, own + libraries, "B", wanted=limits[1]),
        Row(1, "… its outlines, kept by the browser for an hour", n, outlines, "B"),
        Row(1, "Map of Germany, likewise", n, many, "B", few, fewer, Wanted("cost", 1.05)),
        Row(1, "… with Leaflet and our own script", n, many + libraries, "B", folium, page, gain),
    ]


def _drawn(register: Register, region: str = "") -> str:
    """Return the map's partial; with a region as if the register were run for it."""
    with register.app.test_request_context("/de/map"), _run_for(region):
        found: str = render_template(PARTIAL, **context("maps.page"))
        return found


@contextmanager
def _run_for(region: str) -> Iterator[None]:
    if region:
        db.session.get_one(Home, 1).ags = region
        db.session.flush()
    try:
        yield
    finally:
        db.session.rollback()


def _own(register: Register, partial: str) -> int:
    with register.app.test_request_context("/de/map"):
        shell = url_for("maps.shell", lang="de")
    return _packed(partial.encode(), _body(register, shell))


def _libraries(register: Register, partial: str) -> int:
    """Return the bytes of the files that the map asks for, the shell's script left out."""
    static = [path for path in LOADED.findall(partial) if path.startswith("/static/")]
    return _packed(*(_body(register, path) for path in static))


def _outlines(partial: str) -> set[str]:
    return {path for path in USED.findall(partial) if not path.startswith("/static/")}


def _body(register: Register, path: str) -> bytes:
    body = Visitor(register.app, path).ask()
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def _packed(*bodies: bytes) -> int:
    return sum(len(gzip.compress(body, 6, mtime=0)) for body in bodies)
