"""What is due now, for whoever signs in."""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.desk.tasks import tasks

pages = Blueprint("desk", __name__)
GROUPS = {
    "answers": _l("Waiting for you"),
    "running_out": _l("Running out"),
    "incomplete": _l("Incomplete"),
    "duties": _l("Duties"),
}
WORDS = {
    "review": _l("Entries and changes to be reviewed"),
    "suggestions": _l("Suggestions of the public"),
    "answers": _l("Answers of actors to work on"),
    "unanswered": _l("Actors who have not answered yet"),
    "rounds.unanswered": _l("Actors who have not answered a survey of the network"),
    "rounds.missing": _l("Organisations that actors miss in the register"),
    "findings": _l("New findings in the network"),
    "series": _l("Conferences that are due and not planned"),
    "conferences.deadline": _l("Conferences whose deadline for answers is near"),
    "conferences.unsent": _l("Conferences whose invitations should be sent"),
    "tasks": _l("Tasks of conferences that are late"),
    "unconfirmed": _l("Entries to be confirmed"),
    "duplicates.actor": _l("Actors that may be there twice"),
    "duplicates.offer": _l("Offers that may be there twice"),
    "offers.coordinates": _l("Offers without coordinates"),
    "offers.hours": _l("Offers without opening hours"),
    "offers.contact": _l("Offers without a contact"),
    "offers.ending": _l("Offers that end within 60 days"),
    "offers.runs": _l("Courses without a coming run"),
    "offers.legal_basis": _l("Offers whose legal basis ends soon or has ended"),
    "offers.drafts": _l("Offers that are drafts"),
    "translations": _l("Entries with a translation older than the German text"),
    "actors.category": _l("Actors without a category"),
    "actors.contact": _l("Actors nobody can be asked at"),
    "actors.coordinates": _l("Actors with a place without coordinates"),
    "contacts.inform": _l("Contacts to be informed for a month or longer"),
    "categories": _l("Groups of the framework without an actor"),
    "coverage": _l("Groups of people without a contact point"),
    "imports": _l("Imports under way"),
    "mail": _l("Mail that could not be delivered"),
}


@pages.get("/<lang>/office")
def desk(lang: str) -> Any:
    if not may(Permission.DESK_READ.value):
        return redirect(url_for("offers_editing.office_list", lang=lang))
    due = tasks(who(), date.today())
    return render_template("desk/desk.html", groups=GROUPS, words=WORDS, tasks=due)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
