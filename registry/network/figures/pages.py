"""The page of figures: what each decision needs to know, in a sentence, with its numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, render_template, request
from flask_babel import format_decimal

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.listing import Listing, one_of, page_number
from registry.network import queries, trust
from registry.network.catalogue import failing, shape
from registry.network.catalogue.brokers import Between, only_contacts
from registry.network.catalogue.partners import partners
from registry.network.catalogue.results import Results, results
from registry.network.figures.table import SORTS, ordered, rows
from registry.network.pages import pages
from registry.network.state import COOPERATION, Kind, Rule, State
from registry.network.trust import Detail, Thresholds
from registry.network.wording import DETAILS, KINDS, RULES, STANDINGS
from registry.regions import queries as regions

PER_PAGE = 50
FIRST = 10  # of a long list of sentences; the table holds all actors


@dataclass(frozen=True)
class Wanted:
    """Which links the page is about: of one kind or of all, reported by one side or by both."""

    kind: str
    rule: Rule
    sort: str

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (Kind(self.kind),) if self.kind else COOPERATION


@pages.get("/<lang>/office/network/figures")
def figures(lang: str) -> str:
    """Say what is known of the network of today."""
    require(who(), Permission.NETWORK_READ, None)
    region, wanted = queries.region_of(who()), _wanted()
    whole = queries.load_state(region, _today())
    state = whole.concerned
    found = results(state, wanted.kinds, wanted.rule)
    trusted = trust.trust(state, wanted.kinds)
    detail = trusted.detail(thresholds(region))
    named = partners(state, wanted.kinds)
    table = ordered(rows(state, found, named, detail), wanted.sort)
    page = page_number()
    shown = table[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "network/figures.html",
        state=state,
        left_out=len(whole.nodes) - len(state.nodes),
        found=found,
        named=named,
        trust=trusted,
        detail=detail,
        details=DETAILS,
        comparable=detail is not Detail.COUNTS,
        listing=Listing(".figures", shown, len(table), page, PER_PAGE, wanted.sort),
        wanted=wanted,
        kinds={kind.value: KINDS[kind] for kind in COOPERATION},
        rules=RULES,
        standings=STANDINGS,
        first=FIRST,
        falling=_falling(state, wanted),
        **_between_groups(state, found),
    )


def thresholds(region: str) -> Thresholds:
    """Return from how many answers on a region shows ranks and thirds."""
    rules = regions.rules(region)
    return Thresholds(rules.ranks_from, rules.thirds_from)


def _wanted() -> Wanted:
    sort = one_of("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
    return Wanted(
        one_of("kind", COOPERATION), Rule(one_of("rule", Rule) or Rule.ANY), sort or "name"
    )


def _falling(state: State, wanted: Wanted) -> failing.Falling | None:
    """Return what happens without the actor that the address names, if it is one of ours."""
    keys = {node.key: key for key, node in state.nodes.items()}
    chosen = keys.get(request.args.get("without", ""))
    return None if chosen is None else failing.falls_away(state, chosen, wanted.kinds, wanted.rule)


def _between_groups(state: State, found: Results) -> dict[str, Any]:
    fields = {key: node.fields for key, node in state.nodes.items()}
    places = {key: node.municipalities for key, node in state.nodes.items()}
    between: list[Between] = list(only_contacts(found.graph, places))
    names = regions.names({ags for each in between for ags in (each.one, each.other)})
    return {
        "mixing": shape.mixing(found.graph, fields),
        "between_fields": only_contacts(found.graph, fields),
        "between_places": between,
        "places": names,
    }


def decimal(value: float | None) -> str:
    """Return a share or a mean as it is written, to two digits; "–" where there is none."""
    return "–" if value is None else str(format_decimal(value, "#,##0.0#"))


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.jinja_env.filters["decimal"] = decimal
