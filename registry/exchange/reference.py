"""The reference data every register starts with: regions, postcodes, outlines, vocabulary."""

import json
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.config import resource_dir
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.tables import read_csv, read_yaml
from registry.regions import queries as regions
from registry.regions.models import Outline, Postcode, Region, RegionPostcode, Register
from registry.vocabulary.models import SCHEMES
from registry.vocabulary.services import put_terms


def set_up_register(who: Who, ags: str, *, only_below: str = "") -> None:
    """Load reference data and make `ags` the region this register is run for.

    `only_below` leaves out regions that lie neither below it nor above it.
    """
    require(who, Permission.REGION_MANAGE, None)
    check_region(ags)
    if (present := regions.register()) is not None:
        raise Conflict(present)
    load_reference_data(who, only_below=only_below)
    db.session.add(Register(ags=ags))
    db.session.flush()


def check_region(ags: str) -> None:
    """Raise unless there is a region with this key."""
    if not any(row["ags"] == ags for row in read_csv(_regions_folder() / "regions.csv")):
        raise Invalid({"region": [_("There is no region with the key “%(ags)s”.", ags=ags[:20])]})


def load_reference_data(who: Who, *, only_below: str = "") -> None:
    require(who, Permission.REGION_MANAGE, None)
    if not regions.regions(per_page=1)[1]:
        _load_regions(_regions_folder(), only_below)
    load_vocabulary(who)


def load_vocabulary(who: Who) -> None:
    """Create or update every term of the vocabulary files."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    folder = resource_dir("seed_data") / "vocabulary"
    for scheme in SCHEMES:
        put_terms(who, scheme, read_yaml(folder / f"{scheme}.yaml"))


def _regions_folder() -> Path:
    return resource_dir("seed_data") / "regions"


def _load_regions(folder: Path, below: str) -> None:
    found = read_csv(folder / "regions.csv")
    # What lies above is needed too: a Land may be the area an actor is responsible for.
    rows = [
        _region(row)
        for row in found
        if row["ags"].startswith(below) or below.startswith(row["ags"])
    ]
    known = {row["ags"] for row in rows}
    db.session.execute(insert(Region), rows)
    codes = [
        {"code": row["postcode"], "lat": float(row["lat"]), "lon": float(row["lon"])}
        for row in read_csv(folder / "postcodes.csv")
    ]
    db.session.execute(insert(Postcode), codes)
    have = {row["code"] for row in codes}
    pairs = [
        row
        for row in read_csv(folder / "region_postcodes.csv")
        if row["ags"] in known and row["postcode"] in have
    ]
    db.session.execute(insert(RegionPostcode), pairs)
    borders = json.loads((folder / "outlines.geojson").read_text("utf-8"))["features"]
    outlines = [
        {"ags": border["properties"]["ags"], "geometry": border["geometry"]}
        for border in borders
        if border["properties"]["ags"] in known
    ]
    if outlines:
        db.session.execute(insert(Outline), outlines)


def _region(row: dict[str, str]) -> dict[str, Any]:
    degrees = {name: float(row[name]) if row[name] else None for name in ("lat", "lon")}
    named = {name: row[name] or None for name in ("ags", "ars", "name", "kind")}
    return named | degrees
