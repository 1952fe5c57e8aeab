"""What is held on a person: looked for, chosen, taken out as a file, erased."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, Response, after_this_request, render_template, request
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.actors.schemas import ActorSchema, ContactSchema, PlaceSchema
from registry.audit.wording import SUBJECTS, VERBS
from registry.core import i18n
from registry.core.errors import Invalid
from registry.core.web import writes
from registry.offers.schemas import OfferSchema
from registry.privacy import pages as privacy
from registry.privacy.persons import finding, services
from registry.privacy.persons.finding import Found
from registry.privacy.persons.terms import Kind
from registry.regions.settings.schemas import SettingsSchema

pages = Blueprint("persons", __name__)
TABLES = {
    "contact": _l("Contacts"),
    "contacts": _l("Contacts"),
    "mail": _l("Mail"),
    "mails": _l("Mail"),
    "accounts": _l("Accounts"),
    "files": _l("Uploaded files"),
    "user": _l("Accounts"),
    "audit_entry": _l("Log"),
    "suggestion": _l("Suggestions"),
    "actor": _l("Actors"),
    "campaign_entry": _l("Answers of actors to work on"),
    "proposal": _l("Entries and changes to be reviewed"),
    "import_run": _l("Imports so far"),
    "offer": _l("Offers"),
    "place": _l("Places"),
    "region_settings": _l("Region"),
}
INNER = {"id", "uuid", "version", "position", "folded"}


@pages.post("/<lang>/office/privacy/person")
@writes
def person(lang: str) -> Any:
    words = request.form.get("words", "").strip()
    chosen = request.form.getlist("chosen")
    try:
        if request.form.get("form") == "json":
            return _as_file(services.held_on(who(), words, chosen))
        return _page(words)
    except Invalid as error:
        return _refused(words, error, chosen)


@pages.post("/<lang>/office/privacy/erase")
@writes
def erase(lang: str) -> Any:
    words, chosen = request.form.get("words", "").strip(), request.form.getlist("chosen")
    try:
        if not request.form.get("sure"):
            services.look_for(who(), words)
            raise Invalid({"sure": [_("Please confirm that this cannot be undone.")]})
        done = services.erase(who(), words, chosen)
    except Invalid as error:
        return _refused(words, error, chosen)

    @after_this_request
    def clean(response: Response) -> Response:
        services.sweep(who())
        return response

    return render_template("privacy/erased.html", done=done, tables=TABLES)


def _refused(words: str, error: Invalid, chosen: Collection[str]) -> Any:
    if "address" in error.errors:
        return privacy.overview_page(words=words, errors=error.errors), 422
    return _page(words, chosen, error.errors), 422


def _page(words: str, chosen: Collection[str] = (), errors: Mapping[str, Any] | None = None) -> str:
    found = services.look_for(who(), words)
    if errors is None and all(term.kind == Kind.ADDRESS for term in found.given):
        chosen = [item.ref for item in found.items.values() if item.given and item.table != "user"]
    return render_template(
        "privacy/person.html",
        words=words,
        groups=_grouped(found),
        told=lambda item: _told(found, item),
        line_of=_line,
        chosen=chosen,
        tables=TABLES,
        as_text=_as_text,
        facts_of=_facts,
        labels=_labels(),
        errors=errors or {},
    )


def _told(found: Found, item: Any) -> tuple[dict[str, Any], list[Any]]:
    """Return the rows of an item by table, and those of the log, of which the page tells less."""
    rows = finding.told(found, [item])
    return rows, rows.pop("audit_entry", [])


def _facts(row: Mapping[str, Any], labels: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield what the page shows of a row; all of it is in the file."""
    for name, value in row.items():
        inner = name in INNER or name.endswith("_id")
        if not inner and value not in (None, "", {}, []):
            yield labels.get(name, name), value


def _line(row: Mapping[str, Any]) -> str:
    """Return when what happened to which entry, as the log has it."""
    kind, _dot, verb = row["action"].partition(".")
    at = format_datetime(row["at"].astimezone(i18n.ZONE), "short", rebase=False)
    subject = f"{SUBJECTS.get(kind, kind)} {row['subject_label']}".strip()
    return f"{at} · {subject}: {VERBS.get(verb, verb)}"


def _labels() -> dict[str, Any]:
    """Return what forms call the columns; what stands in no form keeps its own name."""
    forms = (SettingsSchema, OfferSchema, ActorSchema, PlaceSchema, ContactSchema)
    known = [field for form in forms for field in form(audience="office").fields.items()]
    return {name: field.metadata["label"] for name, field in known if field.metadata.get("label")}


def _grouped(found: Found) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for item in sorted(found.items.values(), key=lambda each: not each.given):
        groups.setdefault(item.table, []).append(item)
    return groups


def _as_text(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return format_datetime(value.astimezone(i18n.ZONE), "short", rebase=False)
        case date():
            return i18n.short_date(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _as_file(found: Mapping[str, Any]) -> Response:
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="person.json"'}
    return Response(text, mimetype="application/json", headers=headers)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
