"""Who changed what, when, from what to what; for those who edit."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.schemas import ActorSchema
from registry.audit import queries
from registry.audit.queries import AuditRow
from registry.audit.readable import Difference, differences
from registry.conferences.decisions.schemas import DecisionSchema, TaskSchema
from registry.conferences.groups.cafe.schemas import CafeLogSchema
from registry.conferences.schemas import ConferenceSchema
from registry.conferences.series.schemas import AvoidedSchema, SeriesSchema
from registry.conferences.topics.schemas import LoggedTopicSchema
from registry.conferences.venues.schemas import VenueSchema
from registry.core import i18n
from registry.core.forms import Part, RecordSchema
from registry.core.listing import Listing, as_uuid, page_number
from registry.designations.schemas import DesignationSchema
from registry.network.bodies.responsibilities.schemas import DutySchema
from registry.network.bodies.schemas import BodySchema
from registry.network.links.schemas import LinkSchema
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.regions.settings.schemas import SettingsSchema
from registry.resources.schemas import ResourceSchema
from registry.urgent.schemas import NoticeSchema
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing.schemas import TermForm

pages = Blueprint("audit", __name__)
PER_PAGE = 50
VERBS = {
    "started": _l("started"),
    "reminded": _l("reminders written"),
    "applied": _l("applied"),
    "declined": _l("not applied"),
    "open": _l("put back among what waits"),
    "invited": _l("invited"),
    "invited_again": _l("invited again"),
    "mailed": _l("invited by mail"),
    "told": _l("told of a change"),
    "asked": _l("asked for promises"),
    "written": _l("part written"),
    "circulated": _l("sent to those present"),
    "objected": _l("objection arrived"),
    "objection_decided": _l("objection decided on"),
    "approved": _l("approved"),
    "supplemented": _l("supplement begun"),
    "promised": _l("answered by its organisation"),
    "reported": _l("reported on"),
    "by_post": _l("to be sent by post"),
    "invitation_withdrawn": _l("invitation withdrawn"),
    "invitation_accepted": _l("invitation accepted"),
    "role_given": _l("role given"),
    "role_taken": _l("role taken back"),
    "closed": _l("closed"),
    "ended": _l("ended"),
    "reopened": _l("opened again"),
    "password_changed": _l("password changed"),
    "password_reset": _l("password set by link"),
    "address_changed": _l("address changed"),
    "second_factor_on": _l("second factor turned on"),
    "second_factor_off": _l("second factor turned off"),
    "second_factor_reset": _l("second factor reset"),
    "recovery_code_used": _l("recovery code used"),
    "recovery_codes_renewed": _l("recovery codes renewed"),
    "sessions_ended": _l("signed out everywhere"),
    "created": _l("created"),
    "updated": _l("changed"),
    "review": _l("put up for review"),
    "proposed": _l("proposed a change"),
    "taken_back": _l("taken back"),
    "returned": _l("returned with a reason"),
    "handed_over": _l("handed over"),
    "undone": _l("changed back"),
    "kept": _l("kept as it was before"),
    "published": _l("published"),
    "draft": _l("taken back to draft"),
    "archived": _l("archived"),
    "confirmed": _l("confirmed"),
    "copied": _l("made as a copy"),
    "deleted": _l("deleted"),
    "accepted": _l("accepted"),
    "rejected": _l("rejected"),
    "postponed": _l("put off"),
    "spam": _l("spam"),
    "told_apart": _l("told apart from another"),
    "tried_again": _l("sent once more"),
    "cancelled": _l("cancelled"),
    "moved": _l("moved to another day"),
    "called_off": _l("called off"),
    "exported": _l("taken out"),
    "printed": _l("letters printed"),
    "erased": _l("erased"),
    "informed": _l("informed of what is kept"),
    "lifted": _l("allowed to be sent to again"),
    "merged": _l("merged into another"),
    "unmerged": _l("taken apart again"),
    "received": _l("has taken in another"),
    "ordered": _l("moved in its list"),
    "seated": _l("guests seated"),
    "arranged": _l("people put into groups"),
    "places_told": _l("told participants where they are"),
    "group_changed": _l("moved by hand"),
}
SUBJECTS = {
    "campaign": _l("Campaign"),
    "answer": _l("Answer of an actor"),
    "actor": _l("Actor"),
    "contact": _l("Contacts"),
    "offer": _l("Offer"),
    "designation": _l("Contact point"),
    "cooperation": _l("Cooperation"),
    "urgent_notice": _l("Urgent notice"),
    "external_resource": _l("Helpful website"),
    "body": _l("Body"),
    "responsibility": _l("Responsibility"),
    "conference": _l("Conference"),
    "decision": _l("Decision"),
    "minutes": _l("Minutes"),
    "task": _l("Task"),
    "topic": _l("Topic"),
    "participant": _l("Participant"),
    "cafe": _l("World Café"),
    "series": _l("Series of conferences"),
    "venue": _l("Venue"),
    "avoided": _l("Days to avoid"),
    "user": _l("Account"),
    "settings": _l("Region"),
    "suggestion": _l("Suggestion"),
    "finding": _l("Finding"),
    "mail": _l("Mail"),
    "term": _l("Term"),
    "data": _l("Data"),
    "person": _l("Person"),
    "lettertemplate": _l("Template of letters"),
    "retention": _l("Times of keeping"),
}
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
    "task": TaskSchema,
    "topic": LoggedTopicSchema,
    "series": SeriesSchema,
    "venue": VenueSchema,
    "avoided": AvoidedSchema,
    "settings": SettingsSchema,
    "term": TermForm,
}
OTHER_NAMES = {
    "logo_key": _l("Logo"),
    "merged_into": _l("Merged into"),
    "position": _l("Place in the list"),
    "own_hours": _l("Opening hours"),
    "term_links": _l("Terms"),
    "grants": _l("Roles"),
    "region": _l("Register"),
    "reason": _l("Reason"),
    "merged": _l("Merged with"),
    "count": _l("Entries"),
    "rows": _l("Entries"),
    "letters": _l("Letters"),
    "labels": _l("Address labels"),
    "badges": _l("Name badges"),
    "reports": _l("What both sides say"),
    "side": _l("Side"),
    "light": _l("How it stands"),
    "part": _l("Title"),
    "object_until": _l("Objections until"),
    "outcome": _l("Outcome"),
    "digest": _l("Check sum (SHA-256)"),
    "ending": _l("The task is"),
    "ended_on": _l("Closed on"),
    "ended_because": _l("Reason"),
    "committed_on": _l("Promised on"),
    "sequence": _l("Changes that calendars are told"),
    "seed": _l("Number that decides by lot"),
    "total_cost": _l("Sum of all costs"),
    "group": _l("Group"),
    "excluded": _l("Not in this group"),
    "by_hand": _l("moved by hand"),
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
    }
    endpoint = pages_of.get(row.subject_type)
    lang = i18n.current().tag
    return url_for(endpoint, lang=lang, uuid=row.subject_id) if endpoint and row.subject_id else ""


def _fields(kind: str) -> Iterator[tuple[str, Any]]:
    """Yield the hints of every detail of an actor or an offer, those of its rows included.

    The terms of an offer are recorded by scheme: they are found under "term:<scheme>", too.
    """
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
