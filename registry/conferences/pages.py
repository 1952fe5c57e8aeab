"""The office plans conferences, and looks at those that were."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, current_app, render_template
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences import queries
from registry.core import i18n
from registry.core.listing import Listing, one_of, page_number

pages = Blueprint("conferences", __name__)
PER_PAGE = 50
STATES = {
    "planned": _l("planned"),
    "inviting": _l("invitations sent"),
    "held": _l("took place"),
    "cancelled": _l("called off"),
    "archived": _l("archived"),
}


@pages.get("/<lang>/office/conferences")
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    wanted = queries.ConferenceFilter(
        state=one_of("state", STATES), sort=one_of("sort", sorts) or "-day"
    )
    page = page_number()
    rows, total = queries.office_list(who(), wanted, _today(), page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort),
        states=STATES,
        wanted=wanted,
    )


@pages.get("/<lang>/office/conferences/<uuid:uuid>")
def plan(lang: str, uuid: UUID) -> Any:
    found = queries.load_conference(who(), uuid)
    return render_template("conferences/plan.html", conference=found, today=_today())


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_global(lambda endpoint: endpoint in current_app.view_functions, "has_page")
