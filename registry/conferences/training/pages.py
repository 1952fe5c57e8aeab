"""The office keeps training programmes: parts, modules, who was there, certificates."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask import send_file as sent
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.conferences import german, signing
from registry.conferences.choices import Choices
from registry.conferences.models import DutyKind
from registry.conferences.training import certificates, queries, services
from registry.conferences.training.cohort import Member, Part, cohort
from registry.conferences.training.models import Training, TrainingPart
from registry.conferences.training.schemas import (
    MODULE_SECTIONS,
    SECTIONS,
    ModulesSchema,
    TrainingSchema,
)
from registry.core import i18n
from registry.core.documents import making
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network import queries as network

pages = Blueprint("conference_training", __name__)
ADDRESS = "/<lang>/office/conferences/training"
PER_PAGE = 50


@pages.get(ADDRESS)
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    sort, page = one_of("sort", ("title", "-title")) or "title", page_number()
    archived = request.args.get("archived") == "1"
    rows, total = queries.office_list(
        who(), archived=archived, sort=sort, page=page, per_page=PER_PAGE
    )
    return render_template(
        "conferences/training/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
        archived=archived,
    )


@pages.get(f"{ADDRESS}/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(region, None, {})


@pages.post(f"{ADDRESS}/new")
@writes
def new_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(lambda: services.create(who(), region, given(_schema())))
    if not outcome.saved:
        return _form(region, None, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get(f"{ADDRESS}/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    """Show the parts with what is taught, and who has taken part in which."""
    found = queries.load_training(who(), uuid)
    parts, members = _cohort(found)
    return render_template(
        "conferences/training/detail.html",
        training=found,
        members=members,
        numbers=[sum(number in each.attended for each in members) for number in range(len(parts))],
        open_to=[
            [each.may_come(parts, number) for number in range(len(parts))] for each in members
        ],
        today=i18n.local_now().date(),
        editable=may("conference.edit", found),
    )


@pages.get(f"{ADDRESS}/<uuid:uuid>/edit")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_training(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post(f"{ADDRESS}/<uuid:uuid>/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        found = queries.load_training(who(), uuid)
        return _form(found.region, found, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post(f"{ADDRESS}/<uuid:uuid>/archive")
@writes
def archive(lang: str, uuid: UUID) -> Any:
    services.archive(who(), uuid, version(), i18n.local_now().date())
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post(f"{ADDRESS}/<uuid:uuid>/restore")
@writes
def restore(lang: str, uuid: UUID) -> Any:
    services.restore(who(), uuid)
    flash(_("Restored."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.get(f"{ADDRESS}/parts/<uuid:uuid>")
def modules(lang: str, uuid: UUID) -> Any:
    part = queries.load_part(who(), uuid)
    return _modules(part, _modules_schema().dump(part))


@pages.post(f"{ADDRESS}/parts/<uuid:uuid>")
@writes
def modules_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(
        lambda: services.set_modules(who(), uuid, version(), given(_modules_schema())["modules"])
    )
    part = queries.load_part(who(), uuid)
    if not outcome.saved:
        return _modules(part, typed(_modules_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=part.training.uuid))


@pages.post(f"{ADDRESS}/parts/<uuid:uuid>/invite")
@writes
def invite(lang: str, uuid: UUID) -> Any:
    """Add the rule for those who attended the part before, and show whom it invites."""
    conference = services.invite_cohort(who(), uuid)
    return redirect(url_for("conference_invitations.preview", lang=lang, uuid=conference.uuid))


@pages.get(f"{ADDRESS}/parts/<uuid:uuid>/certificates.pdf")
def certificate(lang: str, uuid: UUID) -> Any:
    """Hand out a certificate for everybody who was there on every day of a part."""
    part = queries.load_part(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, part.conference)
    _parts, members = _cohort(part.training)
    number = part.training.parts.index(part)
    people = [(each.name, each.organisation) for each in members if number in each.attended]
    if not people:
        flash(_("Nobody is noted as present on every day of this part yet."), "warning")
        return redirect(url_for(".detail", lang=lang, uuid=part.training.uuid))
    now = i18n.local_now()
    made = making.pdf("certificates", certificates.document(_given(part), people, now.date()), now)
    return _file(made, _("Certificates of attendance") + ".pdf")


def _file(content: bytes, name: str) -> Response:
    answer = sent(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _given(part: TrainingPart) -> certificates.Given:
    conference = part.conference
    chair = next((each for each in conference.duties if each.kind == DutyKind.CHAIR), None)
    return certificates.Given(
        programme=part.training.title,
        part=conference.title,
        days=sorted(each.day for each in conference.days),
        place=german.place(conference.venue),
        modules=[(each.title, each.author or "", each.minutes) for each in part.modules],
        issuer=chair.actor.name if chair and chair.actor else signing.sender(conference).name,
        function=chair.function or "" if chair else "",
        town=conference.venue.city or "" if conference.venue else "",
    )


def _cohort(training: Training) -> tuple[list[Part], list[Member]]:
    parts = [Part(max(len(each.conference.days), 1), each.follows) for each in training.parts]
    return parts, cohort(parts, queries.seen(training.parts))


def _schema() -> TrainingSchema:
    return TrainingSchema(audience="office")


def _modules_schema() -> ModulesSchema:
    return ModulesSchema(audience="office")


def _form(
    region: str, row: Training | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    offered = {each.uuid: each for each in queries.eligible(region, row)}
    offered |= {each.conference.uuid: each.conference for each in row.parts} if row else {}
    options = tuple((str(uuid), _named(each)) for uuid, each in offered.items())
    choices = Choices(who(), region, data, others=(("conference", options),))
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "conferences/training/edit.html",
        sheet=made,
        row=row,
        any_conference=bool(options),
        editable=may("conference.edit", row or In(region)),
    )


def _named(conference: Any) -> str:
    first = conference.first_day
    return f"{conference.title} ({german.day(first)})" if first else conference.title


def _modules(part: TrainingPart, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    choices = Choices(who(), part.training.region, data)
    made = sheet(_modules_schema(), MODULE_SECTIONS, data, choices, outcome)
    return render_template(
        "conferences/training/modules.html",
        sheet=made,
        part=part,
        version=part.training.version,
        editable=may("conference.edit", part.training),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
