"""The office's pages about groups: who is in which, arranging people, moving somebody by hand."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.assignment import Costs
from registry.conferences.choices import Choices
from registry.conferences.groups import exports, lists, placing, queries, services, wording
from registry.conferences.groups.models import Run
from registry.conferences.groups.queries import PersonRow, Round
from registry.conferences.groups.schemas import (
    GROUPS,
    HOW,
    PLACE,
    STANDARD,
    GroupsSchema,
    HowSchema,
    ModeratorSchema,
    as_text,
    costs_of,
)
from registry.conferences.groups.telling import queries as told_of
from registry.conferences.groups.telling import services as telling
from registry.conferences.models import Conference, Group
from registry.conferences.queries import load_conference
from registry.conferences.replies.office.exports import FORMS
from registry.core import i18n
from registry.core.editing import Outcome, Sheet, attempt, beside, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.forms import RecordSchema
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes

pages = Blueprint("conference_groups", __name__)
PER_PAGE = 50
HERE = "/<lang>/office/conferences/<uuid:uuid>/groups"


@pages.get(HERE)
def overview(lang: str, uuid: UUID) -> Any:
    return _overview(load_conference(who(), uuid))


@pages.post(HERE)
@writes
def arrange(lang: str, uuid: UUID) -> Any:
    key = request.form.get("day", "")
    outcome = attempt(lambda: services.arrange(who(), uuid, key, _how(given(schema_of(HowSchema)))))
    if not outcome.saved:
        return _overview(load_conference(who(), uuid), outcome, key), outcome.status
    found = load_conference(who(), uuid)
    rows = queries.people(found, queries.load_round(found, key))
    flash(wording.placed(sum(bool(each.guest.group) for each in rows)), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid, day=key or None) + "#result")


def _how(data: Mapping[str, Any]) -> services.How:
    stay = request.form.get("stay") == "true"
    return services.How(costs_of(data["costs"]), data["unlisted"], data["seed"], stay)


def _overview(found: Conference, outcome: Outcome | None = None, key: str = "") -> str:
    rounds = queries.rounds(found)
    wanted = chosen_round(rounds, key or request.args.get("day", ""))
    shown: dict[str, Any] = _facts(found, wanted, outcome) if wanted else {}
    return render_template(
        "conferences/groups/overview.html",
        conference=found,
        rounds=rounds,
        round=wanted,
        letters=queries.letters(found),
        mine=may(Permission.CONFERENCE_LEAD.value, found),
        over=found.state(i18n.local_now().date()) == "held",
        untold=telling.plan(who(), found).untold if told_of.is_told(found) else 0,
        **shown,
    )


def _facts(found: Conference, wanted: Round, outcome: Outcome | None) -> dict[str, Any]:
    rows, run, led = (
        queries.people(found, wanted),
        queries.run_of(found, wanted),
        queries.led(wanted),
    )
    guests = [each.guest for each in rows]
    costs = Costs(tuple(run.costs), run.unlisted) if run else Costs()
    data = typed(schema_of(HowSchema)) if outcome else _proposed(found, run)
    return {
        "run": run,
        "costs": as_text(costs.ranks),
        "result": placing.result(guests, costs),
        "gaps": placing.gaps(led, guests),
        "groups": lists.lines(wanted, led, rows),
        "seated": len(rows),
        "unplaced": _unplaced(run, rows),
        "impossible": outcome.errors.get("impossible", []) if outcome else [],
        "sheet": sheet_of(HowSchema, HOW, data, Choices(who(), found.region, data), outcome),
    }


def _proposed(found: Conference, run: Run | None) -> dict[str, Any]:
    """Return what decided the last time, or as the lot a number that nobody has chosen: the day."""
    if run:
        return {"costs": as_text(run.costs), "unlisted": run.unlisted, "seed": run.seed}
    first = found.first_day
    return {**STANDARD, "seed": int(f"{first:%Y%m%d}")} if first else STANDARD


def _unplaced(run: Run | None, rows: Sequence[PersonRow]) -> list[tuple[PersonRow, Any]]:
    """Return those without a group and why; of those who came later nothing was decided."""
    why = {each["participant"]: each["reason"] for each in run.unplaced} if run else {}
    alone = (each for each in rows if not each.guest.group)
    return [(each, wording.UNPLACED.get(why.get(each.guest.key, ""), "")) for each in alone]


@pages.get(f"{HERE}/edit")
def edit(lang: str, uuid: UUID) -> Any:
    found = _mine(uuid)
    return _edit(found, schema_of(GroupsSchema).dump(found))


@pages.post(f"{HERE}/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    schema = schema_of(GroupsSchema)
    outcome = attempt(lambda: services.set_groups(who(), uuid, version(), given(schema)))
    if not outcome.saved:
        return _edit(load_conference(who(), uuid), typed(schema), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


def _edit(found: Conference, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    rooms = {str(each.uuid): each.name for each in (found.venue.rooms if found.venue else ())}
    rooms |= {str(each.room.uuid): each.room.name for each in found.groups if each.room}
    days = tuple((str(each.uuid), i18n.long_date(each.day)) for each in found.days)
    choices = Choices(
        who(), found.region, data, others=(("day", days), ("room", tuple(rooms.items())))
    )
    made = sheet_of(GroupsSchema, GROUPS, data, choices, outcome)
    made = beside(made, schema_of(GroupsSchema), found, choices, outcome)
    return render_template("conferences/groups/edit.html", sheet=made, conference=found)


@pages.get(f"{HERE}/people")
def people(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    rounds = queries.rounds(found)
    wanted = chosen_round(rounds, request.args.get("day", ""))
    titles = {str(each.uuid): each.title for each in wanted.groups} if wanted else {}
    asked = lists.Asked(
        group=one_of("group", titles), state=one_of("state", lists.STATES), sort=_sort()
    )
    rows = lists.chosen(queries.people(found, wanted), asked, list(titles)) if wanted else []
    page = page_number()
    return render_template(
        "conferences/groups/people.html",
        conference=found,
        rounds=rounds,
        round=wanted,
        asked=asked,
        titles=titles,
        letters=queries.letters(found),
        states=lists.STATES,
        listing=Listing(
            ".people",
            rows[(page - 1) * PER_PAGE : page * PER_PAGE],
            len(rows),
            page,
            PER_PAGE,
            asked.sort,
        ),
        mine=may(Permission.CONFERENCE_LEAD.value, found),
    )


def _sort() -> str:
    return one_of("sort", [*lists.SORTS, *(f"-{name}" for name in lists.SORTS)]) or "name"


@pages.get(f"{HERE}/lists")
def lists_of_groups(lang: str, uuid: UUID) -> Any:
    """Show each group as a list to be printed: no address, no telephone."""
    found = load_conference(who(), uuid)
    rounds = queries.rounds(found)
    shown = [
        (each, lists.lines(each, queries.led(each), queries.people(found, each))) for each in rounds
    ]
    return render_template(
        "conferences/groups/lists.html",
        conference=found,
        rounds=shown,
        letters=queries.letters(found),
    )


@pages.get(f"{HERE}/lists.<form>")
def download(lang: str, uuid: UUID, form: str) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    if form not in FORMS:
        raise NotFound
    rounds = [(each, queries.people(found, each)) for each in queries.rounds(found)]
    content = exports.groups(rounds, queries.letters(found), form)
    return send_file(BytesIO(content), as_attachment=True, download_name=f"groups.{form}")


@pages.get(f"{HERE}/<uuid:group>")
def group(lang: str, uuid: UUID, group: UUID) -> Any:
    found = load_conference(who(), uuid)
    return _group_page(found, queries.load_group(found, group))


@pages.post(f"{HERE}/<uuid:group>")
@writes
def moderator(lang: str, uuid: UUID, group: UUID) -> Any:
    def save() -> Any:
        chosen = given(schema_of(ModeratorSchema))["person"]
        return services.set_moderator(who(), uuid, group, version(), chosen)

    outcome = attempt(save)
    if not outcome.saved:
        found = load_conference(who(), uuid)
        return _group_page(found, queries.load_group(found, group), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".group", lang=lang, uuid=uuid, group=group))


def _group_page(found: Conference, row: Group, outcome: Outcome | None = None) -> str:
    wanted = next(each for each in queries.rounds(found) if row in each.groups)
    rows, led = queries.people(found, wanted), queries.led(wanted)
    leading = queries.moderators([row]).get(row.uuid)
    data = {"person": str(leading.uuid) if leading and leading.seated else None}
    offered = (("person", tuple((each.guest.key, lists.named(each)) for each in rows)),)
    return render_template(
        "conferences/groups/group.html",
        conference=found,
        group=row,
        round=wanted,
        line=next(e for e in lists.lines(wanted, led, rows) if e.group is row),
        letters=queries.letters(found),
        mine=may(Permission.CONFERENCE_LEAD.value, found),
        overtaken=outcome is not None and outcome.theirs is not None,
        sheet=sheet_of(
            ModeratorSchema,
            PLACE,
            typed(schema_of(ModeratorSchema)) if outcome else data,
            Choices(who(), found.region, data, others=offered),
            outcome,
        ),
    )


def sheet_of(
    kind: type[RecordSchema],
    titles: Mapping[str, Any],
    data: Mapping[str, Any],
    choices: Choices,
    outcome: Outcome | None,
) -> Sheet:
    return sheet(schema_of(kind), titles, data, choices, outcome)


def schema_of(kind: type[RecordSchema]) -> RecordSchema:
    return kind(audience="office")


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    return found


def chosen_round(rounds: Sequence[Round], key: str) -> Round | None:
    """Return the round that is asked for, else the first."""
    return next((each for each in rounds if each.key == key), rounds[0] if rounds else None)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
