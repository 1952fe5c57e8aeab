"""The office's pages about findings: the list, one of them, and what is decided on it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.core import i18n
from registry.core.editing import Outcome, attempt, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.text import is_storable
from registry.core.web import writes
from registry.network.findings import queries, services
from registry.network.findings.models import Finding
from registry.network.findings.queries import FindingFilter
from registry.network.findings.wording import STATES, TITLES, told
from registry.network.queries import region_of

pages = Blueprint("network_findings", __name__)
PER_PAGE = 50


@pages.get("/<lang>/office/network/findings")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    wanted = FindingFilter(one_of("kind", TITLES), one_of("state", STATES))
    page = page_number()
    rows, total = queries.listed(who(), wanted, page=page, per_page=PER_PAGE)
    return render_template(
        "network/findings/list.html",
        listing=Listing(".listing", told(rows), total, page, PER_PAGE),
        wanted=wanted,
        titles=TITLES,
        states=STATES,
        seen_on=queries.seen_on(who()),
        today=_today(),
        editable=may("network.edit", In(region_of(who()))),
    )


@pages.post("/<lang>/office/network/findings/renew")
@writes
def renew(lang: str) -> Any:
    made = services.renew(who(), region_of(who()), _today())
    flash(
        _(
            "Looked anew: %(found)s findings, %(new)s of them new; %(gone)s no longer found.",
            found=made.found,
            new=made.new,
            gone=made.gone,
        ),
        "success",
    )
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/network/findings/<uuid:uuid>")
def decide(lang: str, uuid: UUID) -> Any:
    return _page(uuid)


@pages.post("/<lang>/office/network/findings/<uuid:uuid>/accept")
@writes
def accept(lang: str, uuid: UUID) -> Any:
    said = _("Accepted as a topic.")
    return _decided(lang, uuid, lambda: services.accept(who(), uuid, version()), said)


@pages.post("/<lang>/office/network/findings/<uuid:uuid>/dismiss")
@writes
def dismiss(lang: str, uuid: UUID) -> Any:
    reason = _reason()
    said = _("Dismissed. It stays in the list of what was dismissed.")
    return _decided(lang, uuid, lambda: services.dismiss(who(), uuid, version(), reason), said)


@pages.post("/<lang>/office/network/findings/<uuid:uuid>/reopen")
@writes
def reopen(lang: str, uuid: UUID) -> Any:
    said = _("Opened again.")
    return _decided(lang, uuid, lambda: services.reopen(who(), uuid, version()), said)


def _decided(lang: str, uuid: UUID, decision: Callable[[], Finding], said: str) -> Any:
    outcome = attempt(decision)
    if not outcome.saved:
        return _page(uuid, outcome), outcome.status
    flash(said, "success")
    return redirect(url_for(".listing", lang=lang))


def _page(uuid: UUID, outcome: Outcome | None = None) -> str:
    row = queries.load_finding(who(), uuid)
    return render_template(
        "network/findings/decide.html",
        finding=told([row])[0],
        states=STATES,
        problems=list((outcome.errors if outcome else {}).get("reason", ())),
        overtaken=outcome is not None and outcome.theirs is not None,
        reason=_reason(),
        max_reason=services.MAX_REASON,
        editable=may("network.edit", row),
    )


def _reason() -> str:
    given = request.form.get("reason", "").replace("\r\n", "\n")
    return given if is_storable(given) else ""


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
