"""Setting how a region's register looks and works."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may, regions_of, require
from registry.audit.services import recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.regions import queries as regions
from registry.regions.models import RegionSettings
from registry.regions.queries import Rules
from registry.regions.settings import accent, queries
from registry.regions.settings.logo import key_of, redrawn

TEXTS = ("imprint", "privacy", "accessibility")


@dataclass(frozen=True)
class Wish:
    """What shall be: the fields of the form, and a new picture or none any more."""

    data: Mapping[str, Any]
    picture: bytes = b""
    without_logo: bool = False


def settings_of(who: Who, ags: str) -> RegionSettings | None:
    """Return the settings of a region that `who` administers, None while nothing has been set."""
    require(who, Permission.SETTINGS_MANAGE, None)
    _check_region(who, ags)
    return queries.load(ags)


def administered(who: Who) -> list[tuple[str, str]]:
    """Return key and name of the regions whose settings `who` may choose from, home first."""
    require(who, Permission.SETTINGS_MANAGE, None)
    held = regions_of(who, Permission.SETTINGS_MANAGE)
    home = regions.register()
    near = queries.choices(home.ags) if home and "" in held else []
    found = near or list(regions.names(held).items())
    return sorted(found, key=lambda each: (home is None or each[0] != home.ags, each[1]))


def proposal(who: Who, ags: str, wish: Wish) -> dict[str, Any]:
    """Return the columns that a wish would set; raises what does not work about it."""
    require(who, Permission.SETTINGS_MANAGE, None)
    _check_region(who, ags)
    return _columns(queries.load(ags), wish)


def save_settings(who: Who, ags: str, version: int, wish: Wish) -> RegionSettings:
    """Save the settings of a region that still have the given version (0: none yet)."""
    require(who, Permission.SETTINGS_MANAGE, None)
    _check_region(who, ags)
    settings = queries.load(ags, lock=True)
    if (settings.version if settings else 0) != version:
        raise Conflict(settings)
    columns = _columns(settings, wish)
    settings = settings or _first(ags)
    with recorded(who, "settings.updated", settings):
        for name, value in columns.items():
            setattr(settings, name, value)
        settings.version = version + 1
    return settings


def _check_region(who: Who, ags: str) -> None:
    """Another's region is answered like one that does not exist."""
    known = ags.isdecimal() and ags in regions.existing([ags])
    if not known or not may(who, Permission.SETTINGS_MANAGE, In(ags)):
        raise NotFound


def _first(ags: str) -> RegionSettings:
    settings = RegionSettings(ags=ags)
    db.session.add(settings)
    try:
        db.session.flush()
    except IntegrityError:  # somebody else was first
        db.session.rollback()
        raise Conflict(queries.load(ags)) from None
    return settings


def _columns(settings: RegionSettings | None, wish: Wish) -> dict[str, Any]:
    columns: dict[str, Any] = dict(wish.data)
    for name in TEXTS:
        before = getattr(settings or Rules(), name)
        columns[name] = before.merged(columns.get(name) or {}) if name in columns else before
    errors = _accent_errors(columns)
    columns |= _picture(wish, errors)
    _check_words(settings, columns, errors)
    if errors:
        raise Invalid(errors)
    return columns


def _accent_errors(columns: dict[str, Any]) -> dict[str, list[str]]:
    color = columns["accent"] = (columns.get("accent") or "").lower() or None
    if color is None or accent.suits(color):
        return {}
    message = _(
        "%(color)s is too light: its contrast to the page is below 4.5 to 1. The nearest colour "
        "that everyone can read is %(proposed)s.",
        color=color,
        proposed=accent.proposed(color),
    )
    return {"accent": [message]}


def _picture(wish: Wish, errors: dict[str, list[str]]) -> dict[str, Any]:
    if wish.picture:
        try:
            png = redrawn(wish.picture)
        except Invalid as error:
            errors.update(error.errors)
            return {}
        return {"logo": png, "logo_key": key_of(png)}
    return {"logo": None, "logo_key": None} if wish.without_logo else {}


def _check_words(
    settings: RegionSettings | None, columns: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    present = settings.logo_key if settings else None
    if columns.get("logo_key", present) and not columns.get("logo_text"):
        message = _("Please say what the logo shows, for people who do not see it.")
        errors["logo_text"] = [message]
