"""The frame of every page, and the imprint and privacy pages.

The frame: whose register it is, the same page in other languages, how days and distances are
written.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from registry.core import i18n, qr, static
from registry.core.colors import is_color
from registry.core.errors import NotFound
from registry.core.mail import rendering
from registry.core.web import public
from registry.regions import queries
from registry.regions.emergency import NUMBERS
from registry.regions.queries import RegionRow, Rules
from registry.regions.settings import accent as accents
from registry.regions.settings import queries as settings

pages = Blueprint("regions", __name__)


@dataclass(frozen=True)
class Look:
    """What the frame of every page shows of a region: texts and addresses, empty where not set."""

    title: str = ""
    logo: str = ""
    logo_text: str = ""
    accent: str = ""


@pages.get("/<lang>/imprint")
@public
def imprint(lang: str) -> Any:
    return render_template("regions/imprint.html", operator=_operator(), own=_rules().imprint)


@pages.get("/<lang>/privacy")
@public
def privacy(lang: str) -> Any:
    tiles = bool(current_app.config["TILES_URL"])
    return render_template(
        "regions/privacy.html", operator=_operator(), tiles=tiles, own=_rules().privacy
    )


@pages.get("/logo/<ags>/<key>.png")
@public
def logo(ags: str, key: str) -> Any:
    """Give a region's logo; its address changes with the picture."""
    sound = ags.isdecimal() and key.isalnum()
    picture = settings.logo(ags, key) if sound else None
    if picture is None:
        raise NotFound
    return static.lasting(Response(picture, mimetype="image/png"))


@pages.get("/accent/<color>.css")
@public
def accent(color: str) -> Any:
    """Give links and buttons a colour: pages carry no style attributes."""
    if not is_color(f"#{color}"):
        raise NotFound
    return static.lasting(Response(accents.stylesheet(f"#{color.lower()}"), mimetype="text/css"))


def _operator() -> dict[str, str]:
    operator: dict[str, str] = current_app.config["OPERATOR"]
    return operator


def in_language(tag: str) -> str:
    """Return the address of this page in another language, the filters kept."""
    values = {**(request.view_args or {}), "lang": tag}
    if request.endpoint is None or "lang" not in (request.view_args or {}):
        return url_for("search.overview", lang=tag)
    query = urlencode([(name, value) for name, value in request.args.items(multi=True)])
    return url_for(request.endpoint, **values) + (f"?{query}" if query else "")


def day(value: str | date) -> date:
    """Return the day of an ISO date, as schemas dump it, or of a moment."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def day_name(value: str | date) -> str:
    """Return "today", "tomorrow", the weekday of the week to come, or the date."""
    wanted = day(value)
    distance = (wanted - i18n.local_now().date()).days
    if distance in (0, 1):
        return _("tomorrow") if distance else _("today")
    return weekday(wanted) if 1 < distance < 7 else i18n.short_date(wanted)


def weekday(value: date) -> str:
    return str(format_date(value, "EEEE"))


def number(value: float) -> str:
    return str(format_decimal(value, "#,##0"))


def kilometres(value: float) -> str:
    return str(format_decimal(value, "#,##0.0" if value < 10 else "#,##0"))


def _register() -> RegionRow | None:
    """Return the register's region; a page about a broken database must not ask it again."""
    if "register" not in g:
        try:
            g.register = queries.register()
        except SQLAlchemyError:
            g.register = None
    return g.register


def _rules() -> Rules:
    home = _register()
    return queries.rules(home.ags) if home else Rules()


def _look() -> Look:
    home, rules = _register(), _rules()
    key = rules.logo_key if home else None
    return Look(
        title=rules.title or "",
        logo=url_for("regions.logo", ags=home.ags, key=key) if home and key else "",
        logo_text=rules.logo_text or "",
        accent=rules.accent or "",
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    rendering.signed_by(app, queries.sender)
    for written in (day, day_name, weekday, kilometres, number):
        app.jinja_env.filters[written.__name__] = written
    app.jinja_env.globals.update(
        in_language=in_language, emergency_numbers_known=NUMBERS, qr_image=qr.image
    )

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {"register": _register(), "look": _look()}
