"""The map page, the map inside the overview, its shell's script and its outlines."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Flask, Response, current_app, json, render_template, url_for
from flask_babel import gettext as _

from registry.core import i18n, versions
from registry.core.web import public
from registry.maps import drawing
from registry.maps.drawing import Bounds, Drawing, Shape
from registry.maps.first import Spot, first_view
from registry.maps.shell import Assets, Shell, draw
from registry.regions import queries as regions
from registry.regions.queries import RegionRow
from registry.search.index.cells import Places
from registry.search.index.index import Question
from registry.search.pages import context
from registry.vocabulary import queries as vocabulary

pages = Blueprint("maps", __name__)
ATTRIBUTION = "© GeoBasis-DE / BKG 2017"
AN_HOUR = 3600
Outlines = list[tuple[RegionRow, dict[str, Any]]]


@dataclass(frozen=True)
class OfferMap:
    """What the map's partial shows for one search."""

    shell: Shell
    api_url: str
    area_url: str
    near: str
    drawing: Drawing
    municipalities: list[tuple[Shape, dict[str, Any]]]
    hits: list[Spot]
    tiles_host: str
    attribution: str = ATTRIBUTION


@pages.get("/<lang>/map")
@public
def page(lang: str) -> str:
    return render_template("maps/page.html", **context("maps.page"))


@pages.get("/<lang>/map/shell.js")
@public
def shell(lang: str) -> Any:
    return _lasting(_shell().script.encode(), "text/javascript")


@pages.get("/<lang>/map/outlines.geojson")
@public
def outlines(lang: str) -> Any:
    return _lasting(json.dumps(_geojson(_outlines())).encode(), "application/geo+json", AN_HOUR)


@pages.get("/<lang>/map/areas.svg")
@public
def areas(lang: str) -> Any:
    """Answer the outlines of the municipalities, which the drawing uses by their AGS."""
    _drawing, shapes = versions.kept("drawing of the map", _picture, regions.OF_OUTLINES)
    paths = "".join(f'<path id="r{each.ags}" d="{each.path}"/>' for each in shapes)
    body = f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{paths}</defs></svg>'
    return _lasting(body.encode(), "image/svg+xml", AN_HOUR)


def offer_map(question: Question, facets: list[dict[str, Any]], endpoint: str) -> OfferMap:
    """Return the map of a search; `facets` gives each municipality its address and count."""
    wanted, lang = question.wanted, i18n.current().tag
    filters = [(n, v) for n, v in wanted.parameters() if n not in {"sort", "per_page"}]
    elsewhere = [(n, v) for n, v in wanted.parameters() if n not in {"near", "radius_km"}]
    picture, shapes = versions.kept("drawing of the map", _picture, regions.OF_OUTLINES)
    area = _address(endpoint, elsewhere, lang=lang)
    options = [o for group in facets if group["name"] == "region" for o in group["options"]]
    return OfferMap(
        shell=_shell(),
        api_url=_address("maps_api.view", [("lang", lang), *filters]),
        area_url=area,
        near=f"{wanted.spot.lat},{wanted.spot.lon},{wanted.radius_km:g}" if wanted.spot else "",
        drawing=picture,
        municipalities=[(shape, _choice(shape.ags, options)) for shape in shapes],
        hits=first_view(Places(question), picture, area + ("&" if elsewhere else "")),
        tiles_host=urlsplit(current_app.config["TILES_URL"]).hostname or "",
    )


@dataclass(frozen=True)
class Clip:
    """A piece of the drawing around a place: where it is, and the municipalities by name."""

    x: float
    y: float
    municipalities: list[Shape]


def map_clip(lat: float, lon: float) -> Clip | None:
    """Return the piece of the drawing around a place; None outside of it."""
    picture, shapes = versions.kept("drawing of the map", _picture, regions.OF_OUTLINES)
    west, south, east, north = picture.bounds
    if not (west <= lon <= east and south <= lat <= north):
        return None
    return Clip(*picture.spot(lat, lon), shapes)


def _address(endpoint: str, pairs: list[tuple[str, str]], **values: Any) -> str:
    return f"{url_for(endpoint, **values)}?{urlencode(pairs)}"


def _choice(ags: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a municipality's choice among the filter's; without hits it has no address."""
    nothing = {"count": 0, "url": "", "selected": False}
    return next((option for option in options if option["value"] == ags), nothing)


def _picture() -> tuple[Drawing, list[Shape]]:
    own = [(place, shape) for place, shape in _outlines() if place.level == "municipality"]
    picture = Drawing(drawing.bounds(shape for _place, shape in own))
    return picture, [picture.shape(place.ags, place.name, shape) for place, shape in own]


def _outlines() -> Outlines:
    home = regions.register()
    return regions.outlines(home.ags) if home else []


def _geojson(found: Outlines) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": place.name,
                    "level": place.level,
                    "middle": [place.lat, place.lon] if place.lat is not None else None,
                },
                "geometry": geometry,
            }
            for place, geometry in found
        ],
    }


def _shell() -> Shell:
    of = regions.OF_OUTLINES | vocabulary.OF_TERMS
    return versions.kept(f"map in {i18n.current().tag}", _drawn_shell, of)


def _drawn_shell() -> Shell:
    own = drawing.bounds(s for place, s in _outlines() if place.level == "municipality")
    assets = Assets(
        leaflet_js=_static("vendor/leaflet/leaflet.js"),
        leaflet_css=_static("vendor/leaflet/leaflet.css"),
        loader_js=_static("map.js"),
    )
    return draw(assets, own, json.dumps(_loader_data(own), sort_keys=True))


def _static(name: str) -> str:
    return url_for("static", filename=name)


def _loader_data(own: Bounds) -> dict[str, Any]:
    """Return what the loader needs in the reader's language; `{count}` and the like stay open."""
    tag = i18n.current().tag
    fields = [
        {"key": term.key, "icon": term.icon or "info", **_labelled(term.label(tag))}
        for term in vocabulary.terms("field")
    ]
    return {
        "bounds": [[own[1], own[0]], [own[3], own[2]]],
        "outlines": url_for("maps.outlines", lang=tag),
        "attribution": ATTRIBUTION,
        "sprite": _static("vendor/icons.svg"),
        "fields": fields,
        "texts": {
            "map": _("Map of the hits. Arrow keys move it, plus and minus zoom."),
            "zoom_in": _("Zoom in"),
            "zoom_out": _("Zoom out"),
            "close": _("Close"),
            "cluster": _("Places here: %(count)s. Zoom in to see them.", count="{count}"),
            "several": _("%(place)s, offers: %(count)s", place="{place}", count="{count}"),
            "example": _("Example data"),
            "nothing": _("There are no hits in this part of the map."),
            "failed": _("The map could not load the offers. The list shows them all."),
        },
    }


def _labelled(label: Any) -> dict[str, str]:
    return {"label": label.body, "language": label.language}


def _lasting(body: bytes, mimetype: str, seconds: int = 0) -> Response:
    """Answer what seldom changes: asked about again only after some seconds."""
    response = Response(body, mimetype=mimetype)
    response.cache_control.max_age = seconds
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals.update(offer_map=offer_map, map_clip=map_clip)
