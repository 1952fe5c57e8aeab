"""The office's page on privacy: whom to inform, what is kept how long, whom to look for."""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.contacts import queries as contacts
from registry.core import i18n
from registry.core.errors import Invalid
from registry.core.listing import Listing, page_number
from registry.core.web import writes
from registry.privacy import holdings, queries, services

pages = Blueprint("privacy", __name__)
PER_PAGE = 20


@pages.get("/<lang>/office/privacy")
def overview(lang: str) -> Any:
    require(who(), Permission.PRIVACY_MANAGE, None)
    return overview_page()


@pages.post("/<lang>/office/privacy/retention")
@writes
def keep(lang: str) -> Any:
    kinds = [kind.key for kind in holdings.kinds()]
    given = {key: request.form[key].strip() for key in kinds if key in request.form}
    try:
        services.keep_for(who(), {key: _number(text) for key, text in given.items()})
    except Invalid as error:
        return overview_page(days={**queries.days(), **given}, errors=error.errors), 422
    return _done(lang, _("The times have been saved."))


@pages.post("/<lang>/office/privacy/run")
@writes
def run(lang: str) -> Any:
    counts = services.run_retention(who(), i18n.local_now())
    return _done(lang, _("Deleted: %(number)s records.", number=sum(counts.values())))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else -1


def _done(lang: str, message: str) -> Any:
    flash(message, "success")
    return redirect(url_for(".overview", lang=lang), 303)


def overview_page(**given: Any) -> str:
    """Draw the page, with what was typed and what is wrong with it."""
    page, day, late = page_number(), date.today(), "overdue" in request.args
    rows, total = contacts.uninformed(who(), day, late=late, page=page, per_page=PER_PAGE)
    runs, _total = queries.runs(page=1, per_page=PER_PAGE)
    shown = [{"at": each.at.astimezone(i18n.ZONE), "run": each} for each in runs]
    values: dict[str, Any] = {
        "listing": Listing("privacy.overview", rows, total, page, PER_PAGE),
        "late": late,
        "letters": contacts.count_letters(who()),
        "everywhere": may(Permission.PRIVACY_MANAGE.value, services.EVERYWHERE),
        "kinds": holdings.kinds(),
        "days": queries.days(),
        "old": queries.count_old(i18n.local_now()),
        "runs": shown,
        "most": services.MOST_DAYS,
        "errors": {},
        "words": "",
    }
    return render_template("privacy/overview.html", **{**values, **given})


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
