"""The upload page of an organiser who has nothing but a spreadsheet: groups, or tables."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.assignment import Costs
from registry.conferences.groups.schemas import HOW, STANDARD, HowSchema, costs_of
from registry.conferences.groups.tables import answers, exports
from registry.conferences.groups.tables.schemas import ROTATE, RotateSchema
from registry.conferences.groups.wording import UNPLACED
from registry.core.editing import Outcome, attempt, given, sheet, typed
from registry.core.errors import Invalid, NotFound
from registry.core.forms import RecordSchema
from registry.core.web import large_body, writes
from registry.exchange.sheets import uploads, waiting

pages = Blueprint("conference_arranging", __name__)
HERE = "/<lang>/office/conferences/arrange"
WHAT = "arranged"
FIRST = {"tables": 6, "rounds": 3, "people": 36, "lot": 1}
EXAMPLES = {
    "groups": "group;minimum;maximum;per_organisation\r\nSprache;5;14;1\r\nArbeit;5;14;1\r\n",
    "wishes": "person;organisation;wish_1;wish_2\r\nA;Caritas;Sprache;Arbeit\r\nB;AWO;Arbeit;\r\n",
}


@pages.get(HERE)
def start(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    return _page()


@pages.post(HERE)
@writes
@large_body
def assign(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    outcome = attempt(_assigned)
    if not outcome.saved:
        return _page(assigning=outcome), outcome.status
    return redirect(url_for(".answer", lang=lang, uuid=outcome.saved))


@pages.post(f"{HERE}/tables")
@writes
def rotate(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    outcome = attempt(lambda: _kept(_rotated()))
    if not outcome.saved:
        return _page(rotating=outcome), outcome.status
    return redirect(url_for(".answer", lang=lang, uuid=outcome.saved))


@pages.get(f"{HERE}/<uuid:uuid>")
def answer(lang: str, uuid: UUID) -> Any:
    """Show an answer to whoever asked for it; it is kept for a day."""
    return render_template(
        "conferences/tables/answer.html", uuid=uuid, answer=_found(uuid), reasons=UNPLACED
    )


@pages.get(f"{HERE}/<uuid:uuid>.<form>")
def download(lang: str, uuid: UUID, form: str) -> Any:
    found = _found(uuid)
    if form == "json":
        text = json.dumps(answers.plain(found), ensure_ascii=False, indent=1)
        return _attached(text.encode(), "arranged.json")
    if form != "xlsx":
        raise NotFound
    return _attached(exports.xlsx(found), "arranged.xlsx")


@pages.get(f"{HERE}/<name>.csv")
def example(lang: str, name: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    if name not in EXAMPLES:
        raise NotFound
    return _attached(("\ufeff" + EXAMPLES[name]).encode(), f"{name}.csv")


@pages.post(f"{HERE}/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    _found(uuid)
    waiting.remove(WHAT, uuid)
    flash(_("The file has been removed."), "success")
    return redirect(url_for(".start", lang=lang))


def _assigned() -> UUID:
    """Read both tables and the settings; every fault of each is told at once."""
    files = {name: request.files.get(name) for name in ("groups", "wishes")}
    missing = {
        name: [_("Please choose a file.")]
        for name, file in files.items()
        if not (file and file.filename)
    }
    if missing:
        raise Invalid(missing)
    how = given(HowSchema(audience="office"))
    costs = Costs(costs_of(how["costs"]), how["unlisted"])
    run, paths = uuid4(), dict[str, Path]()
    try:
        for name, file in files.items():
            if file:
                uploads.keep(run, file.stream, name)
                paths[name] = uploads.path_of(run, name)
        return _kept(answers.assigned(paths["groups"], paths["wishes"], costs, how["seed"]))
    finally:
        uploads.remove(run, *files)


def _rotated() -> answers.Answer:
    told = given(RotateSchema(audience="office"))
    return answers.rotated(told["tables"], told["rounds"], told["people"], told["lot"])


def _kept(answer: answers.Answer) -> UUID:
    content = BytesIO(json.dumps(answer, ensure_ascii=False).encode())
    return waiting.keep(who(), WHAT, content, WHAT)


def _found(uuid: UUID) -> answers.Answer:
    require(who(), Permission.CONFERENCE_READ, None)
    path, _about = waiting.find(who(), WHAT, uuid)
    found: answers.Answer = json.loads(path.read_text("utf-8"))
    return found


def _attached(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def _page(assigning: Outcome | None = None, rotating: Outcome | None = None) -> str:
    errors = assigning.errors if assigning else {}
    return render_template(
        "conferences/tables/start.html",
        errors={name: errors.get(name, []) for name in ("groups", "wishes", "impossible")},
        how=_form(HowSchema, HOW, STANDARD, assigning),
        tables=_form(RotateSchema, ROTATE, FIRST, rotating),
    )


def _form(
    kind: type[RecordSchema], titles: dict[str, Any], data: dict[str, Any], outcome: Outcome | None
) -> Any:
    schema = kind(audience="office")
    return sheet(schema, titles, typed(schema) if outcome else data, lambda _kind: (), outcome)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
