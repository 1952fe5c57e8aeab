"""List and map in a frame of somebody else's page, the snippet to copy there, and the poster.

Only what begins with /embed/ may stand in a frame, on the sites that the region allows and on our
own office page, which shows what it will look like.
"""

from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.listing import one_of
from registry.core.web import content_security_policy, public
from registry.regions import queries as regions
from registry.search.choices import choices_of
from registry.search.pages import context

pages = Blueprint("embedding", __name__)
LIST, MAP = "offers", "map"
KINDS = {LIST: _l("List"), MAP: _l("Map")}
HEIGHT = {LIST: 640, MAP: 520}  # pixels
FILTERS = ("region", "field", "language")  # what the snippet's form offers


@pages.get("/embed/<lang>/offers")
@public
def offers(lang: str) -> Any:
    return _frameable("embedding/offers.html", **context("embedding.offers"))


@pages.get("/embed/<lang>/map")
@public
def offer_map(lang: str) -> Any:
    """Show the map as a drawing: its places and municipalities lead to the register."""
    return _frameable("embedding/map.html", **context("search.overview"))


@pages.get("/<lang>/office/embedding")
def snippet(lang: str) -> Any:
    """Show what to copy into another site, and how it will look there."""
    require(who(), Permission.DESK_READ, None)
    kind = one_of("kind", KINDS) or LIST
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    wanted = {name: key for name, key in chosen.items() if key}
    path = _framed(_language(), kind, wanted)
    home = regions.register()
    page = render_template(
        "embedding/snippet.html",
        kinds=KINDS,
        kind=kind,
        height=HEIGHT[kind],
        chosen=chosen,
        filters={name: choices_of(name) for name in FILTERS},
        spoken=_language(),
        pairs=[(each.tag, each.autonym) for each in i18n.languages()],
        poster_filters=wanted,
        path=path,
        address=_whole(path),
        origins=regions.rules(home.ags).origins if home else [],
    )
    response = make_response(page)
    policy = content_security_policy(frames="'self'")
    response.headers["Content-Security-Policy"] = policy
    return response


@pages.get("/<lang>/poster")
@public
def poster(lang: str) -> str:
    """Show a sheet of A4 that leads to the overview, with its filters if any."""
    wanted = [(name, key) for name in FILTERS for key in request.args.getlist(name) if key]
    path = url_for("search.overview", lang=lang)
    address = _whole(path + (f"?{urlencode(wanted)}" if wanted else ""))
    labels = {name: {str(key): label for key, label in choices_of(name)} for name in FILTERS}
    named = [labels[name][key] for name, key in wanted if key in labels[name]]
    return render_template("embedding/poster.html", address=address, named=named)


def _frameable(template: str, **shown_there: Any) -> Response:
    """Return a page that the region's own sites may show in a frame; it needs no script."""
    response = make_response(render_template(template, **shown_there))
    home = regions.register()
    allowed = regions.rules(home.ags).origins if home else []
    policy = content_security_policy(ancestors=" ".join(["'self'", *allowed]))
    response.headers["Content-Security-Policy"] = policy.replace(
        "script-src 'self'", "script-src 'none'"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _framed(lang: str, kind: str, filters: dict[str, str]) -> str:
    endpoint = "embedding.offers" if kind == LIST else "embedding.offer_map"
    path = url_for(endpoint, lang=lang)
    return f"{path}?{urlencode(filters)}" if filters else path


def _language() -> str:
    """Return the language the frame will speak: the one chosen, else that of this page."""
    offered = {language.tag for language in i18n.languages()}
    wanted = request.args.get("spoken", "")
    return wanted if wanted in offered else i18n.current().tag


def _whole(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{path}"


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
