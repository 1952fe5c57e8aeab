"""The office's pages about World Cafés: tables, seating, plan to print, results."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import EXCLUDE, ValidationError

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.groups.cafe import exports, queries, seating, services, showing
from registry.conferences.groups.cafe.schemas import (
    LOT,
    SECTIONS,
    CafeSchema,
    SeedSchema,
    TableResultSchema,
)
from registry.conferences.groups.lists import named
from registry.conferences.groups.models import Cafe
from registry.conferences.groups.queries import PersonRow
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies.office.exports import FORMS
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, submitted, typed, version
from registry.core.errors import Invalid, NotFound
from registry.core.forms import controls, read_form
from registry.core.web import writes

pages = Blueprint("conference_cafe", __name__)
HERE = "/<lang>/office/conferences/<uuid:uuid>/world-cafe"
ONE = f"{HERE}/<uuid:cafe>"


@pages.get(HERE)
def listing(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    return render_template(
        "conferences/cafe/list.html",
        conference=found,
        cafes=queries.listed(found),
        mine=may(Permission.CONFERENCE_LEAD.value, found),
    )


@pages.get(f"{HERE}/new")
def new(lang: str, uuid: UUID) -> Any:
    return _form(_mine(uuid), None, {"title": _("World Café"), "rounds": 3, "minutes": 20})


@pages.post(f"{HERE}/new")
@writes
def new_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.create(who(), uuid, given(_schema())))
    if not outcome.saved:
        return _form(load_conference(who(), uuid), None, typed(_schema()), outcome), outcome.status
    return _to(lang, uuid, outcome.saved)


@pages.get(f"{ONE}/edit")
def edit(lang: str, uuid: UUID, cafe: UUID) -> Any:
    found = _mine(uuid)
    row = queries.load_cafe(found, cafe)
    return _form(found, row, _schema().dump(row))


@pages.post(f"{ONE}/edit")
@writes
def edit_submitted(lang: str, uuid: UUID, cafe: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, cafe, version(), given(_schema())))
    if not outcome.saved:
        found = load_conference(who(), uuid)
        row = queries.load_cafe(found, cafe)
        return _form(found, row, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return _to(lang, uuid, outcome.saved)


@pages.post(f"{ONE}/delete")
@writes
def delete(lang: str, uuid: UUID, cafe: UUID) -> Any:
    outcome = attempt(lambda: services.delete(who(), uuid, cafe, version()))
    if not outcome.saved:
        return _detail(load_conference(who(), uuid), cafe, refused=outcome), outcome.status
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang, uuid=uuid))


@pages.get(ONE)
def detail(lang: str, uuid: UUID, cafe: UUID) -> Any:
    return _detail(load_conference(who(), uuid), cafe)


@pages.post(ONE)
@writes
def seat(lang: str, uuid: UUID, cafe: UUID) -> Any:
    schema = SeedSchema(audience="office")
    outcome = attempt(lambda: services.seat(who(), uuid, cafe, given(schema)["seed"]))
    if not outcome.saved:
        return _detail(load_conference(who(), uuid), cafe, outcome), outcome.status
    flash(_("Everybody has a place at a table."), "success")
    return _to(lang, uuid, outcome.saved)


@pages.post(f"{ONE}/late")
@writes
def seat_late(lang: str, uuid: UUID, cafe: UUID) -> Any:
    late = services.seat_late(who(), uuid, cafe)
    flash(ngettext("%(num)s person was seated.", "%(num)s people were seated.", late), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid, cafe=cafe))


@pages.get(f"{ONE}/plan")
def plan(lang: str, uuid: UUID, cafe: UUID) -> Any:
    """Show the seating as it is printed: a sheet for each table, then everybody by name."""
    found = load_conference(who(), uuid)
    row, people = queries.load_cafe(found, cafe), queries.everybody(found)
    turns = queries.seating(row)
    return render_template(
        "conferences/cafe/plan.html",
        conference=found,
        cafe=row,
        turns=showing.named(turns, people),
        ways=showing.ways(turns, people),
        hosts=showing.hosts(row, people),
    )


@pages.get(f"{ONE}/plan.<form>")
def download(lang: str, uuid: UUID, cafe: UUID, form: str) -> Any:
    found = _mine(uuid)
    row = queries.load_cafe(found, cafe)
    if form not in FORMS:
        raise NotFound
    ways = showing.ways(queries.seating(row), queries.everybody(found))
    content = exports.plan(row, ways, form)
    return send_file(BytesIO(content), as_attachment=True, download_name=f"tables.{form}")


@pages.get(f"{ONE}/results")
def results(lang: str, uuid: UUID, cafe: UUID) -> Any:
    found = _mine(uuid)
    return _results(found, queries.load_cafe(found, cafe))


@pages.post(f"{ONE}/results")
@writes
def results_submitted(lang: str, uuid: UUID, cafe: UUID) -> Any:
    def save() -> Any:
        row = queries.load_cafe(load_conference(who(), uuid), cafe)
        told = _told(len(row.tables))
        return services.record_results(who(), uuid, cafe, version(), told)

    outcome = attempt(save)
    if not outcome.saved:
        found = load_conference(who(), uuid)
        return _results(found, queries.load_cafe(found, cafe), outcome), outcome.status
    flash(_("Saved."), "success")
    return _to(lang, uuid, outcome.saved)


def _results(found: Conference, row: Cafe, outcome: Outcome | None = None) -> str:
    shown = [
        _typed(number) if outcome else _result_schema().dump(table)
        for number, table in enumerate(row.tables)
    ]
    errors = outcome.errors if outcome else {}
    inputs = [
        controls(
            _result_schema(),
            data,
            errors.get(str(number), {}),
            lambda _kind: (),
            f"tables-{number}.",
        )
        for number, data in enumerate(shown)
    ]
    return render_template(
        "conferences/cafe/results.html",
        conference=found,
        cafe=row,
        blocks=list(zip(row.tables, inputs, strict=True)),
        version=row.version if not outcome or outcome.theirs is not None else version(),
        overtaken=outcome is not None and outcome.theirs is not None,
    )


def _told(tables: int) -> dict[UUID, str | None]:
    """Return what was typed for each table; raises Invalid with the messages of each."""
    told, wrong = {}, {}
    for number in range(tables):
        try:
            loaded = _result_schema().load(_typed(number), unknown=EXCLUDE)
        except ValidationError as error:
            wrong[number] = error.messages_dict
        else:
            told[loaded.get("uuid") or UUID(int=0)] = loaded["result"]
    if wrong:
        raise Invalid({str(number): found for number, found in wrong.items()})
    return told


def _typed(number: int) -> dict[str, Any]:
    return read_form(_result_schema(), submitted(), f"tables-{number}.")


def _result_schema() -> TableResultSchema:
    return TableResultSchema(audience="office")


def _form(
    found: Conference, row: Cafe | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    days = tuple((str(each.uuid), i18n.long_date(each.day)) for each in found.days)
    people = tuple((each.guest.key, named(each)) for each in queries.everybody(found))
    choices = Choices(who(), found.region, data, others=(("day", days), ("person", people)))
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template("conferences/cafe/edit.html", sheet=made, conference=found, cafe=row)


def _detail(
    found: Conference,
    uuid: UUID,
    outcome: Outcome | None = None,
    refused: Outcome | None = None,
) -> str:
    row, people = queries.load_cafe(found, uuid), queries.everybody(found)
    turns = queries.seating(row)
    first = found.first_day
    data = {"seed": row.seed or (int(f"{first:%Y%m%d}") if first else 1)}
    schema = SeedSchema(audience="office")
    shown = typed(schema) if outcome else data
    return render_template(
        "conferences/cafe/detail.html",
        conference=found,
        cafe=row,
        turns=showing.named(turns, people),
        hosts=showing.hosts(row, people),
        late=showing.late(row, turns, people),
        same_house=seating.same_house(turns, _houses(people)),
        sheet=sheet(schema, LOT, shown, lambda _kind: (), outcome),
        refused=[text for texts in refused.errors.values() for text in texts] if refused else [],
        overtaken=refused is not None and refused.theirs is not None,
        mine=may(Permission.CONFERENCE_LEAD.value, found),
    )


def _houses(people: Sequence[PersonRow]) -> dict[str, str]:
    return {each.guest.key: each.guest.organisation for each in people}


def _schema() -> CafeSchema:
    return CafeSchema(audience="office")


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_LEAD, found)
    return found


def _to(lang: str, uuid: UUID, row: Cafe) -> Any:
    return redirect(url_for(".detail", lang=lang, uuid=uuid, cafe=row.uuid))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
