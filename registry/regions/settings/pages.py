"""The page on which a region's administrator sets how its register looks and works."""

import base64
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.web import writes
from registry.regions.models import RegionSettings
from registry.regions.pages import Look
from registry.regions.queries import Rules
from registry.regions.settings import services
from registry.regions.settings.schemas import SECTIONS, SettingsSchema
from registry.regions.settings.services import Wish

pages = Blueprint("region_settings", __name__)


def schema() -> SettingsSchema:
    return SettingsSchema(audience="office")


@pages.get("/<lang>/office/region")
def edit(lang: str) -> Any:
    ags = _region()
    settings = services.settings_of(who(), ags)
    return _form(ags, schema().dump(settings or Rules()))


@pages.post("/<lang>/office/region")
@writes
def edit_submitted(lang: str) -> Any:
    ags = _region()
    if request.form.get("then") == "preview":
        return _previewed(ags)
    outcome = attempt(lambda: services.save_settings(who(), ags, version(), _wish()))
    if outcome.saved:
        flash(_("Saved; everyone sees it."), "success")
        return redirect(url_for(".edit", lang=lang, region=ags))
    return _form(ags, typed(schema()), outcome), outcome.status


def _region() -> str:
    """Return the region that is asked for, else the first this person administers."""
    choices = services.administered(who())
    return request.args.get("region") or (choices[0][0] if choices else "")


def _wish() -> Wish:
    return Wish(given(schema()), _uploaded(), without_logo="without_logo" in request.form)


def _uploaded() -> bytes:
    """Return the uploaded picture; read once, because a view may be asked again."""
    if "uploaded" not in g:
        upload = request.files.get("logo")
        g.uploaded = upload.read() if upload else b""
        if upload:
            upload.close()
    uploaded: bytes = g.uploaded
    return uploaded


def _previewed(ags: str) -> Any:
    """Show the page as it would be; nothing is saved."""
    outcome = attempt(lambda: services.proposal(who(), ags, _wish()))
    if not outcome.saved:
        return _form(ags, typed(schema()), outcome), outcome.status
    columns = outcome.saved
    look = Look(
        title=columns["title"] or "",
        logo=_address(ags, columns),
        logo_text=columns["logo_text"] or "",
        accent=columns["accent"] or "",
    )
    return _form(ags, typed(schema()), Outcome(), look=look, preview=columns)


def _address(ags: str, columns: Mapping[str, Any]) -> str:
    if "logo" in columns:
        png = columns["logo"]
        return f"data:image/png;base64,{base64.b64encode(png).decode()}" if png else ""
    settings = services.settings_of(who(), ags)
    key = settings.logo_key if settings else None
    return url_for("regions.logo", ags=ags, key=key) if key else ""


def _form(ags: str, data: Mapping[str, Any], outcome: Outcome | None = None, **preview: Any) -> str:
    settings = services.settings_of(who(), ags)
    made = sheet(schema(), SECTIONS, data, _no_choices, outcome)
    row = settings or RegionSettings(ags=ags, version=0)
    made = beside(made, schema(), row, _no_choices, outcome)
    return render_template(
        "regions/settings/edit.html",
        sheet=made,
        ags=ags,
        settings=settings,
        logo_errors=outcome.errors.get("logo", ()) if outcome else (),
        choices=services.administered(who()),
        **preview,
    )


def _no_choices(_kind: str) -> tuple[()]:
    return ()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
