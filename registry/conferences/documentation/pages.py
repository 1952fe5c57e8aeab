"""The documentation: the office writes it, everyone reads it once it is published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.documentation import making, queries, services
from registry.conferences.documentation.content import paper
from registry.conferences.documentation.schemas import (
    SECTIONS,
    DocumentationSchema,
    PictureSchema,
)
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.wall import photos
from registry.conferences.wall.models import Photo
from registry.core import i18n
from registry.core.documents import making as documents
from registry.core.documents import papers, word
from registry.core.editing import Outcome, attempt, given, sheet, submitted, typed, version
from registry.core.errors import NotFound
from registry.core.forms import Control, controls, read_form
from registry.core.web import large_body, public, writes

pages = Blueprint("conference_documentation", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/documentation"
PUBLIC = "/<lang>/conferences/<uuid:uuid>/documentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Shown:
    """A picture in the office's list, with its form; `ready` may be seen by others."""

    row: Photo
    inputs: list[Control]
    ready: bool


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return _page(found)


@pages.post(ADDRESS)
@writes
def write(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.write(who(), uuid, version(), _given()))
    return _answer(uuid, outcome, texts=outcome)


@pages.post(f"{ADDRESS}/publish")
@writes
def publish(lang: str, uuid: UUID) -> Any:
    day = _today() if request.form.get("public") == "yes" else None
    outcome = attempt(lambda: services.publish(who(), uuid, day))
    return _answer(uuid, outcome, texts=outcome)


@pages.post(f"{ADDRESS}/pictures")
@writes
@large_body
def bring(lang: str, uuid: UUID) -> Any:
    """Keep a picture of the conference."""
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    upload = request.files.get("photo")
    content = upload.stream.read(photos.MAX_BYTES + 1) if upload else b""

    def keep() -> Photo:
        data = given(_picture())
        return services.bring(who(), uuid, photos.taken(content), data, _today())

    outcome = attempt(keep)
    return _answer(uuid, outcome, brought=outcome)


@pages.post(f"{ADDRESS}/pictures/<uuid:photo>")
@writes
def describe(lang: str, uuid: UUID, photo: UUID) -> Any:
    def save() -> Photo:
        data = _picture().load(read_form(_picture(), submitted(), f"{photo}."))
        return services.describe(who(), uuid, photo, version(), data)

    outcome = attempt(save)
    return _answer(uuid, outcome, described=(photo, outcome))


@pages.post(f"{ADDRESS}/pictures/<uuid:photo>/remove")
@writes
def remove(lang: str, uuid: UUID, photo: UUID) -> Any:
    services.remove(who(), uuid, photo)
    flash(_("Deleted."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=uuid, _anchor="pictures"))


@pages.get(f"{ADDRESS}/pictures/<uuid:photo>")
def picture(lang: str, uuid: UUID, photo: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return _jpeg(queries.load_impression(found, photo), kept="no-store")


@pages.get(f"{ADDRESS}/documentation.pdf")
def pdf(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return _pdf(found)


@pages.get(f"{ADDRESS}/documentation.docx")
def docx(lang: str, uuid: UUID) -> Any:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    made = word.docx(paper(making.told(found, queries.load_documentation(found))))
    return _file(made, DOCX, ".docx")


@pages.get(PUBLIC)
@public
def published(lang: str, uuid: UUID) -> Any:
    """Show a published documentation to everyone."""
    found = queries.load_published(uuid)
    told = making.told(found.conference, found, _address(".published_picture", uuid))
    return render_template(
        "conferences/documentation/public.html",
        conference=found.conference,
        written=found,
        paper=papers.data(paper(told)),
    )


@pages.get(f"{PUBLIC}.pdf")
@public
def published_pdf(lang: str, uuid: UUID) -> Any:
    return _pdf(queries.load_published(uuid).conference)


@pages.get(f"{PUBLIC}/pictures/<uuid:photo>")
@public
def published_picture(lang: str, uuid: UUID, photo: UUID) -> Any:
    found = queries.load_impression(queries.load_published(uuid).conference, photo)
    if not queries.is_shown(found):
        raise NotFound
    return _jpeg(found, kept="no-cache")


def _answer(uuid: UUID, outcome: Outcome, **drawn: Any) -> Any:
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".overview", lang=i18n.current().tag, uuid=uuid))
    return _page(load_conference(who(), uuid), **drawn), outcome.status


def _page(
    conference: Conference,
    texts: Outcome | None = None,
    brought: Outcome | None = None,
    described: tuple[UUID, Outcome] | None = None,
) -> str:
    written, found = queries.load_documentation(conference), queries.impressions(conference)
    schema = DocumentationSchema(audience="office")
    data = typed(schema) if texts and "introduction" in request.form else schema.dump(written)
    others = (("picture", tuple((str(each.uuid), each.caption or "") for each in found)),)
    choices = Choices(who(), conference.region, data, others=others)
    told = making.told(conference, written, _address(".picture", conference.uuid))
    return render_template(
        "conferences/documentation/overview.html",
        conference=conference,
        written=written,
        sheet=sheet(schema, SECTIONS, data, choices, texts),
        pictures=[_shown(each, described) for each in found],
        new=controls(
            _picture(),
            typed(_picture()) if brought else {},
            brought.errors if brought else {},
            choices,
        ),
        wrong=(brought.errors.get("photo", ()) if brought else ()),
        most_mb=photos.MAX_MB,
        paper=papers.data(paper(told)),
        mine=may("conference.minutes", conference),
    )


def _shown(row: Photo, described: tuple[UUID, Outcome] | None) -> Shown:
    outcome = described[1] if described and described[0] == row.uuid else None
    prefix = f"{row.uuid}."
    data: Mapping[str, Any] = (
        read_form(_picture(), submitted(), prefix) if outcome else _picture().dump(row)
    )
    errors = outcome.errors if outcome else {}
    inputs = controls(_picture(), data, errors, lambda _kind: (), prefix)
    return Shown(row, inputs, queries.is_shown(row))


def _given() -> dict[str, Any]:
    data = given(DocumentationSchema(audience="office"))
    chosen = data.pop("cover", None)
    return {**data, "cover": chosen["uuid"] if isinstance(chosen, Mapping) else chosen}


def _picture() -> PictureSchema:
    return PictureSchema(audience="office")


def _address(endpoint: str, uuid: UUID) -> Callable[[Photo], str]:
    tag = i18n.current().tag
    return lambda photo: url_for(endpoint, lang=tag, uuid=uuid, photo=photo.uuid)


def _pdf(conference: Conference) -> Any:
    told = making.told(conference, queries.load_documentation(conference))
    now = i18n.local_now()
    return _file(documents.pdf("paper", papers.data(paper(told)), now), "application/pdf", ".pdf")


def _file(content: bytes, kind: str, ending: str) -> Any:
    name = _("Documentation") + ending
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name)


def _jpeg(photo: Photo, kept: str) -> Any:
    answer = send_file(BytesIO(photo.content), "image/jpeg")
    answer.headers["Cache-Control"] = kept
    return answer


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
