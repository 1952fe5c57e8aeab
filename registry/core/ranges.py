"""Fields that bound a range, known by their names: the end must not lie before the beginning."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from registry.core.errors import Invalid

_DAYS = _l("The end lies before the start.")
_RANGES = {
    ("min_age", "max_age"): _l("The upper age lies below the lower one."),
    ("valid_from", "valid_to"): _DAYS,
    ("starts_on", "ends_on"): _DAYS,
    ("closed_from", "closed_to"): _DAYS,
    ("since", "until"): _DAYS,
    ("term_from", "term_to"): _DAYS,
    ("thirds_from", "ranks_from"): _l("Ranks need at least as many answers as high and low."),
}


def backwards(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with ranges that run backwards, by the field of their end."""
    return {
        last: str(told)
        for (first, last), told in _RANGES.items()
        if values.get(first) is not None
        and values.get(last) is not None
        and values[last] < values[first]
    }


def check_ranges(row: object) -> None:
    """Refuse a row whose ranges run backwards: a change may have named one end alone."""
    names = (name for pair in _RANGES for name in pair)
    if found := backwards({name: getattr(row, name, None) for name in names}):
        raise Invalid({field: [told] for field, told in found.items()})
