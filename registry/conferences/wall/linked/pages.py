"""The wall that a link opens, without an account, as long as the office lets it be open."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template, request, url_for

from registry.conferences.replies.pages import today
from registry.conferences.wall import services, showing
from registry.conferences.wall.queries import Wall
from registry.conferences.wall.showing import Places
from registry.core import tokens
from registry.core.errors import NotFound
from registry.core.web import SAFE_METHODS, by_link, large_body, link_key, opens_nothing, writes

pages = Blueprint("conference_wall_link", __name__)
FRAME = "conferences/wall/_public.html"


def _with_wall(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give a view the wall of the link; without one, or a closed one, a page that says so."""

    @wraps(view)
    def opened(lang: str, **values: Any) -> Any:
        writing = request.method not in SAFE_METHODS
        try:
            wall = services.opened(link_key(), request.remote_addr or "", writing=writing)
        except NotFound:
            return opens_nothing()
        if not wall.open:
            return render_template("conferences/wall/closed.html", wall=wall), 404
        return view(wall, _places(lang), **values)

    return opened


@pages.get("/<lang>/wall")
@by_link
@_with_wall
def open_(wall: Wall, places: Places) -> Any:
    """Show the wall. Nothing is written here: mail scanners follow links, too."""
    return showing.page(services.holder(wall), wall, places)


@pages.get("/<lang>/wall/now")
@by_link
@_with_wall
def now(wall: Wall, places: Places) -> Any:
    return showing.part(services.holder(wall), wall, places)


@pages.post("/<lang>/wall")
@by_link
@writes
@_with_wall
def acted(wall: Wall, places: Places) -> Any:
    return showing.acted(services.holder(wall), wall, places)


@pages.get("/<lang>/wall/card/<uuid:card>")
@by_link
@_with_wall
def card(wall: Wall, places: Places, card: UUID) -> Any:
    return showing.card_page(services.holder(wall), wall, places, card)


@pages.post("/<lang>/wall/card/<uuid:card>")
@by_link
@writes
@_with_wall
def changed(wall: Wall, places: Places, card: UUID) -> Any:
    return showing.changed(services.holder(wall), wall, places, card)


@pages.post("/<lang>/wall/photo")
@by_link
@writes
@large_body
@_with_wall
def brought(wall: Wall, places: Places) -> Any:
    """Keep a photo of the paper wall."""
    return showing.brought(services.holder(wall), wall, places, today())


@pages.get("/<lang>/wall/photo/<uuid:photo>")
@by_link
@_with_wall
def picture(wall: Wall, places: Places, photo: UUID) -> Any:
    return showing.picture(wall, photo)


def _places(lang: str) -> Places:
    asked: dict[str, Any] = {"lang": lang, "key": link_key()}
    return Places(
        frame=FRAME,
        board=url_for("conference_wall_link.open_", **asked),
        now=url_for("conference_wall_link.now", **asked),
        photo=url_for("conference_wall_link.brought", **asked),
        card=lambda card: url_for("conference_wall_link.card", card=card, **asked),
        picture=lambda photo: url_for("conference_wall_link.picture", photo=photo, **asked),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, services.PURPOSE, "conference_wall_link.open_")
