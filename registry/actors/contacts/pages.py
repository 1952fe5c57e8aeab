"""Telling contacts what is kept of them: by mail at the push of a button, else by letter."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.contacts import notices, queries, services
from registry.core.errors import Invalid
from registry.core.listing import Listing, page_number
from registry.core.web import writes

pages = Blueprint("contacts", __name__)
PER_PAGE = 20


@pages.get("/<lang>/office/privacy/mail")
def by_mail(lang: str) -> Any:
    """Show to how many a notice would go, and what the first of them would read."""
    require(who(), Permission.PRIVACY_MANAGE, None)
    due = [contact for contact, _region in queries.load_due(who(), date.today())]
    return render_template(
        "contacts/by_mail.html",
        number=len({(contact.email or "").strip().lower() for contact in due}),
        letter=notices.preview(due[0]) if due else None,
    )


@pages.post("/<lang>/office/privacy/mail")
@writes
def write_to_all(lang: str) -> Any:
    posted = services.due_notices(who(), date.today(), services.NOW)
    told = ngettext(
        "%(num)s notice waits in the outbox.", "%(num)s notices wait in the outbox.", posted
    )
    flash(told, "success")
    return redirect(url_for("privacy.overview", lang=lang), 303)


@pages.get("/<lang>/office/privacy/letters")
def by_letter(lang: str) -> Any:
    require(who(), Permission.PRIVACY_MANAGE, None)
    return _letters()


@pages.post("/<lang>/office/privacy/letters/<uuid:uuid>")
@writes
def informed(lang: str, uuid: UUID) -> Any:
    given = request.form.get("informed_on", "")
    try:
        services.informed_otherwise(who(), uuid, _day(given), date.today())
    except Invalid as error:
        return _letters(wrong=uuid, given=given, problems=error.errors["informed_on"]), 422
    flash(_("The day has been recorded."), "success")
    return redirect(url_for(".by_letter", lang=lang), 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _letters(**wrong: Any) -> str:
    page = page_number()
    rows, total = queries.load_for_letters(who(), page=page, per_page=PER_PAGE)
    letters = [{"contact": each, "text": notices.letter(each)} for each in rows]
    return render_template(
        "contacts/by_letter.html",
        listing=Listing(".by_letter", letters, total, page, PER_PAGE),
        today=date.today(),
        **{"wrong": None, "given": "", "problems": [], **wrong},
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
