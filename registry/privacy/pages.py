"""The office's page on privacy: whom to inform, what is kept how long, what is held on a person."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
TABLES = {
    "contact": _l("Contacts"),
    "contacts": _l("Contacts"),
    "mail": _l("Mail"),
    "mails": _l("Mail"),
    "accounts": _l("Accounts"),
    "files": _l("Uploaded files"),
    "user": _l("Accounts"),
    "audit_entry": _l("Log"),
    "suggestion": _l("Suggestions"),
    "actor": _l("Actors"),
    "offer": _l("Offers"),
    "place": _l("Places"),
    "region_settings": _l("Region"),
}


@pages.get("/<lang>/office/privacy")
def overview(lang: str) -> Any:
    require(who(), Permission.PRIVACY_MANAGE, None)
    return _overview()


@pages.post("/<lang>/office/privacy/retention")
@writes
def keep(lang: str) -> Any:
    kinds = [kind.key for kind in holdings.kinds()]
    given = {key: request.form[key].strip() for key in kinds if key in request.form}
    try:
        services.keep_for(who(), {key: _number(text) for key, text in given.items()})
    except Invalid as error:
        return _overview(days={**queries.days(), **given}, errors=error.errors), 422
    return _done(lang, _("The times have been saved."))


@pages.post("/<lang>/office/privacy/run")
@writes
def run(lang: str) -> Any:
    counts = services.run_retention(who(), i18n.local_now())
    return _done(lang, _("Deleted: %(number)s records.", number=sum(counts.values())))


@pages.post("/<lang>/office/privacy/person")
@writes
def person(lang: str) -> Any:
    address = request.form.get("address", "").strip()
    try:
        found = services.held_on(who(), address)
    except Invalid as error:
        return _overview(address=address, errors=error.errors), 422
    if request.form.get("form") == "json":
        return _as_file(found)
    return _person(address, found)


@pages.post("/<lang>/office/privacy/erase")
@writes
def erase(lang: str) -> Any:
    address, account = request.form.get("address", "").strip(), bool(request.form.get("account"))
    try:
        if not request.form.get("sure"):
            raise Invalid({"sure": [_("Please confirm that this cannot be undone.")]})
        done = services.erase(who(), address, account=account)
    except Invalid as error:
        return _person(address, services.held_on(who(), address), error.errors), 422

    @after_this_request
    def clean(response: Response) -> Response:
        services.sweep(who())
        return response

    return render_template("privacy/erased.html", done=done, tables=TABLES)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else -1


def _done(lang: str, message: str) -> Any:
    flash(message, "success")
    return redirect(url_for(".overview", lang=lang), 303)


def _overview(**given: Any) -> str:
    page, day, late = page_number(), date.today(), "overdue" in request.args
    rows, total = contacts.uninformed(who(), day, late=late, page=page, per_page=PER_PAGE)
    runs, _total = queries.runs(page=1, per_page=PER_PAGE)
    shown = [{"at": each.at.astimezone(i18n.ZONE), "run": each} for each in runs]
    values: dict[str, Any] = {
        "listing": Listing(".overview", rows, total, page, PER_PAGE),
        "late": late,
        "letters": contacts.count_letters(who()),
        "everywhere": may(Permission.PRIVACY_MANAGE.value, services.EVERYWHERE),
        "kinds": holdings.kinds(),
        "days": queries.days(),
        "old": queries.count_old(i18n.local_now()),
        "runs": shown,
        "most": services.MOST_DAYS,
        "errors": {},
        "address": "",
    }
    return render_template("privacy/overview.html", **{**values, **given})


def _person(address: str, found: Mapping[str, Any], errors: Mapping[str, Any] | None = None) -> str:
    return render_template(
        "privacy/person.html",
        address=address,
        found=found,
        tables=TABLES,
        as_text=_as_text,
        errors=errors or {},
    )


def _as_text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)


def _as_file(found: Mapping[str, Any]) -> Response:
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="person.json"'}
    return Response(text, mimetype="application/json", headers=headers)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
