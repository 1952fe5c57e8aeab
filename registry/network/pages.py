"""The office looks at its network: the picture, the same as tables, and what one actor sees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, jsonify, render_template
from markupsafe import Markup

from registry.access.current import who
from registry.core.listing import with_filters
from registry.network import wording
from registry.network.drawing import svg
from registry.network.drawing.marks import Mark
from registry.network.drawing.scene import Scene, as_data
from registry.network.findings import queries as findings
from registry.network.findings.models import Decision
from registry.network.findings.queries import FindingFilter
from registry.network.findings.wording import Told, told
from registry.network.state import Kind, Link
from registry.network.viewing import View, category_marks, view
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

pages = Blueprint("network", __name__)
MOST_FINDINGS = 6  # beside the picture
NOBODY = UUID(int=0)  # stands in addresses that a script fills in


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.filters["figure"] = wording.figure


@pages.get("/<lang>/office/network")
def picture(lang: str) -> str:
    """Show who works with whom as a picture, and the same as a table."""
    asked = view()
    drawn = None if asked.too_many else asked.scene
    return render_template(
        "network/picture.html",
        view=asked,
        scene=drawn,
        drawing=Markup(svg.drawn(drawn, wording.ROWS)) if drawn else "",  # noqa: S704 (escaped)
        legend=legend(drawn) if drawn else [],
        counts=counts(asked.shown.links),
        findings=_findings(),
        nobody=NOBODY,
        **choices(asked),
    )


def _findings() -> list[Told]:
    """Return the latest findings of today that nobody has dismissed."""
    rows, _total = findings.listed(who(), FindingFilter(), per_page=MOST_FINDINGS)
    return told([row for row in rows if row.state != Decision.DISMISSED])


@pages.get("/<lang>/office/network/picture.json")
def picture_data(lang: str) -> Any:
    """Answer the picture as elements of Cytoscape.js."""
    asked = view()
    return jsonify([] if asked.too_many else as_data(asked.scene, wording.ROWS))


@dataclass(frozen=True)
class Entry:
    """A category in the legend: its mark as SVG, and how many actors have it."""

    key: str | None
    symbol: Markup
    count: int


def legend(drawn: Scene) -> list[Entry]:
    """Return the categories in the picture, in the order of the vocabulary."""
    found = Counter(dot.mark for dot in drawn.dots)
    return [
        Entry(key, _symbol(mark), found[mark])
        for key, mark in category_marks().items()
        if found[mark]
    ]


def _symbol(mark: Mark) -> Markup:
    return Markup(svg.symbol(mark, 0, 0, 9))  # noqa: S704 (numbers and our own colours)


@dataclass(frozen=True)
class Count:
    """How many links of a kind are reported, and what both sides say of them."""

    kind: Kind
    reported: int
    confirmed: int
    contested: int


def counts(links: Sequence[Link]) -> list[Count]:
    """Return the number of links by kind; kinds are not added up."""
    return [
        Count(
            kind,
            sum(each.reported for each in links if each.kind is kind),
            sum(each.confirmed for each in links if each.kind is kind),
            sum(each.contested for each in links if each.kind is kind),
        )
        for kind in Kind
    ]


def choices(asked: View) -> dict[str, Any]:
    """Return what the form of the filters offers."""
    nodes = asked.whole.nodes.values()
    places = regions.names({ags for node in nodes for ags in node.municipalities})
    present = {key for node in nodes for key in node.fields}
    return {
        "address": with_filters,
        "kinds": _said(wording.KINDS),
        "rules": _said(wording.RULES),
        "standings": _said(wording.STANDINGS),
        "intensities": _said(wording.INTENSITIES),
        "states": _said(wording.LINK_STATES),
        "fields": [term for term in vocabulary.terms("field") if term.key in present],
        "municipalities": sorted(places.items(), key=lambda each: each[1]),
        "actors": sorted(nodes, key=lambda node: (node.name.casefold(), node.id)),
    }


def _said(words: Mapping[Any, Any]) -> dict[Any, str]:
    """Return words in the language of this request, looked up once however often they stand."""
    return {key: str(word) for key, word in words.items()}
