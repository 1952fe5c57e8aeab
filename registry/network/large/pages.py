"""The figures of a network too large for the ordinary pages, as far as they are known."""

from typing import Any

import numpy as np
from flask import (
    Blueprint,
    Flask,
    after_this_request,
    redirect,
    render_template,
    request,
    url_for,
)

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.web import writes
from registry.network.catalogue.results import digest
from registry.network.figures.pages import thresholds
from registry.network.large import following, queries, services
from registry.network.large.outline import outline
from registry.network.large.paths import Estimate, estimate
from registry.network.pages import pages as network
from registry.network.queries import region_of
from registry.network.trust import Detail

pages = Blueprint("network_large", __name__)
SHOWN = 20
MOST = 25_000  # links that a page draws and compares while somebody waits


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)


@pages.get("/<lang>/office/network/large")
def figures(lang: str) -> Any:
    """Show what is known of a large network: at once what grows with its links, later the rest."""
    require(who(), Permission.NETWORK_READ, None)
    region, today = region_of(who()), i18n.local_now().date()
    graph = queries.load_network(region, today)
    found, run = outline(graph, SHOWN), queries.run_of(digest(graph))
    known = estimate(following.sums_of(run)) if run and run.done else None
    trust = queries.load_trust(region, today)
    comparable = trust.detail(thresholds(region)) is Detail.RANKS
    between = _highest(sorted(graph), known) if known and comparable else []
    shown = [key for key, _degree in found.partners] + [row[0] for row in between]
    return render_template(
        "network/large.html",
        found=found,
        run=run,
        working=run is not None and run.done < run.total and not following.left_alone(run),
        between=between,
        exact=known is not None and known.exact,
        names=queries.named(shown),
        trust=trust,
        comparable=comparable,
        paths=max(len(graph) - 1, 0) * max(len(graph) - 2, 0) / 2,
    )


@pages.post("/<lang>/office/network/large")
@writes
def begin(lang: str) -> Any:
    """Have the shortest paths followed in the background, from where it was left off."""
    region, today = region_of(who()), i18n.local_now().date()
    graph = queries.load_network(region, today)
    run = services.begin(who(), region, digest(graph), len(graph))

    @after_this_request
    def follow(response: Any) -> Any:
        if response.status_code < 400 and following.left_alone(run):
            following.process_for(run)
        return response

    return redirect(url_for(".figures", lang=lang))


@network.before_request
def lead_here() -> Any:
    """Lead from pages that draw and compare a whole network to what can be said of a large one."""
    if request.method != "GET" or not may("network.read"):
        return None
    if queries.count_links(region_of(who())) <= MOST:
        return None
    return redirect(url_for("network_large.figures", lang=(request.view_args or {})["lang"]))


def _highest(actors: list[int], known: Estimate) -> list[tuple[int, float, float]]:
    """Return actor, betweenness and error of those with most."""
    order = np.argsort(-known.values, kind="stable")[:SHOWN]
    return [(actors[at], float(known.values[at]), float(known.errors[at])) for at in order]
