"""The choices of every filter with their labels, and the moment a search is about."""

from typing import Any

from flask_babel import lazy_gettext as _l

from registry.core import i18n
from registry.regions import queries as regions
from registry.search.criteria import FLAGS, Moment
from registry.vocabulary import queries as vocabulary

GERMANY = "09"
LABELS = {
    "q": _l("Text"),
    "near": _l("Near"),
    "field": _l("Field of action"),
    "region": _l("Municipality"),
    "area_of_life": _l("Area of life"),
    "target_group": _l("For whom"),
    "language": _l("Language spoken there"),
    "eligibility": _l("Who may take part"),
    "level": _l("Course level"),
    "format": _l("Format"),
    "free": _l("Free of charge"),
    "childcare": _l("With childcare"),
    "step_free": _l("Step-free access"),
    "open_now": _l("Open now"),
    "starts_soon": _l("Can start soon"),
    "unconfirmed": _l("also not confirmed for long"),
    "radius_km": _l("Radius in kilometres"),
    "sort": _l("Order"),
    "page": _l("Page"),
    "per_page": _l("Hits per page"),
}


def choices_of(name: str) -> list[tuple[str, Any]]:
    """Return the choices of a filter in order, with their labels."""
    if name in FLAGS:
        return [("true", LABELS[name])]
    if name == "region":
        home = regions.register()
        return [(m.ags, m.name) for m in regions.municipalities(home.ags)] if home else []
    language = i18n.current().tag
    return [(term.key, term.label(language)) for term in vocabulary.terms(name)]


def now_here() -> Moment:
    home = regions.register()
    return Moment(i18n.local_now(), home.ags if home else GERMANY)
