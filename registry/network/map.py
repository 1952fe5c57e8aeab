"""The links of the network between places: on the folium map, and as a drawing without a script."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, json, render_template, url_for
from flask_babel import gettext as _

from registry.core import versions
from registry.maps import drawing
from registry.maps.drawing import Bounds, Drawing, Shape
from registry.maps.shell import Assets, Shell, draw
from registry.network import wording
from registry.network.drawing.scene import Bundle
from registry.network.pages import choices, pages
from registry.network.state import Link, Node
from registry.network.viewing import View, view
from registry.regions import queries as regions

Spot = tuple[float, float]
ATTRIBUTION = "© GeoBasis-DE / BKG 2017"


@dataclass(frozen=True)
class Between(Bundle):
    """All that links the actors at one spot with those at another."""

    one: Spot
    other: Spot


@dataclass(frozen=True)
class Places:
    """Who is where; `inside` links stay within one spot, `nowhere` have no place that is shown."""

    spots: dict[Spot, list[Node]]
    lines: list[Between]
    inside: int
    nowhere: list[Node]


@pages.get("/<lang>/office/network/map", endpoint="map")
def on_the_map(lang: str) -> str:
    """Show which places are linked."""
    asked = view()
    outline, shapes = _kept_outline()
    return render_template(
        "network/map.html",
        view=asked,
        places=places(asked),
        shell=_shell(outline.bounds, lang),
        outline=outline,
        shapes=shapes,
        attribution=ATTRIBUTION,
        **choices(asked),
    )


@pages.get("/<lang>/office/network/map.js")
def map_script(lang: str) -> Response:
    """Answer folium's script; it is the same for everybody who speaks a language."""
    outline, _shapes = _kept_outline()
    return Response(_shell(outline.bounds, lang).script, mimetype="text/javascript")


@pages.get("/<lang>/office/network/map.geojson")
def map_links(lang: str) -> Response:
    """Answer places and the lines between them; names travel as properties, never as markup."""
    found = places(view())
    points = [
        _feature("Point", _lonlat(spot), names=[node.name for node in nodes])
        for spot, nodes in found.spots.items()
    ]
    lines = [
        _feature(
            "LineString",
            [_lonlat(each.one), _lonlat(each.other)],
            state=each.state,
            intensity=each.intensity,
            names=_told(each, found),
        )
        for each in found.lines
    ]
    body = json.dumps({"type": "FeatureCollection", "features": [*lines, *points]})
    return Response(body, mimetype="application/geo+json")


def places(asked: View) -> Places:
    """Return where the actors are that are shown, and the links that count between them."""
    nodes = asked.shown.nodes
    at = {key: spot for key, node in nodes.items() if (spot := _spot(node))}
    spots: dict[Spot, list[Node]] = defaultdict(list)
    for key, spot in at.items():
        spots[spot].append(nodes[key])
    bundles: dict[tuple[Spot, Spot], list[Link]] = defaultdict(list)
    for link in asked.shown.counting(asked.kinds, asked.rule):
        if link.source in at and link.target in at:
            one, other = sorted((at[link.source], at[link.target]))
            bundles[one, other].append(link)
    inside = sum(len(links) for (one, other), links in bundles.items() if one == other)
    lines = [
        Between(tuple(links), one, other)
        for (one, other), links in sorted(bundles.items(), key=lambda each: each[0])
        if one != other
    ]
    nowhere = [node for key, node in nodes.items() if key not in at]
    return Places(dict(spots), lines, inside, sorted(nowhere, key=lambda node: node.name))


def _spot(node: Node) -> Spot | None:
    """Return where an actor is, to about ten metres."""
    if node.lat is None or node.lon is None:
        return None
    return round(node.lat, 4), round(node.lon, 4)


def _told(line: Between, found: Places) -> list[str]:
    """Return what links the two ends, in words."""
    names = {node.id: node.name for spot in (line.one, line.other) for node in found.spots[spot]}
    return [
        f"{names[each.source]} – {names[each.target]}: {wording.KINDS[each.kind]}"
        for each in line.links
    ]


def _lonlat(spot: Spot) -> list[float]:
    return [spot[1], spot[0]]


def _feature(kind: str, coordinates: Iterable[Any], **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": list(coordinates)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _kept_outline() -> tuple[Drawing, list[Shape]]:
    return versions.kept("drawing of the network's map", _outline, regions.OF_OUTLINES)


def _outline() -> tuple[Drawing, list[Shape]]:
    home = regions.register()
    found = regions.outlines(home.ags) if home else []
    own = [(place, shape) for place, shape in found if place.level == "municipality"]
    picture = Drawing(drawing.bounds(shape for _place, shape in own))
    return picture, [picture.shape(place.ags, place.name, shape) for place, shape in own]


def _shell(bounds: Bounds, lang: str) -> Shell:
    assets = Assets(
        leaflet_js=url_for("static", filename="vendor/leaflet/leaflet.js"),
        leaflet_css=url_for("static", filename="vendor/leaflet/leaflet.css"),
        loader_js=url_for("static", filename="network-map.js"),
    )
    data = {
        "bounds": [[bounds[1], bounds[0]], [bounds[3], bounds[2]]],
        "outlines": url_for("maps.outlines", lang=lang),
        "attribution": ATTRIBUTION,
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
    }
    return draw(assets, bounds, json.dumps(data, sort_keys=True))
