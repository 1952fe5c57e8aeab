"""The labels of what is handed out, in the language of the one who asks."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.network.formats.tables import Wording
from registry.network.state import State
from registry.network.wording import KINDS
from registry.regions import queries as regions
from registry.vocabulary.pages import label

COLUMNS: dict[str, Any] = {
    "nodes": _l("Actors"),
    "edges": _l("Cooperation"),
    "about": _l("About these figures"),
    "fact": _l("Fact"),
    "value": _l("Value"),
    "id": _l("Identifier"),
    "label": _l("Name"),
    "short": _l("Short name"),
    "category": _l("Category"),
    "category_key": _l("Key of the category"),
    "fields": _l("Fields of action"),
    "municipalities": _l("Municipalities"),
    "standing": _l("What is known of its cooperation"),
    "asked": _l("Asked"),
    "answered": _l("Has answered"),
    "example": _l("Example data"),
    "lat": _l("Latitude"),
    "lon": _l("Longitude"),
    "source": _l("From actor"),
    "target": _l("To actor"),
    "kind": _l("Key of the kind"),
    "kind_label": _l("Kind of cooperation"),
    "directed": _l("With direction"),
    "weight": _l("Intensity"),
    "confirmed": _l("Confirmed by both"),
    "contested": _l("Contradictory"),
    "written": _l("Agreed in writing"),
    "by_source": _l("Intensity reported by the first"),
    "by_target": _l("Intensity reported by the second"),
    "reported_on": _l("Reported on"),
    "valid_from": _l("Since"),
    "valid_to": _l("Until"),
    "region": _l("Region"),
    "day": _l("As of"),
    "kinds": _l("Kinds of cooperation"),
    "rule": _l("When a link counts"),
    "pairs": _l("Links on which both sides were asked"),
}


def words(state: State) -> Wording:
    """Return what words the keys of a state; names of regions are read once."""
    keys = {key for node in state.nodes.values() for key in node.municipalities}
    names = regions.names([*keys, state.region])
    said = {"column": COLUMNS, "kind": KINDS, "region": names, "yes": _yes_and_no()}

    def word(scheme: str, key: str) -> str:
        if scheme in said:
            return str(said[scheme].get(key, key))
        return label(scheme, key).body

    return word


def title(region: str) -> str:
    """Return the name of a region's network."""
    [name] = regions.names([region]).values() or [region]
    return _("Network of %(region)s", region=name)


def _yes_and_no() -> dict[str, Any]:
    return {"True": _("yes"), "False": _("no")}


def kinds_named(kinds: Iterable[str]) -> str:
    return ", ".join(str(KINDS[kind]) for kind in kinds)
