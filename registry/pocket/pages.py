"""The watch list's page, the installable app, and the worker that answers without network."""

from typing import Any

from flask import Blueprint, Flask, Response, current_app, json, render_template, url_for
from flask_babel import gettext as _

from registry.core import i18n, static
from registry.core.errors import NotFound
from registry.core.web import public
from registry.pocket import mark
from registry.regions import queries as regions
from registry.regions.queries import Rules

pages = Blueprint("pocket", __name__)
COLOR = "#2044aa"
SIZES = (180, 192, 512)  # pixels; the first is what Apple's devices ask for
SHORT = 12  # letters that fit below an icon
A_DAY = 24 * 60 * 60


@pages.get("/<lang>/saved")
@public
def saved(lang: str) -> str:
    return render_template("pocket/saved.html")


@pages.get("/<lang>/app.webmanifest")
@public
def manifest(lang: str) -> Any:
    home, rules, language = regions.register(), _rules(), i18n.current()
    name = rules.title or _("Network register")
    content = {
        "id": "/",
        "name": f"{name} – {home.name}" if home and home.name not in name else name,
        "short_name": name if len(name) <= SHORT else home.name if home else name,
        "lang": language.tag,
        "dir": language.direction,
        "start_url": url_for("search.overview", lang=lang),
        "scope": "/",
        "display": "standalone",
        "theme_color": rules.accent or COLOR,
        "background_color": "#ffffff",
        "icons": [
            {"src": url_for("pocket.icon", size=size), "sizes": f"{size}x{size}",
             "type": "image/png", "purpose": "any maskable"}
            for size in SIZES
        ],
    }  # fmt: skip
    return Response(json.dumps(content), mimetype="application/manifest+json")


@pages.get("/icon-<int:size>.png")
@public
def icon(size: int) -> Any:
    if size not in SIZES:
        raise NotFound
    response = Response(mark.picture(size, _rules().accent or COLOR), mimetype="image/png")
    response.cache_control.max_age = A_DAY
    return response


@pages.get("/sw.js")
@public
def worker() -> Any:
    """Give the worker with its version; where it is switched off, one that cleans up and ends."""
    wanted = "worker.js" if current_app.config["OFFLINE"] else "worker-off.js"
    script = (static.FOLDER / wanted).read_text("utf-8")
    return Response(f'const VERSION = "{static.version()}";\n{script}', mimetype="text/javascript")


def _rules() -> Rules:
    home = regions.register()
    return regions.rules(home.ags) if home else Rules()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
