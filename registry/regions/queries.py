"""Reading regions, postcodes and outlines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from registry.core import versions
from registry.core.db import db
from registry.core.mail.rendering import Sender
from registry.core.text import fold, plain_digits
from registry.regions.models import (
    LEVELS,
    Outline,
    Postcode,
    Region,
    RegionPostcode,
    RegionSettings,
    Register,
)
from registry.texts.translated import Translated

# Which tables what is kept is made of.
OF_OUTLINES = frozenset({Region.__tablename__, Outline.__tablename__, Register.__tablename__})
_OF_RULES = frozenset({RegionSettings.__tablename__})


@dataclass(frozen=True)
class RegionRow:
    """A region; `lat` and `lon` in degrees, None where unknown."""

    ags: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    ars: str | None = None

    @property
    def level(self) -> str:
        return LEVELS[len(self.ags)]

    @property
    def region(self) -> str:
        return self.ags


def _row(region: Region) -> RegionRow:
    return RegionRow(region.ags, region.name, region.kind, region.lat, region.lon, region.ars)


def register() -> RegionRow | None:
    """Return the region this register is run for, None before it is set up."""
    return versions.kept("register", _register, OF_OUTLINES)


def _register() -> RegionRow | None:
    found = db.session.scalar(select(Region).join(Register, Register.ags == Region.ags))
    return _row(found) if found else None


@dataclass(frozen=True)
class Rules:
    """What a region's administrator has set, or what holds until then."""

    title: str | None = None
    accent: str | None = None
    logo_key: str | None = None
    logo_text: str | None = None
    sender_name: str | None = None
    reply_to: str | None = None
    imprint: Translated = field(default_factory=Translated)
    privacy: Translated = field(default_factory=Translated)
    accessibility: Translated = field(default_factory=Translated)
    embed_origins: str | None = None
    second_factor: bool = False
    own_edits_live: bool = False
    actor_review_months: int = 6
    offer_review_months: int = 6
    grace_days: int = 90
    hide_unconfirmed: bool = False
    ranks_from: int = 85
    thirds_from: int = 60

    @property
    def origins(self) -> list[str]:
        """Return the sites that may show list and map in a frame."""
        return (self.embed_origins or "").split()


def rules(ags: str) -> Rules:
    """Return the rules of a region."""
    return versions.kept("rules", _rules, _OF_RULES).get(ags, Rules())


def _rules() -> dict[str, Rules]:
    names = Rules.__dataclass_fields__
    return {
        row.ags: Rules(**{name: getattr(row, name) for name in names})
        for row in db.session.scalars(select(RegionSettings))
    }


def region(ags: str) -> RegionRow | None:
    found = db.session.get(Region, ags)
    return _row(found) if found else None


def regions(
    below: str = "", *, length: int | None = None, page: int = 1, per_page: int = 500
) -> tuple[list[RegionRow], int]:
    """Return one page of the regions whose AGS begins with `below`, and their total number."""
    conditions = [Region.ags.startswith(below, autoescape=True)]
    if length:
        conditions.append(func.length(Region.ags) == length)
    total = db.session.scalar(select(func.count(Region.ags)).where(*conditions)) or 0
    found = db.session.scalars(
        select(Region)
        .where(*conditions)
        .order_by(Region.ags)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [_row(each) for each in found], total


def count_by_length(below: str) -> dict[int, int]:
    """Count the regions whose AGS begins with `below` by the length of their AGS."""
    found = db.session.execute(
        select(func.length(Region.ags), func.count(Region.ags))
        .where(Region.ags.startswith(below, autoescape=True))
        .group_by(func.length(Region.ags))
    )
    return dict(iter(found))


def municipalities(below: str) -> list[RegionRow]:
    """Return the municipalities of a region by name, those without inhabitants left out."""
    make = partial(_municipalities, below)
    return versions.kept(f"municipalities of {below}", make, OF_OUTLINES)


def _municipalities(below: str) -> list[RegionRow]:
    found = db.session.scalars(
        select(Region)
        .where(
            Region.ags.startswith(below, autoescape=True),
            func.length(Region.ags) == 8,
            Region.kind != "unincorporated",
        )
        .order_by(Region.name)
    )
    return [_row(each) for each in found]


def understood(text: str, within: str) -> list[RegionRow]:
    """Return the municipalities that a postcode or a name stands for, those `within` first."""
    if text.isdecimal() and len(text) == 5:
        return municipalities_of_postcode(plain_digits(text))
    wanted = fold(text)
    for above in (within, within[:2]):
        if found := [each for each in municipalities(above) if fold(each.name) == wanted]:
            return found
    return []


def names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    if not wanted:
        return {}
    found = db.session.execute(select(Region.ags, Region.name).where(Region.ags.in_(wanted)))
    return dict(iter(found))


def existing(keys: Iterable[str]) -> set[str]:
    return set(names(keys))


def postcode(code: str) -> tuple[float, float] | None:
    """Return latitude and longitude of the middle of a postcode's area, in degrees."""
    found = db.session.get(Postcode, code)
    return (found.lat, found.lon) if found else None


def municipalities_of_postcode(code: str) -> list[RegionRow]:
    found = db.session.scalars(
        select(Region)
        .join(RegionPostcode, RegionPostcode.ags == Region.ags)
        .where(RegionPostcode.postcode == code)
        .order_by(Region.name)
    )
    return [_row(each) for each in found]


def coordinates(ags: str | None, code: str | None) -> tuple[float, float] | None:
    """Propose latitude and longitude for an address: a municipality's centre, else a postcode's."""
    place = db.session.get(Region, ags) if ags else None
    if place and place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    return postcode(code) if code else None


def outlines(below: str) -> list[tuple[RegionRow, dict[str, Any]]]:
    """Return the borders of the municipalities of a region, and of all districts."""
    return versions.kept(f"outlines of {below}", partial(_outlines, below), OF_OUTLINES)


def _outlines(below: str) -> list[tuple[RegionRow, dict[str, Any]]]:
    found = db.session.execute(
        select(Region, Outline.geometry)
        .join(Outline, Outline.ags == Region.ags)
        .where(or_(Region.ags.startswith(below, autoescape=True), func.length(Region.ags) == 5))
        .order_by(func.length(Region.ags), Region.ags)
    )
    return [(_row(place), geometry) for place, geometry in found]


def sender(ags: str) -> Sender:
    """Return who writes for a region; mail that belongs to none is signed by the register."""
    here = region(ags[:5]) or register()
    given = rules(here.ags) if here else Rules()
    called = given.title or (
        _("Network register %(region)s", region=here.name) if here else _("Network register")
    )
    return Sender(given.sender_name or called, called, given.reply_to)
