"""The office says whom to invite, and looks at what follows for everybody before it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered
from registry.conferences.invitations.choosing import preview as reading
from registry.conferences.invitations.choosing import queries, services
from registry.conferences.invitations.choosing.schemas import (
    LIMIT_SECTIONS,
    PICK_SECTIONS,
    RULE_SECTIONS,
    LimitsSchema,
    PickSchema,
    RuleSchema,
)
from registry.conferences.invitations.models import Effect, Rule
from registry.conferences.invitations.pages import pages, today
from registry.conferences.invitations.wording import EFFECTS, category_name, category_options
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, load_conference
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.errors import Conflict, NotFound
from registry.core.forms import Option, RecordSchema
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network.findings.wording import TITLES

ROOM = "/<lang>/office/conferences/<uuid:uuid>/invitations"
PER_PAGE = 100
ALL = 100_000  # on one page, to print


@dataclass(frozen=True)
class Choices(Offered):
    """What these forms offer: all categories, the region's municipalities, kinds of findings."""

    def _category(self) -> Iterable[Option]:
        return category_options()

    def _findings(self) -> Iterable[Option]:
        return list(TITLES.items()) if may("network.read", In(self.region)) else []


@pages.get(f"{ROOM}/rules")
def rules(lang: str, uuid: UUID) -> Any:
    conference = _conference(uuid)
    planned = queries.planned(conference, today())
    rows = queries.load_rules(conference)
    return render_template(
        "conferences/invitations/rules.html",
        conference=conference,
        rules=rows,
        told=reading.told(who(), conference, rows),
        plan=planned.plan,
        picks=reading.picks(who(), conference, planned),
        effects=EFFECTS,
        category_name=category_name,
    )


@pages.get(f"{ROOM}/rules/new")
def rule_new(lang: str, uuid: UUID) -> Any:
    return _rule_form(_conference(uuid), None, {"effect": Effect.INVITE.value, "priority": 1})


@pages.post(f"{ROOM}/rules/new")
@writes
def rule_new_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.add_rule(who(), uuid, given(_rules())))
    if outcome.saved:
        return _back("rules", lang, uuid)
    return _rule_form(_conference(uuid), None, typed(_rules()), outcome), outcome.status


@pages.get(f"{ROOM}/rules/<uuid:rule>")
def rule_edit(lang: str, uuid: UUID, rule: UUID) -> Any:
    found = _rule(uuid, rule)
    return _rule_form(found.conference, found, _rules().dump(found))


@pages.post(f"{ROOM}/rules/<uuid:rule>")
@writes
def rule_submitted(lang: str, uuid: UUID, rule: UUID) -> Any:
    found = _rule(uuid, rule)
    outcome = attempt(lambda: services.change_rule(who(), rule, version(), given(_rules())))
    if outcome.saved:
        return _back("rules", lang, uuid)
    found = _rule(uuid, rule)
    return _rule_form(found.conference, found, typed(_rules()), outcome), outcome.status


@pages.post(f"{ROOM}/rules/<uuid:rule>/delete")
@writes
def rule_delete(lang: str, uuid: UUID, rule: UUID) -> Any:
    """Delete a rule; the page after it offers the form that enters it again."""
    found = _rule(uuid, rule)
    kept = _rules().dump(found)
    services.delete_rule(who(), rule, version())
    flash(_("Deleted. Saving this form enters the rule again."), "success")
    return _rule_form(_conference(uuid), None, kept)


@pages.post(f"{ROOM}/rules/<uuid:rule>/move")
@writes
def rule_move(lang: str, uuid: UUID, rule: UUID) -> Any:
    _rule(uuid, rule)
    services.move_rule(who(), rule, -1 if request.form.get("by") == "up" else 1)
    return _back("rules", lang, uuid)


@pages.get(f"{ROOM}/limits")
def limits(lang: str, uuid: UUID) -> Any:
    conference = _conference(uuid)
    return _limits_form(conference, _limits_of(conference))


@pages.post(f"{ROOM}/limits")
@writes
def limits_submitted(lang: str, uuid: UUID) -> Any:
    schema = LimitsSchema(audience="office")
    outcome = attempt(lambda: services.set_limits(who(), uuid, version(), given(schema)))
    if outcome.saved:
        return _back("rules", lang, uuid)
    return _limits_form(_conference(uuid), typed(schema), outcome), outcome.status


@pages.get(f"{ROOM}/by-hand/<key>")
def pick(lang: str, uuid: UUID, key: str) -> Any:
    conference = _conference(uuid)
    found = queries.load_pick(conference, key)
    data = PickSchema(audience="office").dump(found) if found else {}
    return _pick_form(conference, key, data)


@pages.post(f"{ROOM}/by-hand/<key>")
@writes
def pick_submitted(lang: str, uuid: UUID, key: str) -> Any:
    schema = PickSchema(audience="office")
    outcome = attempt(lambda: (services.pick(who(), uuid, key, given(schema)), True))
    if outcome.saved:
        flash(_("Saved."), "success")
        return _back("preview", lang, uuid, q=request.args.get("q"))
    return _pick_form(_conference(uuid), key, typed(schema), outcome), outcome.status


@pages.get(f"{ROOM}/preview")
def preview(lang: str, uuid: UUID) -> Any:
    return _preview(_conference(uuid))


@pages.post(f"{ROOM}/apply")
@writes
def apply(lang: str, uuid: UUID) -> Any:
    try:
        done = services.apply(who(), uuid, request.form.get("seen", ""), today())
    except Conflict:
        flash(_("Something has changed since you looked. Please look again."), "warning")
        return _back("preview", lang, uuid)
    counts = {"added": done.added, "gone": done.gone, "changed": done.changed}
    flash(_("Added %(added)s, taken out %(gone)s, changed %(changed)s.", **counts), "success")
    return _back("listing", lang, uuid, applied=done.moment.isoformat())


@pages.post(f"{ROOM}/undo")
@writes
def undo(lang: str, uuid: UUID) -> Any:
    try:
        moment = datetime.fromisoformat(request.form.get("applied", ""))
    except ValueError:
        raise NotFound from None
    services.undo(who(), uuid, moment, today())
    flash(_("Taken back."), "success")
    return _back("listing", lang, uuid)


def _conference(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def _rule(conference: UUID, uuid: UUID) -> Rule:
    found = queries.load_rule(who(), uuid)
    if found.conference.uuid != conference:
        raise NotFound
    require(who(), Permission.CONFERENCE_INVITE, found)
    return found


def _rules() -> RuleSchema:
    return RuleSchema(audience="office")


def _back(endpoint: str, lang: str, uuid: UUID, **asked: Any) -> Any:
    return redirect(url_for(f".{endpoint}", lang=lang, uuid=uuid, **asked))


def _limits_of(conference: Conference) -> dict[str, Any]:
    rows = [{"category": key, **each} for key, each in (conference.quotas or {}).items()]
    names = ("seats_each", "invited_most")
    return {**{name: getattr(conference, name) for name in names}, "limits": rows}


def _drawn(
    conference: Conference,
    schema: RecordSchema,
    sections: Mapping[str, Any],
    data: Mapping[str, Any],
    outcome: Outcome | None,
) -> Any:
    return sheet(schema, sections, data, Choices(who(), conference.region, data), outcome)


def _rule_form(
    conference: Conference,
    row: Rule | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
) -> str:
    made = _drawn(conference, _rules(), RULE_SECTIONS, data, outcome)
    if row:
        choices = Choices(who(), conference.region, data)
        made = beside(made, _rules(), row, choices, outcome)
    page = "conferences/invitations/rule.html"
    return render_template(page, conference=conference, sheet=made, row=row)


def _limits_form(
    conference: Conference, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    made = _drawn(conference, LimitsSchema(audience="office"), LIMIT_SECTIONS, data, outcome)
    overtaken = outcome is not None and outcome.theirs is not None
    held = version() if outcome and not overtaken else conference.version
    page = "conferences/invitations/limits.html"
    return render_template(page, conference=conference, sheet=made, held=held, overtaken=overtaken)


def _pick_form(
    conference: Conference, key: str, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    column, subject = queries.find_subject(who(), conference, key)
    hidden = column == "individual_id" and not in_the_office(who(), conference)
    return render_template(
        "conferences/invitations/pick.html",
        conference=conference,
        sheet=_drawn(conference, PickSchema(audience="office"), PICK_SECTIONS, data, outcome),
        name=category_name(subject.category) if hidden else str(subject),
        key=key,
    )


def _unanswered(conference: Conference) -> list[str]:
    """Return the framework's categories of which nobody has accepted, once the list was sent."""
    if conference.frozen_at is None:
        return []
    accepted = queries.accepted_categories(conference)
    return [key for key in queries.framework() if key not in accepted]


def _preview(conference: Conference) -> str:
    printed = one_of("print", ("all",))
    planned = queries.planned(conference, today())
    wanted = reading.Wanted(
        one_of("outcome", reading.OUTCOMES),
        one_of("category", (key for key, _name in category_options())),
        request.args.get("q", "").strip(),
    )
    found = reading.rows(who(), conference, planned, wanted)
    page, per_page = (1, ALL) if printed else (page_number(), PER_PAGE)
    shown = found[(page - 1) * per_page : page * per_page]
    return render_template(
        "conferences/invitations/preview.html",
        conference=conference,
        listing=Listing(".preview", shown, len(found), page, per_page),
        wanted=wanted,
        outcome_options=reading.options(planned),
        counts=reading.counts(planned),
        unanswered=_unanswered(conference),
        categories=category_options(),
        category_name=category_name,
        told=reading.told(who(), conference, queries.load_rules(conference)),
        difference=reading.difference(who(), conference, planned),
        plan=planned.plan,
    )
