"""Goal 1: what the map adds to a page, packed, and whether more offers make it more."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import render_template

from benchmarks import folium_page
from benchmarks.registers import Register, Sizes, opened
from benchmarks.table import Row, Wanted
from benchmarks.web import Visitor
from registry.core.db import db
from registry.maps import pages as maps
from registry.regions.models import Register as Home
from registry.search.pages import context

DISTRICT = "09576"  # its outlines are in every register
PARTIAL = "maps/_map.html"
LOADED = re.compile(r'<(?:script src|link rel="stylesheet" href)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Drawn:
    """A map's partial and the shell's script, the addresses of its files, and its outlines."""

    partial: bytes
    script: bytes
    outlines: bytes

    @property
    def own(self) -> int:
        return _packed(self.partial, self.script)

    @property
    def files(self) -> list[str]:
        """Return the addresses of the scripts and styles it asks for, the shell's left out."""
        return LOADED.findall(self.partial.decode())


def measure(sizes: Sizes) -> list[Row]:
    smallest, register = opened(sizes.smallest), opened(sizes.largest)
    germany, district = _drawn(register), _drawn(register, DISTRICT)
    few = _drawn(smallest).own
    libraries = _packed(*(_static(register, path) for path in germany.files))
    folium = _packed(folium_page.provided(register).read_bytes())
    page = f"{folium_page.name()} page of {folium_page.markers(sizes.largest):,}, no libraries"
    gain, n = Wanted("gain", 250, folium_page.missing(sizes.largest)), sizes.largest
    whole = "… with Leaflet and our own script"
    return [
        Row(1, "Map of a district with first view and script, gzip", n, district.own, "B",
            wanted=Wanted("own", 3_000)),
        Row(1, whole, n, district.own + libraries, "B", wanted=Wanted("own", 55_000)),
        Row(1, "… its outlines, kept by the browser for an hour", n, _packed(district.outlines), "B"),
        Row(1, "Map of Germany, likewise", n, germany.own, "B", few,
            f"with {sizes.smallest:,} offers", Wanted("cost", 1.05)),
        Row(1, whole, n, germany.own + libraries, "B", folium, page, gain),
    ]  # fmt: skip


def _drawn(register: Register, region: str = "") -> Drawn:
    """Return the map of all offers; with a region as if the register were run for it."""
    with register.app.test_request_context("/de/map"), _run_for(region):
        partial = render_template(PARTIAL, **context("maps.page"))
        script, outlines = (view("de").get_data() for view in (maps.shell, maps.areas))
    return Drawn(partial.encode(), script, outlines)


@contextmanager
def _run_for(region: str) -> Iterator[None]:
    if region:
        db.session.get_one(Home, 1).ags = region
        db.session.flush()
    yield
    db.session.rollback()


def _static(register: Register, path: str) -> bytes:
    return Visitor(register.app, path).ask()


def _packed(*bodies: bytes) -> int:
    return sum(len(gzip.compress(body, 6, mtime=0)) for body in bodies)
