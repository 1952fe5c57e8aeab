"""The walls of a conference for the office: all of them, one, and the view for the projector."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.conferences.queries import load_conference
from registry.conferences.replies.pages import today
from registry.conferences.wall import queries, services, showing
from registry.conferences.wall.queries import Wall
from registry.conferences.wall.schemas import HEADINGS
from registry.conferences.wall.showing import Places
from registry.core import qr, tokens
from registry.core.web import large_body, writes

pages = Blueprint("conference_wall", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/wall"
FRAME = "conferences/wall/_office.html"


@pages.get(ADDRESS)
def board(lang: str, uuid: UUID) -> Any:
    """Show all walls of a conference, and the links to those that are open."""
    found = load_conference(who(), uuid)
    boards = queries.boards(found)
    leads = may(Permission.CONFERENCE_LEAD.value, found)
    opened = [key for key, each in boards.items() if each.wall.open]
    links = tokens.living(services.PURPOSE, opened) if leads else {}
    addresses = {key: tokens.address(link, lang) for key, link in links.items()}
    return render_template(
        "conferences/wall/list.html",
        conference=found,
        boards=list(boards.values()),
        addresses=addresses,
        codes={key: qr.image(address) for key, address in addresses.items()},
        leads=leads,
    )


@pages.get(f"{ADDRESS}/<uuid:wall>")
def one(lang: str, uuid: UUID, wall: UUID) -> Any:
    found = queries.load_wall(who(), uuid, wall)
    return showing.page(who(), found, _places(lang, found))


@pages.get(f"{ADDRESS}/<uuid:wall>/now")
def now(lang: str, uuid: UUID, wall: UUID) -> Any:
    found = queries.load_wall(who(), uuid, wall)
    return showing.part(who(), found, _places(lang, found))


@pages.post(f"{ADDRESS}/<uuid:wall>")
@writes
def acted(lang: str, uuid: UUID, wall: UUID) -> Any:
    """Put up, move, mark or take off cards."""
    found = queries.load_wall(who(), uuid, wall)
    return showing.acted(who(), found, _places(lang, found))


@pages.get(f"{ADDRESS}/<uuid:wall>/card/<uuid:card>")
def card(lang: str, uuid: UUID, wall: UUID, card: UUID) -> Any:
    found = queries.load_wall(who(), uuid, wall)
    return showing.card_page(who(), found, _places(lang, found), card)


@pages.post(f"{ADDRESS}/<uuid:wall>/card/<uuid:card>")
@writes
def changed(lang: str, uuid: UUID, wall: UUID, card: UUID) -> Any:
    found = queries.load_wall(who(), uuid, wall)
    return showing.changed(who(), found, _places(lang, found), card)


@pages.post(f"{ADDRESS}/<uuid:wall>/photo")
@writes
@large_body
def brought(lang: str, uuid: UUID, wall: UUID) -> Any:
    """Keep a photo of the paper wall."""
    found = queries.load_wall(who(), uuid, wall)
    return showing.brought(who(), found, _places(lang, found), today())


@pages.get(f"{ADDRESS}/<uuid:wall>/photo/<uuid:photo>")
def picture(lang: str, uuid: UUID, wall: UUID, photo: UUID) -> Any:
    return showing.picture(queries.load_wall(who(), uuid, wall), photo)


@pages.post(f"{ADDRESS}/<uuid:wall>/open")
@writes
def open_(lang: str, uuid: UUID, wall: UUID) -> Any:
    """Let those who hold the link write."""
    services.open_(who(), uuid, wall)
    flash(_("The wall is open: who has its link can write on it."), "success")
    return redirect(url_for(".board", lang=lang, uuid=uuid, _anchor=f"wall-{wall}"))


@pages.post(f"{ADDRESS}/<uuid:wall>/close")
@writes
def close(lang: str, uuid: UUID, wall: UUID) -> Any:
    services.close(who(), uuid, wall)
    flash(_("The wall is closed. What hangs there stays."), "success")
    return redirect(url_for(".board", lang=lang, uuid=uuid, _anchor=f"wall-{wall}"))


@pages.post(f"{ADDRESS}/<uuid:wall>/link")
@writes
def renew(lang: str, uuid: UUID, wall: UUID) -> Any:
    """Give out another link; the one before ends."""
    services.renew(who(), uuid, wall)
    flash(_("There is a new link. The one before does not work any more."), "success")
    return redirect(url_for(".board", lang=lang, uuid=uuid, _anchor=f"wall-{wall}"))


@pages.get(f"{ADDRESS}/<uuid:wall>/plenary")
def plenary(lang: str, uuid: UUID, wall: UUID) -> Any:
    """Show a wall to the whole room: large, nothing around it, those with most dots first."""
    found = queries.load_wall(who(), uuid, wall)
    all_walls = queries.walls(found.conference)
    at = [each.uuid for each in all_walls].index(wall)
    return render_template(
        "conferences/wall/plenary.html",
        **_plenary(found),
        before=all_walls[at - 1] if at else None,
        after=all_walls[at + 1] if at + 1 < len(all_walls) else None,
    )


@pages.get(f"{ADDRESS}/<uuid:wall>/plenary/now")
def plenary_now(lang: str, uuid: UUID, wall: UUID) -> Any:
    found = queries.load_wall(who(), uuid, wall)
    return render_template("conferences/wall/_plenary.html", **_plenary(found))


def _plenary(wall: Wall) -> dict[str, Any]:
    return {
        "conference": wall.conference,
        "wall": wall,
        "board": queries.load_board(wall),
        "headings": HEADINGS,
    }


def _places(lang: str, wall: Wall) -> Places:
    asked: dict[str, Any] = {"lang": lang, "uuid": wall.conference.uuid, "wall": wall.uuid}
    return Places(
        frame=FRAME,
        board=url_for("conference_wall.one", **asked),
        now=url_for("conference_wall.now", **asked),
        photo=url_for("conference_wall.brought", **asked),
        card=lambda card: url_for("conference_wall.card", card=card, **asked),
        picture=lambda photo: url_for("conference_wall.picture", photo=photo, **asked),
        plenary=url_for("conference_wall.plenary", **asked),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
