"""Goal 1: what the map adds to a page, packed, and whether more offers make it more."""

import gzip
from functools import partial

from benchmarks import folium_page
from benchmarks.own_map import OwnMap, drawn
from benchmarks.registers import Sizes, opened
from benchmarks.table import Row, Wanted
from benchmarks.web import Visitor

DISTRICT = "09576"  # its outlines are in every register


def measure(sizes: Sizes) -> list[Row]:
    n, register = sizes.largest, opened(sizes.largest)
    district, germany = drawn(register, DISTRICT), drawn(register)
    few, many, own = map(_own, (drawn(opened(sizes.smallest)), germany, district))
    libraries = _packed(*(Visitor(register.app, path).ask() for path in germany.files))
    folium = _packed(folium_page.provided(register).read_bytes())
    fewer = f"with {sizes.smallest:,} offers"
    page = f"{folium_page.name()} page of {folium_page.markers(n):,}, no libraries"
    gain, whole = Wanted("gain", 250, folium_page.missing(n)), "The same with Leaflet and map.js"
    row = partial(Row, goal=1, offers=n, unit="B")
    return [
        row("Map of a district: first view, script; gzip", own, wanted=Wanted("own", 3_000)),
        row(whole, own + libraries, wanted=Wanted("own", 55_000)),
        row("Its outlines, which browsers keep for an hour", _packed(district.outlines)),
        row("Map of Germany, likewise", many, few, fewer, Wanted("cost", 1.05)),
        row(whole, many + libraries, folium, page, gain),
    ]


def _own(drawing: OwnMap) -> int:
    return _packed(drawing.partial.encode(), drawing.script)


def _packed(*bodies: bytes) -> int:
    return sum(len(gzip.compress(body, 6, mtime=0)) for body in bodies)
