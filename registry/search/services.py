"""Understanding a search: keys exist, places are found, or a message says what does not."""

from typing import Any

from flask_babel import gettext as _

from registry.core.text import plain_digits
from registry.regions import queries as regions
from registry.search import queries
from registry.search.criteria import TERM_FILTERS, Criteria, Spot
from registry.search.schemas import COORDINATES
from registry.vocabulary import queries as vocabulary

Errors = dict[str, list[str]]


def understand(data: dict[str, Any]) -> tuple[Criteria, Errors]:
    """Return the criteria without what cannot be used, and a message for each of those names."""
    errors: Errors = {}
    kept = dict(data)
    for name in TERM_FILTERS:
        if name in kept:
            kept[name] = vocabulary.present_keys(name, kept[name])
        _keep_known(name, set(vocabulary.schemes().get(name, {})), kept, errors)
    _keep_known("region", regions.existing(data.get("region", ())), kept, errors)
    spot = _spot(data, errors)
    if "near" in errors:
        kept.pop("near")
    return Criteria.of(kept, spot), errors


def _keep_known(name: str, known: set[str], kept: dict[str, Any], errors: Errors) -> None:
    unknown = [value for value in kept.get(name, ()) if value not in known]
    if unknown:
        kept[name] = [value for value in kept[name] if value in known]
        errors[name] = [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]


def _spot(data: dict[str, Any], errors: Errors) -> Spot | None:
    near = data.get("near", "").strip()
    if not near:
        return None
    found = _point(near)
    if found is None:
        errors["near"] = [_("We do not know this place. Please give a postcode or a municipality.")]
        return None
    return Spot(found.lat, found.lon, data["radius_km"], found.label)


def _point(near: str) -> Spot | None:
    if near.isdigit():
        centre = regions.postcode(plain_digits(near))
        return Spot(*centre, 0, near) if centre else None
    if coordinates := parse_coordinates(near):
        return Spot(*coordinates, 0, _("this point"))
    home = regions.register()
    return queries.municipality_named(near, home.ags if home else "")


def parse_coordinates(near: str) -> tuple[float, float] | None:
    """Return latitude and longitude of "lat,lon" in degrees, None for other text."""
    match = COORDINATES.match(near)
    return (float(match[1]), float(match[2])) if match else None
