"""Who changed what, when, from what to what; for those who edit."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.schemas import ActorSchema
from registry.audit import queries
from registry.audit.queries import AuditRow
from registry.audit.readable import Difference, differences
from registry.audit.wording import OTHER_NAMES, SUBJECTS, VERBS
from registry.conferences.afterwards.schemas import EvaluationSchema
from registry.conferences.decisions.schemas import (
    DecisionSchema,
    EndingSchema,
    ReportSchema,
    TaskSchema,
)
from registry.conferences.documentation.schemas import DocumentationSchema, PictureSchema
from registry.conferences.groups.cafe.schemas import CafeLogSchema
from registry.conferences.invitations.choosing.schemas import RuleSchema
from registry.conferences.invitations.individuals.schemas import IndividualSchema
from registry.conferences.minutes.schemas import MinutesSchema, OutcomeSchema
from registry.conferences.replies.schemas import LoggedInvitationSchema
from registry.conferences.schemas import ConferenceSchema
from registry.conferences.series.schemas import AvoidedSchema, SeriesSchema
from registry.conferences.topics.schemas import LoggedTopicSchema
from registry.conferences.training.knowledge.schemas import PointSchema
from registry.conferences.training.officers.schemas import OfficerSchema
from registry.conferences.training.schemas import TrainingSchema
from registry.conferences.venues.schemas import VenueSchema
from registry.conferences.wall.schemas import CardSchema
from registry.core import i18n
from registry.core.forms import Part, RecordSchema
from registry.core.listing import Listing, as_uuid, page_number
from registry.designations.schemas import DesignationSchema
from registry.network.bodies.responsibilities.schemas import DutySchema
from registry.network.bodies.schemas import BodySchema
from registry.network.links.schemas import LinkSchema
from registry.network.needs.schemas import NeedSchema
from registry.network.rounds.schemas import RoundSchema
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.regions.settings.schemas import SettingsSchema
from registry.resources.schemas import ResourceSchema
from registry.urgent.schemas import NoticeSchema
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing.schemas import TermForm

pages = Blueprint("audit", __name__)
PER_PAGE = 50
SCHEMAS: dict[str, type[RecordSchema]] = {
    "actor": ActorSchema,
    "designation": DesignationSchema,
    "cooperation": LinkSchema,
    "urgent_notice": NoticeSchema,
    "external_resource": ResourceSchema,
    "body": BodySchema,
    "responsibility": DutySchema,
    "conference": ConferenceSchema,
    "cafe": CafeLogSchema,
    "decision": DecisionSchema,
    "minutes": MinutesSchema,
    "task": TaskSchema,
    "topic": LoggedTopicSchema,
    "card": CardSchema,
    "photo": PictureSchema,
    "documentation": DocumentationSchema,
    "evaluation": EvaluationSchema,
    "invitation": LoggedInvitationSchema,
    "individual": IndividualSchema,
    "rule": RuleSchema,
    "training": TrainingSchema,
    "officer": OfficerSchema,
    "knowledge": PointSchema,
    "need": NeedSchema,
    "round": RoundSchema,
    "series": SeriesSchema,
    "venue": VenueSchema,
    "avoided": AvoidedSchema,
    "settings": SettingsSchema,
    "term": TermForm,
}
ALSO: dict[str, tuple[type[RecordSchema], ...]] = {  # what is told of them by other forms
    "task": (ReportSchema, EndingSchema),
    "minutes": (OutcomeSchema,),
}


@pages.get("/<lang>/office/log")
def log(lang: str) -> Any:
    require(who(), Permission.AUDIT_READ, None)
    page, subject = page_number(), as_uuid(request.args.get("subject"))
    rows, total = queries.entries(who(), subject_id=subject, page=page, per_page=PER_PAGE)
    return render_template(
        "audit/log.html",
        listing=Listing(".log", [_shown(row) for row in rows], total, page, PER_PAGE),
        subject=subject,
        subject_label=rows[0].subject_label if subject and rows else "",
    )


def _shown(row: AuditRow) -> dict[str, Any]:
    kind, _dot, verb = row.action.partition(".")
    return {
        "at": row.at.astimezone(i18n.ZONE),
        "who": row.who_label,
        "verb": VERBS.get(verb, verb),
        "kind": SUBJECTS.get(kind, kind),
        "label": row.subject_label,
        "subject": row.subject_id,
        "url": _address(row),
        "differences": spoken(kind, row.changes),
    }


def spoken(kind: str, changes: Mapping[str, list[Any]]) -> list[Difference]:
    """Return changes {detail: [old, new]} of one kind of subject in the words of the page."""
    fields = dict(_fields(kind))
    return differences(
        changes,
        lambda name: str(_label(fields, name)),
        lambda name, text: str(_value(fields, name, text)),
    )


def _address(row: AuditRow) -> str:
    pages_of = {
        "actor": "actors_editing.edit",
        "offer": "offers_editing.edit",
        "designation": "designations.edit",
        "cooperation": "network_links.edit",
        "urgentnotice": "urgent.edit",
        "externalresource": "resources.edit",
        "finding": "network_findings.decide",
        "body": "network_bodies.edit",
        "conference": "conferences.plan",
        "task": "conference_tasks.task",
        "minutes": "conference_minutes.one",
        "series": "conference_series.detail",
        "venue": "conference_venues.edit",
        "topic": "conference_topics.topic",
        "training": "conference_training.detail",
        "officer": "conference_officers.edit",
        "need": "network_needs.edit",
    }
    endpoint = pages_of.get(row.subject_type)
    lang = i18n.current().tag
    return url_for(endpoint, lang=lang, uuid=row.subject_id) if endpoint and row.subject_id else ""


def _fields(kind: str) -> Iterator[tuple[str, Any]]:
    """Yield the hints of every detail of an actor or an offer, those of its rows included.

    The terms of an offer are recorded by scheme: they are found under "term:<scheme>", too.
    """
    for other in ALSO.get(kind, ()):
        yield from ((name, f.metadata) for name, f in other(audience="office").fields.items())
    schema: RecordSchema = SCHEMAS.get(kind, OfferSchema)(audience="office")
    for part in (f for f in schema.fields.values() if isinstance(f, Part)):
        yield from ((name, inner.metadata) for name, inner in part.rows.fields.items())
    for name, field in schema.fields.items():
        yield field.data_key or name, field.metadata
        if field.metadata.get("choices", "").startswith("term:"):
            yield field.metadata["choices"], field.metadata


def _label(fields: dict[str, Any], name: str) -> Any:
    return OTHER_NAMES.get(name) or fields.get(name, {}).get("label") or name


def _value(fields: dict[str, Any], name: str, text: str) -> Any:
    """Return a stored value in the words of the page; what is unknown stays as it is."""
    hints = fields.get(name, {})
    scheme = hints.get("choices", f"term:{name}").removeprefix("term:")
    if term := vocabulary.term(scheme, text):
        return term.label(i18n.current().tag).body
    if name in ("areas", "municipality", "region"):
        return regions.names([text]).get(text, text)
    words = {str(key): word for key, word in hints.get("options", ())}
    return words.get(text) or {"true": _("yes"), "false": _("no")}.get(text) or i18n.iso_day(text)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
