"""The office circulates, approves, sends and hands out minutes; same blueprint as their writing."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask import send_file as sent
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.minutes import queries
from registry.conferences.minutes.approving import documents, services
from registry.conferences.minutes.pages import ONE, ROOM, done, form, pages, shown, today
from registry.conferences.minutes.schemas import CirculateSchema, OutcomeSchema, PartSchema
from registry.core import i18n
from registry.core.editing import attempt, given, typed, version
from registry.core.errors import NotFound
from registry.core.web import writes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.post(f"{ONE}/circulate")
@writes
def circulate(lang: str, uuid: UUID) -> Any:
    schema = CirculateSchema(audience="office")

    def act() -> tuple[int, int]:
        until = given(schema)["object_until"]
        return services.circulate(who(), uuid, version(), until, today())

    return done(lang, uuid, act, schema, _mails)


@pages.post(f"{ONE}/recall")
@writes
def recall(lang: str, uuid: UUID) -> Any:
    return done(lang, uuid, lambda: services.recall(who(), uuid, version()))


@pages.post(f"{ROOM}/minutes/objections/<uuid:uuid>")
@writes
def decide(lang: str, uuid: UUID) -> Any:
    schema = OutcomeSchema(audience="office")
    outcome = attempt(lambda: services.decide(who(), uuid, version(), given(schema), today()))
    minutes = queries.load_objection(who(), uuid).minutes
    if not outcome.saved:
        return shown(minutes, outcome, schema, uuid), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".one", lang=lang, uuid=minutes.uuid, _anchor=f"objection-{uuid}"))


@pages.post(f"{ONE}/approve")
@writes
def approve(lang: str, uuid: UUID) -> Any:
    return done(
        lang,
        uuid,
        lambda: services.approve(who(), uuid, version(), today()),
        said=lambda _saved: _("The minutes are approved and cannot be changed any more."),
    )


@pages.post(f"{ONE}/send")
@writes
def send(lang: str, uuid: UUID) -> Any:
    return done(lang, uuid, lambda: services.send(who(), uuid, version(), today()), said=_mails)


@pages.get(f"{ONE}/supplement")
def supplement(lang: str, uuid: UUID) -> Any:
    found = queries.load_minutes(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return form(found, None, {}, supplement=True)


@pages.post(f"{ONE}/supplement")
@writes
def supplement_submitted(lang: str, uuid: UUID) -> Any:
    schema = PartSchema(audience="office")
    outcome = attempt(lambda: services.supplement(who(), uuid, given(schema)))
    if not outcome.saved:
        found = queries.load_minutes(who(), uuid)
        return form(found, None, typed(schema), outcome, supplement=True), outcome.status
    return redirect(url_for(".one", lang=lang, uuid=outcome.saved.uuid))


@pages.get(f"{ONE}/minutes.pdf")
def pdf(lang: str, uuid: UUID) -> Response:
    found = queries.load_minutes(who(), uuid)
    return _file(documents.pdf(found, i18n.local_now()), "application/pdf", ".pdf")


@pages.get(f"{ONE}/minutes.docx")
def word(lang: str, uuid: UUID) -> Response:
    return _file(documents.docx(queries.load_minutes(who(), uuid)), DOCX, ".docx")


@pages.get(f"{ONE}/archive.pdf")
def archive(lang: str, uuid: UUID) -> Response:
    """Hand out approved minutes with all that belongs to them, to be kept for good."""
    found = queries.load_minutes(who(), uuid)
    made = documents.archive(found, i18n.local_now())
    if made is None:
        raise NotFound
    return _file(made, "application/pdf", " (PDF-A).pdf")


def _file(content: bytes, kind: str, ending: str) -> Response:
    answer = sent(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=_("Minutes") + ending
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _mails(counted: tuple[int, int]) -> str:
    mails, others = counted
    told = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", mails)
    if not others:
        return told
    return " ".join(
        [
            told,
            ngettext(
                "%(num)s organisation has no address that works: please print it.",
                "%(num)s organisations have no address that works: please print it.",
                others,
            ),
        ]
    )
