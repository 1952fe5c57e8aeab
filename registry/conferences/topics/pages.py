"""The preparation group gathers topics, rates them, and decides on each."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.invitations.wording import of_example
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.topics import printing, queries, services, sources
from registry.conferences.topics.models import Topic
from registry.conferences.topics.schemas import (
    DECISION,
    SECTIONS,
    SOURCES,
    STATES,
    DecisionSchema,
    TopicSchema,
)
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, as_uuid, page_number
from registry.core.web import writes

pages = Blueprint("conference_topics", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/topics"
TOPIC = "/<lang>/office/conferences/topics/<uuid:uuid>"
PER_PAGE = 50
POINTS = "points-"


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return _page(found)


@pages.post(f"{ADDRESS}/ratings")
@writes
def rate(lang: str, uuid: UUID) -> Any:
    """Keep what one gave each topic of the page."""
    told = {
        key: int(value) if value.isdecimal() and len(value) < 3 else None
        for name, value in request.form.items()
        if name.startswith(POINTS) and (key := as_uuid(name.removeprefix(POINTS)))
    }

    def save() -> bool:
        services.rate(who(), uuid, told)
        return True

    outcome = attempt(save)
    if not outcome.saved:
        return _page(load_conference(who(), uuid), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.post(f"{ADDRESS}/take")
@writes
def take(lang: str, uuid: UUID) -> Any:
    """Take over what is ticked of all that the register proposes."""
    found = _mine(uuid)
    wanted = set(request.form.getlist("key"))
    chosen = [each for each in sources.candidates(who(), found) if each.key in wanted]
    outcome = attempt(lambda: services.take_over(who(), uuid, chosen) + 1)
    if not outcome.saved:
        return _page(load_conference(who(), uuid), outcome), outcome.status
    taken = outcome.saved - 1
    flash(ngettext("%(num)s topic taken over.", "%(num)s topics taken over.", taken), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.get(f"{ADDRESS}/new")
def new(lang: str, uuid: UUID) -> Any:
    return _form(_mine(uuid), None, {})


@pages.post(f"{ADDRESS}/new")
@writes
def new_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.add(who(), uuid, given(_schema())))
    if not outcome.saved:
        return _form(_mine(uuid), None, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.get(TOPIC)
def topic(lang: str, uuid: UUID) -> Any:
    found = queries.load_topic(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    return _shown(found)


@pages.post(TOPIC)
@writes
def change(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        return _shown(queries.load_topic(who(), uuid), changed=outcome), outcome.status
    return _kept(lang, outcome.saved)


@pages.post(f"{TOPIC}/decision")
@writes
def decide(lang: str, uuid: UUID) -> Any:
    schema, today = DecisionSchema(audience="office"), i18n.local_now().date()
    outcome = attempt(lambda: services.decide(who(), uuid, version(), given(schema), today))
    if not outcome.saved:
        return _shown(queries.load_topic(who(), uuid), decided=outcome), outcome.status
    return _kept(lang, outcome.saved)


@pages.post(f"{TOPIC}/reopen")
@writes
def reopen(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.reopen(who(), uuid, version()))


@pages.post(f"{TOPIC}/item")
@writes
def make_item(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.make_item(who(), uuid, version()))


@pages.post(f"{TOPIC}/group")
@writes
def make_group(lang: str, uuid: UUID) -> Any:
    return _done(lang, uuid, lambda: services.make_group(who(), uuid, version()))


@pages.get(f"{ADDRESS}/topics.pdf")
def pdf(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_READ, found)
    rows, _total = queries.rated(who(), found, per_page=None)
    made = printing.pdf(found, rows, i18n.local_now())
    name = of_example("themen.pdf", example=found.example)
    return send_file(BytesIO(made), as_attachment=True, download_name=name)


def _page(found: Conference, outcome: Outcome | None = None) -> str:
    editable, page = _editable(found), page_number()
    rows, total = queries.rated(who(), found, page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/topics/overview.html",
        conference=found,
        listing=Listing(".overview", rows, total, page, PER_PAGE),
        offered=sources.candidates(who(), found) if editable else [],
        sources=dict(SOURCES),
        states=dict(STATES),
        editable=editable,
        rating=editable and any(each.topic.state == "open" for each in rows),
        refused=[text for texts in outcome.errors.values() for text in texts] if outcome else [],
    )


def _form(
    found: Conference, row: Topic | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), found.region, data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    return render_template("conferences/topics/new.html", sheet=made, conference=found, row=row)


def _shown(row: Topic, changed: Outcome | None = None, decided: Outcome | None = None) -> str:
    """Return the page of a topic with both its forms; one of them may just have been refused."""
    schema, decision = _schema(), DecisionSchema(audience="office")
    data = typed(schema) if changed else schema.dump(row)
    said = typed(decision) if decided else decision.dump(row)
    choices = Choices(who(), row.region, data)
    made = sheet(schema, SECTIONS, data, choices, changed)
    return render_template(
        "conferences/topics/topic.html",
        conference=row.conference,
        row=row,
        sheet=beside(made, schema, row, choices, changed),
        decision=sheet(decision, DECISION, said, choices, decided),
        overtaken=decided is not None and decided.theirs is not None,
        refused=decided is not None and bool(decided.errors),
        sources=dict(SOURCES),
        states=dict(STATES),
        editable=_editable(row.conference),
    )


def _done(lang: str, uuid: UUID, save: Callable[[], Any]) -> Any:
    outcome = attempt(save)
    found = queries.load_topic(who(), uuid)
    if not outcome.saved:
        return _shown(found, decided=outcome), outcome.status
    return _kept(lang, found)


def _kept(lang: str, found: Topic) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for(".topic", lang=lang, uuid=found.uuid))


def _editable(found: Conference) -> bool:
    return may("conference.lead", found) and not found.archived_on


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    return found


def _schema() -> TopicSchema:
    return TopicSchema(audience="office")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
