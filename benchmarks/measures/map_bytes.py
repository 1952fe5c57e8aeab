"""Goal 1: what the map adds to a page, packed, and whether more offers make it more."""

import gzip

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
    later = _packed(district.outlines)
    folium = _packed(folium_page.provided(register).read_bytes())
    page = f"{folium_page.name()} page of {folium_page.markers(n):,}, no libraries"
    gain = Wanted("gain", 250, folium_page.missing(n))
    fewer, flat = f"with {sizes.smallest:,} offers", Wanted("cost", 1.05)
    little, all_in_all = Wanted("own", 3_000), Wanted("own", 55_000)
    return [
        Row(1, "Map of a district: first view, script; gzip", n, own, "B", wanted=little),
        Row(
            1,
            "The same with Leaflet and our own script",
            n,
            own + libraries,
            "B",
            wanted=all_in_all,
        ),
        Row(1, "Its outlines, which browsers keep for an hour", n, later, "B"),
        Row(1, "Map of Germany, likewise", n, many, "B", few, fewer, flat),
        Row(
            1,
            "The same with Leaflet and our own script",
            n,
            many + libraries,
            "B",
            folium,
            page,
            gain,
        ),
    ]


def _own(drawing: OwnMap) -> int:
    return _packed(drawing.partial.encode(), drawing.script)


def _packed(*bodies: bytes) -> int:
    return sum(len(gzip.compress(body, 6, mtime=0)) for body in bodies)
