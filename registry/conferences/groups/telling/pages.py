"""The office's page for telling participants where they are; same blueprint as the groups."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.groups.pages import HERE, pages
from registry.conferences.groups.telling import saying, services
from registry.conferences.groups.telling.services import Plan, Recipient
from registry.conferences.invitations import address
from registry.conferences.invitations.wording import HINDRANCES
from registry.conferences.mailing import checks
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.core import i18n
from registry.core.editing import Outcome, attempt, version
from registry.core.errors import Invalid
from registry.core.listing import as_uuid
from registry.core.mail import rendering
from registry.core.mail.models import Mail
from registry.core.web import writes

SHOWN = 200  # rows of each list


@pages.get(f"{HERE}/tell")
def telling(lang: str, uuid: UUID) -> Any:
    return _page(_mine(uuid))


@pages.post(f"{HERE}/tell")
@writes
def tell(lang: str, uuid: UUID) -> Any:
    """Write to them; whoever sends has to say that text and recipients were looked at."""
    if not request.form.get("confirmed"):
        message = _("Please confirm that you have looked at text and recipients.")
        return _page(_mine(uuid), Outcome(errors={"confirmed": [message]})), 422
    outcome = attempt(lambda: services.tell(who(), uuid, version("expected"), _today()))
    if not outcome.saved:
        return _page(_mine(uuid), outcome), outcome.status
    sent = outcome.saved
    told = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", sent)
    flash(told, "success")
    return redirect(url_for(".telling", lang=lang, uuid=uuid))


@pages.post(f"{HERE}/tell/otherwise")
@writes
def told_otherwise(lang: str, uuid: UUID) -> Any:
    row = as_uuid(request.form.get("invitation")) or UUID(int=0)
    outcome = attempt(lambda: services.told_otherwise(who(), uuid, row))
    if not outcome.saved:
        return _page(_mine(uuid), outcome), outcome.status
    flash(_("Noted."), "success")
    return redirect(url_for(".telling", lang=lang, uuid=uuid, _anchor="others"))


def _page(found: Conference, outcome: Outcome | None = None) -> str:
    made = services.plan(who(), found)
    inside = in_the_office(who(), found)
    names = {each.row.uuid: _name(each, inside=inside) for each in (*made.mails, *made.others)}
    wanted = as_uuid(request.args.get("to"))
    picked = next((each for each in made.mails if each.row.uuid == wanted), None)
    picked = picked or next(iter(made.mails), None)
    return render_template(
        "conferences/groups/tell.html",
        conference=found,
        plan=made,
        names=names,
        inside=inside,
        most=SHOWN,
        where={key: [saying.worded(each) for each in rows] for key, rows in made.places.items()},
        hindrances=HINDRANCES,
        mail=_shown(found, picked, made) if picked else None,
        against=_against(found),
        outcome=outcome,
        mine=may(Permission.CONFERENCE_INVITE.value, found),
    )


def _shown(found: Conference, to: Recipient, made: Plan) -> dict[str, Any]:
    facts = saying.facts(found, to.row, to.people, made.places, to.language)
    mail = Mail(
        uuid=uuid4(),
        kind=saying.PLACES,
        region=found.region,
        language=to.language,
        recipient=to.row.email or "",
        about=to.row.uuid,
        facts={**facts, "again": to.again},
    )
    subject, body = rendering.shown(mail, _("(here stands the personal link)"))
    return {"to": to, "subject": subject, "body": body, "language": to.language}


def _name(to: Recipient, *, inside: bool) -> str:
    row = to.row
    return row.organisation or (address.person(row) if inside or row.released else "")


def _against(found: Conference) -> list[str]:
    """Return what keeps mail about places from being sent, in words."""
    try:
        checks.coming(found, _today())
    except Invalid as error:
        return [text for texts in error.errors.values() for text in texts]
    return []


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def _today() -> date:
    return i18n.local_now().date()
