"""The office keeps states of its network and sees what has changed between two of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.core import i18n
from registry.core.editing import Outcome, attempt
from registry.core.listing import Listing, page_number
from registry.core.web import writes
from registry.network.queries import load_state, region_of
from registry.network.snapshots import queries, services
from registry.network.snapshots.comparing import changes
from registry.network.snapshots.content import unpacked
from registry.network.snapshots.models import Snapshot
from registry.network.state import COOPERATION, Kind, State
from registry.network.wording import KINDS

pages = Blueprint("network_snapshots", __name__)
PER_PAGE = 50


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)


@dataclass(frozen=True)
class Other:
    """What a kept state is compared with: another one, or the network as it is today."""

    name: str
    day: date
    state: State


@pages.get("/<lang>/office/network/snapshots")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    return _listing()


@pages.post("/<lang>/office/network/snapshots")
@writes
def keep(lang: str) -> Any:
    """Keep the network as it is today."""
    region = region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region))
    name, today = request.form.get("name", ""), i18n.local_now().date()
    outcome = attempt(lambda: services.keep(who(), region, name, today))
    if outcome.saved:
        flash(_("The network of today has been kept."), "success")
        return redirect(url_for(".detail", lang=lang, uuid=outcome.saved.uuid))
    return _listing(outcome), outcome.status


@pages.get("/<lang>/office/network/snapshots/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    """Show a kept state, and what has changed since then or since another one."""
    found = queries.load_snapshot(who(), uuid)
    others, _total = queries.office_list(who())
    other, kinds = _other(found), _kinds()
    mine = unpacked(found.content)
    earlier, later = (mine, other.state) if found.day <= other.day else (other.state, mine)
    return render_template(
        "network/snapshots/detail.html",
        row=found,
        whole=found.is_whole,
        others=[each for each in others if each.uuid != uuid],
        other=other,
        kinds=KINDS,
        chosen=kinds,
        backwards=found.day > other.day,
        changes=changes(earlier, later, kinds),
        editable=may("network.edit", found),
    )


@pages.post("/<lang>/office/network/snapshots/<uuid:uuid>/remove")
@writes
def remove(lang: str, uuid: UUID) -> Any:
    services.remove(who(), uuid)
    flash(_("Removed."), "success")
    return redirect(url_for(".listing", lang=lang))


def _listing(outcome: Outcome | None = None) -> str:
    page, region = page_number(), region_of(who())
    rows, total = queries.office_list(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "network/snapshots/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        errors=outcome.errors if outcome else {},
        name=request.form.get("name", ""),
        editable=may("network.edit", In(region)),
    )


def _other(found: Snapshot) -> Other:
    wanted = request.args.get("with", "")
    try:
        other = queries.load_snapshot(who(), UUID(wanted))
    except ValueError:
        today = i18n.local_now().date()
        return Other(_("today"), today, load_state(found.region, today))
    return Other(other.name, other.day, unpacked(other.content))


def _kinds() -> tuple[Kind, ...]:
    """Return the kind that is asked for, all kinds of cooperation where none is."""
    wanted = request.args.get("kind", "")
    return (Kind(wanted),) if wanted in KINDS else COOPERATION
