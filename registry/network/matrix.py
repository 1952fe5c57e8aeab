"""The network as a matrix: actor by actor, and field by field."""

from collections.abc import Hashable, Sequence
from typing import Any

from flask import render_template

from registry.core.listing import one_of
from registry.network.catalogue.shape import mixing
from registry.network.drawing import matrix as drawing
from registry.network.pages import choices, pages
from registry.network.viewing import View, view
from registry.vocabulary import queries as vocabulary

ORDERS = ("category", "core")


@pages.get("/<lang>/office/network/matrix")
def matrix(lang: str) -> Any:
    """Show the links between actors, and how many lead from field to field."""
    asked = view()
    count = len(asked.shown.nodes)
    graph = asked.shown.graph(asked.kinds, asked.rule)
    fields: dict[Hashable, Sequence[str]] = {
        key: node.fields for key, node in asked.shown.nodes.items()
    }
    mixed = mixing(graph, fields)
    order = one_of("order", ORDERS) or ORDERS[0]
    return render_template(
        "network/matrix.html",
        view=asked,
        matrix=_matrix(asked, order) if count <= drawing.MOST else None,
        most=drawing.MOST,
        order=order,
        mixing=mixed,
        groups=[term.key for term in vocabulary.terms("field") if term.key in mixed.groups],
        **choices(asked),
    )


def _matrix(asked: View, order: str) -> drawing.Matrix:
    if order == "core":
        graph = asked.shown.graph(asked.kinds, asked.rule)
        keys = drawing.by_core(graph, asked.shown)
    else:
        categories = [term.key for term in vocabulary.terms("category")]
        keys = drawing.by_category(asked.shown, categories)
    return drawing.matrix(asked.shown, keys, asked.kinds, asked.rule)
