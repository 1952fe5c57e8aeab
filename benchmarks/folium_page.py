"""The map as folium alone draws it, every offer a marker: what our map stands beside.

Made once, in a child process, with ``python -m benchmarks.folium_page FILE MARKERS REGISTER``.
Its scripts come from our own server, and of jQuery only the one function that folium needs.
MarkerCluster is used where it lies in `node_modules`; without it the markers stand on the map one
by one, and no browser shows more than some thousands.
"""

import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import Any, cast

import folium
from branca.element import Element
from folium.plugins import MarkerCluster

from benchmarks.registers import KEPT, ROOT, Register, run_module, tell

PAGES = KEPT / "folium"
MODULES = ROOT / "node_modules"
LEAFLET = "/static/vendor/leaflet/leaflet"
CLUSTER = "leaflet.markercluster/dist"
WHOLE = 100_000  # markers
UNCLUSTERED = 5_000
QUERY = """<script>
const $ = (html) => {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content.children;
};
</script>"""
GERMANY = (51.2, 10.4)
PLACES = """
    SELECT place.lat, place.lon, offer.folded_title FROM offer
    JOIN offer_place ON offer_place.offer_id = offer.id
    JOIN place ON place.id = offer_place.place_id
    WHERE place.lat IS NOT NULL AND NOT place.confidential ORDER BY offer.id
"""


def clusters() -> bool:
    return (MODULES / CLUSTER / "leaflet.markercluster.js").exists()


def name() -> str:
    return "folium's MarkerCluster" if clusters() else "folium's plain markers"


def markers(offers: int) -> int:
    """Return how many markers a page for so many offers gets."""
    return min(offers, WHOLE if clusters() else UNCLUSTERED)


def missing(offers: int) -> str:
    """Return what a comparison with MarkerCluster lacks."""
    if not clusters():
        return "leaflet.markercluster"
    return "" if offers >= WHOLE else f"{WHOLE:,} markers"


def provided(register: Register) -> Path:
    """Return the page with the offers of a register, making it if there is none."""
    wanted = markers(register.offers)
    kind = "clusters" if clusters() else "markers"
    file = PAGES / f"{version('folium')}-{kind}-{wanted}.html"
    if not file.exists():
        PAGES.mkdir(parents=True, exist_ok=True)
        tell(f"making {name()} page of {wanted:,} markers")
        run_module("benchmarks.folium_page", file, wanted, register.file)
    return file


def _make(file: str, wanted: str, register: str) -> None:
    drawn = folium.Map(location=GERMANY, tiles=None, zoom_start=6, maxZoom=18)
    drawn.default_js = [("leaflet", f"{LEAFLET}.js")]
    drawn.default_css = [("leaflet_css", f"{LEAFLET}.css")]
    cast(Any, drawn.get_root()).header.add_child(Element(QUERY))
    layer = _clustered() if clusters() else folium.FeatureGroup()
    layer.add_to(drawn)
    for lat, lon, title in islice(cycle(_places(register)), int(wanted)):
        folium.Marker((lat, lon), popup=title).add_to(layer)
    part = Path(file).with_suffix(".part")
    drawn.save(str(part))
    part.rename(file)


def _clustered() -> MarkerCluster:
    layer = MarkerCluster()  # type: ignore[no-untyped-call]
    layer.default_js = [("cluster", f"/modules/{CLUSTER}/leaflet.markercluster.js")]
    sheets = ("MarkerCluster", "MarkerCluster.Default")
    layer.default_css = [(sheet, f"/modules/{CLUSTER}/{sheet}.css") for sheet in sheets]
    return layer


def _places(register: str) -> Iterator[tuple[float, float, str]]:
    connection = sqlite3.connect(register)
    try:
        yield from connection.execute(PLACES)
    finally:
        connection.close()


if __name__ == "__main__":
    _make(*sys.argv[1:])
