"""What the forms of actors and offers have in common: their verbs, and where an entry stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.access.current import may, who
from registry.access.policy import Who
from registry.actors.life import Life, goes_live, waits
from registry.actors.models import Status
from registry.actors.proposals import queries as proposals
from registry.actors.proposals.models import State, Verb
from registry.actors.proposals.queries import ProposalRow
from registry.core.db import db
from registry.core.editing import Outcome, attempt, typed
from registry.core.forms import RecordSchema, controls, unplaced
from registry.core.web import writes

Service = Callable[[Who, UUID], Any]
Draw = Callable[[Any, Mapping[str, Any], Outcome | None], str]


@dataclass(frozen=True)
class Standing:
    """Where an entry stands for whoever looks at its form."""

    live: bool
    waits: bool
    waiting: ProposalRow | None = None
    returned: ProposalRow | None = None


def standing(row: Any) -> Standing:
    latest = proposals.latest(row.uuid)
    state = latest.state if latest else None
    return Standing(
        live=goes_live(who(), row),
        waits=waits(who(), row),
        waiting=latest if state == State.WAITING else None,
        returned=latest if state == State.RETURNED else None,
    )


@dataclass(frozen=True)
class Desk:
    """The verbs of one kind of entry as its pages call them, and how its form is drawn."""

    life: Life[Any]
    services: Mapping[str, Service]
    confirm: Callable[[Who, UUID, date], Any]
    editable: Callable[[UUID], Any]
    draw: Draw
    warnings: Callable[[Any], list[str]]

    def form(self, row: Any, outcome: Outcome | None = None) -> str:
        """Draw the form of a row as it is saved, with what of the reader's own changes waits."""
        return self.draw(row, self.data(row), outcome)

    def data(self, row: Any) -> dict[str, Any]:
        dumped: dict[str, Any] = self.life.schema(audience="office").dump(row)
        now = standing(row)
        mine = now.waits and now.waiting and now.waiting.verb == Verb.UPDATE
        return {**dumped, **now.waiting.data} if mine and now.waiting else dumped

    def then(self, row: Any) -> Any:
        """Do what the button that saved a form asks for besides."""
        wanted = request.form.get("then")
        if wanted in ("publish", "submit"):
            self.services[wanted](who(), row.uuid)
        return row

    def saved(self, lang: str, row: Any) -> Response:
        flash(_outcome(row), "success")
        for warning in self.warnings(row):
            flash(warning, "warning")
        return redirect(url_for(".edit", lang=lang, uuid=row.uuid, saved=1))

    def register(self, pages: Blueprint, path: str) -> None:
        """Add the pages of the verbs; each is one button of the form."""
        views: dict[str, Callable[..., Any]] = {
            "publish": lambda lang, uuid: self._step("publish", lang, uuid),
            "submit": lambda lang, uuid: self._step("submit", lang, uuid),
            "take_back": self._take_back,
            "archive": self._archive,
            "restore": self._restore,
            "confirm": self._confirm,
        }
        for name, view in views.items():
            rule = f"/<lang>/office/{path}/<uuid:uuid>/{name.replace('_', '-')}"
            pages.add_url_rule(rule, name, writes(view), methods=["POST"])

    def _step(self, name: str, lang: str, uuid: UUID) -> Any:
        outcome = attempt(lambda: self.services[name](who(), uuid))
        if outcome.saved:
            return self.saved(lang, outcome.saved)
        return self.form(self.editable(uuid), outcome), outcome.status

    def _take_back(self, lang: str, uuid: UUID) -> Response:
        self.services["take_back"](who(), uuid)
        flash(_("Taken back."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))

    def _archive(self, lang: str, uuid: UUID) -> Response:
        was = self.editable(uuid).status
        if self.services["archive"](who(), uuid).status == Status.ARCHIVED:
            return redirect(url_for(".office_list", lang=lang, archived=uuid, was=was))
        flash(_("The office has been asked to archive this entry."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))

    def _restore(self, lang: str, uuid: UUID) -> Response:
        row = self.services["restore"](who(), uuid)
        if request.form.get("was") == Status.PUBLISHED and goes_live(who(), row):
            self.services["publish"](who(), uuid)
        flash(_("Brought back."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))

    def _confirm(self, lang: str, uuid: UUID) -> Response:
        self.confirm(who(), uuid, date.today())
        flash(_("Confirmed as of today."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))


def looked_at(
    save: Callable[[], Any], draw: Callable[[Any], str], schema: RecordSchema
) -> tuple[str, int, dict[str, str]]:
    """Show what saving a form would make of it; nothing of it stays."""
    unkept = {"Cache-Control": "no-store"}
    outcome = attempt(lambda: draw(save()))
    db.session.rollback()
    if outcome.saved:
        return outcome.saved, 200, unkept
    inputs = controls(schema, typed(schema), outcome.errors, lambda _kind: ())
    others = unplaced(outcome.errors, inputs)
    page = render_template("actors/editing/no_preview.html", controls=inputs, others=others)
    return page, outcome.status, unkept


def _outcome(row: Any) -> str:
    if waits(who(), row):
        return _("Saved. The change waits for the office; until then everyone sees the old state.")
    if row.status == Status.PUBLISHED:
        return _("Saved; everyone sees it.")
    if row.status == Status.REVIEW:
        if may("entry.review", row):
            return _("Saved; it waits for review.")
        return _("Saved; the office has been asked to publish it.")
    return _("Draft saved.")
