"""Our map by itself: what it adds to a page, and a page of nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import render_template

from benchmarks.folium_page import PAGES
from benchmarks.registers import Register
from registry.core.db import db
from registry.maps import pages as maps
from registry.regions.models import Register as Home
from registry.search.pages import context

PARTIAL = "maps/_map.html"
LOADED = re.compile(r'<(?:script src|link rel="stylesheet" href)="(/static/[^"]+)"')
ALONE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Map</title>
<link rel="stylesheet" href="/static/app.css">{}</html>"""


@dataclass(frozen=True)
class OwnMap:
    """A map's partial, the shell's script and the outlines it draws."""

    partial: str
    script: bytes
    outlines: bytes

    @property
    def files(self) -> list[str]:
        """Return the addresses of the scripts and styles it asks for, the shell's left out."""
        return LOADED.findall(self.partial)


def drawn(register: Register, region: str = "") -> OwnMap:
    """Return the map of all offers; with a region as if the register were run for it."""
    with register.app.test_request_context("/de/map"), _run_for(region):
        partial = render_template(PARTIAL, **context("maps.page"))
        script, outlines = (view("de").get_data() for view in (maps.shell, maps.areas))
    return OwnMap(partial, script, outlines)


@contextmanager
def _run_for(region: str) -> Iterator[None]:
    if region:
        db.session.get_one(Home, 1).ags = region
        db.session.flush()
    yield
    db.session.rollback()


def page(register: Register) -> Path:
    """Write a page with the map and nothing else, as folium's is."""
    PAGES.mkdir(parents=True, exist_ok=True)
    file = PAGES / f"own-{register.offers}.html"
    file.write_text(ALONE.format(drawn(register).partial), "utf-8")
    return file
