"""The map's frame, drawn once by folium: nothing in it comes from another host or from users.

Left alone, folium loads Leaflet and more from foreign hosts and writes texts into script. Here it
only sets up Leaflet from our own files and hands plain data to our own loader.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import folium
from branca.element import CssLink, JavascriptLink, MacroElement
from folium.template import Template
from folium.utilities import JsCode
from markupsafe import Markup

MIN_ZOOM, MAX_ZOOM, START_ZOOM = 5, 18, 10
MOVING = JsCode("!matchMedia('(prefers-reduced-motion: reduce)').matches")
_RANDOM_ID = re.compile(r"_[0-9a-f]{32}(?![0-9a-f])")
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shell:
    """What a page takes over: addresses of scripts and styles, the container, and the script."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    container: Markup
    script: str


@dataclass(frozen=True)
class Assets:
    """Our own addresses of Leaflet and of the loader."""

    leaflet_js: str
    leaflet_css: str
    loader_js: str


class OfflineMap(folium.Map):
    """A folium map without tiles and with Leaflet as its only library, from our own server."""

    def __init__(self, assets: Assets, bounds: Bounds) -> None:
        west, south, east, north = bounds
        middle = [(south + north) / 2, (west + east) / 2]
        super().__init__(location=middle, tiles=None, zoom_start=START_ZOOM, zoom_control=False)
        self.default_js = [("leaflet", assets.leaflet_js), ("loader", assets.loader_js)]
        self.default_css = [("leaflet_css", assets.leaflet_css)]
        options: dict[str, Any] = {"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM, "zoomSnap": 0.25}
        options |= dict.fromkeys(("zoomAnimation", "fadeAnimation", "markerZoomAnimation"), MOVING)
        self.options.update(options)


class Loader(MacroElement):
    """Hands the map and its data, as JSON, to `registryMap` in our static script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            registryMap.start({{ this._parent.get_name() }}, {{ this.data|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, data: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Loader"
        self.data = data


@lru_cache(maxsize=64)
def draw(assets: Assets, bounds: Bounds, data: str) -> Shell:
    """Return the shell of a map of these bounds (west, south, east, north); `data` is JSON.

    The same arguments give the same bytes, so the script can be kept by its ETag.
    """
    drawn = OfflineMap(assets, bounds)
    drawn.add_child(Loader(json.loads(data)))
    figure = cast(Any, drawn.get_root())
    figure.render()
    container, script = _with_stable_ids(figure.html.render(), figure.script.render())
    return Shell(
        scripts=_links(figure, JavascriptLink),
        styles=_links(figure, CssLink),
        container=Markup(container.strip()),  # noqa: S704 (made by folium of our own names)
        script=script,
    )


def _links(figure: Any, kind: type[Any]) -> tuple[str, ...]:
    found = tuple(str(c.url) for c in figure.header._children.values() if type(c) is kind)
    if foreign := [url for url in found if "//" in url]:
        raise ValueError(f"the map would load from another host: {foreign}")
    return found


def _with_stable_ids(*texts: str) -> list[str]:
    """Replace folium's random ids by numbers, in the order in which they appear."""
    numbers: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"_{len(numbers) + 1}")

    return [_RANDOM_ID.sub(numbered, text) for text in texts]
