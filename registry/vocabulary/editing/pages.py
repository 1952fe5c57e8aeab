"""The office's pages about the vocabulary: everyone there looks, administrators change."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.i18n import Language
from registry.core.listing import as_uuid
from registry.core.text import words
from registry.core.web import writes
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing import listing, queries, services
from registry.vocabulary.editing.schemas import LANGUAGES, SECTIONS, TermForm, icons, term_form
from registry.vocabulary.models import Term
from registry.vocabulary.schemas import LABELS

pages = Blueprint("vocabulary_editing", __name__)


@pages.get("/<lang>/office/vocabulary")
def schemes(lang: str) -> Any:
    require(who(), Permission.ACTOR_READ, None)
    asked = request.args.get("q", "")[:200]
    return render_template(
        "vocabulary/schemes.html",
        schemes=listing.schemes(date.today()),
        labels=LABELS,
        q=asked,
        found=listing.found(words(asked), i18n.current().tag),
    )


@pages.get("/<lang>/office/vocabulary/<scheme>")
def terms(lang: str, scheme: str) -> Any:
    require(who(), Permission.ACTOR_READ, None)
    return render_template(
        "vocabulary/terms.html",
        scheme=_known(scheme),
        title=LABELS[scheme],
        rows=listing.terms(scheme, date.today(), request.args.get("sort", "")),
        merged=queries.merged(scheme),
        ordered=scheme not in services.SCALES and may("vocabulary.manage"),
        languages_of_terms=len(LANGUAGES),
    )


@pages.get("/<lang>/office/vocabulary/<scheme>/new")
def new(lang: str, scheme: str) -> Any:
    require(who(), Permission.VOCABULARY_MANAGE, None)
    return _form(_known(scheme), None, {})


@pages.post("/<lang>/office/vocabulary/<scheme>/new")
@writes
def new_submitted(lang: str, scheme: str) -> Any:
    form = term_form(_known(scheme), new=True)
    outcome = attempt(lambda: services.add_term(who(), scheme, given(form)))
    if outcome.saved:
        return _saved(lang, outcome.saved)
    return _form(scheme, None, typed(form), outcome), outcome.status


@pages.get("/<lang>/office/vocabulary/terms/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    term = _editable(uuid)
    return _form(term.scheme, term, _dumped(term))


@pages.post("/<lang>/office/vocabulary/terms/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    form = term_form(_editable(uuid).scheme, new=False)
    outcome = attempt(lambda: services.change_term(who(), uuid, version(), given(form)))
    if outcome.saved:
        return _saved(lang, outcome.saved)
    term = _editable(uuid)
    return _form(term.scheme, term, typed(form), outcome), outcome.status


@pages.post("/<lang>/office/vocabulary/terms/<uuid:uuid>/shift")
@writes
def shift(lang: str, uuid: UUID) -> Any:
    steps = -1 if request.form.get("way") == "up" else 1
    term = services.shift_term(who(), uuid, steps)
    return redirect(url_for(".terms", lang=lang, scheme=term.scheme, _anchor=f"term-{uuid}"))


@pages.post("/<lang>/office/vocabulary/terms/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete_term(who(), uuid, version()))
    if outcome.saved:
        flash(_("Deleted."), "success")
        return redirect(url_for(".terms", lang=lang, scheme=outcome.saved.scheme))
    term = _editable(uuid)
    return _form(term.scheme, term, _dumped(term), outcome), outcome.status


@pages.get("/<lang>/office/vocabulary/terms/<uuid:uuid>/merge")
def merge(lang: str, uuid: UUID) -> Any:
    return _merging(uuid, as_uuid(request.args.get("into")))


@pages.post("/<lang>/office/vocabulary/terms/<uuid:uuid>/merge")
@writes
def merge_submitted(lang: str, uuid: UUID) -> Any:
    into = as_uuid(request.form.get("into"))
    if into is None:
        raise NotFound
    seen = (version(), version("into_version"))
    outcome = attempt(lambda: services.merge_terms(who(), uuid, into, seen))
    if outcome.saved:
        flash(_("Merged. The old key still finds the term."), "success")
        return redirect(url_for(".terms", lang=lang, scheme=outcome.saved.scheme))
    return _merging(uuid, into, outcome), outcome.status


@pages.post("/<lang>/office/vocabulary/terms/<uuid:uuid>/unmerge")
@writes
def unmerge(lang: str, uuid: UUID) -> Any:
    term = services.unmerge_term(who(), uuid)
    flash(_("Taken back: both terms are there again."), "success")
    return redirect(url_for(".terms", lang=lang, scheme=term.scheme))


def _known(scheme: str) -> str:
    if scheme not in LABELS:
        raise NotFound
    return scheme


def _editable(uuid: UUID) -> Term:
    require(who(), Permission.VOCABULARY_MANAGE, None)
    term = queries.load_term(uuid)
    if term.merged_into_id is not None:
        raise NotFound
    return term


def _dumped(term: Term) -> dict[str, Any]:
    dumped: dict[str, Any] = term_form(term.scheme, new=False).dump(term)
    return dumped


def _saved(lang: str, term: Term) -> Any:
    flash(_("Saved; everyone sees it."), "success")
    return redirect(url_for(".edit", lang=lang, uuid=term.uuid))


def _merging(uuid: UUID, into: UUID | None, outcome: Outcome | None = None) -> str:
    """Show what a merge would do, once the other term has been chosen."""
    term = _editable(uuid)
    other = _editable(into) if into and into != uuid else None
    if other and other.scheme != term.scheme:
        raise NotFound
    return render_template(
        "vocabulary/merge.html",
        term=term,
        other=other,
        candidates=[each for each in vocabulary.terms(term.scheme) if each.uuid != uuid],
        uses=queries.uses_of(term.id),
        both=queries.uses_of_both(term.id, other.id) if other else {},
        errors=outcome.errors if outcome else {},
        overtaken=outcome is not None and outcome.theirs is not None,
    )


def _form(
    scheme: str, term: Term | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    form: TermForm = term_form(scheme, new=term is None)
    made = sheet(form, SECTIONS, data, _no_choices, outcome)
    if term:
        made = beside(made, form, term, _no_choices, outcome)
    return render_template(
        "vocabulary/edit.html",
        sheet=made,
        term=term,
        scheme=scheme,
        scheme_label=LABELS[scheme],
        uses=queries.uses_of(term.id) if term else {},
        needed=term is not None and services.is_needed(term),
        all_languages=[Language.of(tag) for tag in LANGUAGES],
        icons=icons(),
    )


def _no_choices(_kind: str) -> tuple[()]:
    return ()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
