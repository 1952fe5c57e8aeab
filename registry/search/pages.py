"""The overview page: search field, filters, hits and map, every state a shareable address."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.core import i18n
from registry.core.errors import NotFound
from registry.core.web import public
from registry.regions import queries as regions
from registry.search import reader, services
from registry.search.cards import card
from registry.search.choices import LABELS, choices_of, now_here
from registry.search.criteria import FACETS, FLAGS, Criteria
from registry.search.index.index import Counts, Question
from registry.search.schemas import SearchSchema, read_arguments

pages = Blueprint("search", __name__)
MAX_SUGGESTIONS = 5


@dataclass(frozen=True)
class Pager:
    """Which page of how many, and the address of another one."""

    page: int
    pages: int
    wanted: Criteria
    endpoint: str

    def url(self, page: int) -> str:
        return _address(self.wanted, page=page, endpoint=self.endpoint)


@pages.get("/")
@public
def home() -> Any:
    return redirect(url_for("search.overview", lang=i18n.preferred()))


@pages.get("/<lang>/")
@public
def language_home(lang: str) -> Any:
    return redirect(url_for("search.overview", lang=lang))


@pages.get("/<lang>/offers")
@public
def overview(lang: str) -> str:
    return render_template("search/overview.html", **context("search.overview"))


def context(endpoint: str) -> dict[str, Any]:
    """Return what the overview and the map page show for the present address."""
    wanted, errors = asked()
    moment = now_here()
    found = reader.find(wanted, moment)
    return {
        "query": wanted,
        "errors": errors,
        "notices": [f"{LABELS[n]}: {text}" for n, texts in errors.items() for text in _flat(texts)],
        "facets": facets(wanted, found.counts, endpoint),
        "active": _active(wanted, endpoint),
        "hits": [
            {**card(offer, moment.at, wanted.spot), "unconfirmed": since}
            for offer, since in zip(found.offers, found.unconfirmed, strict=True)
        ],
        "withheld": found.withheld,
        "unconfirmed_url": _address(replace(wanted, unconfirmed=True), endpoint=endpoint),
        "total": found.total,
        "pages": Pager(wanted.page, -(-found.total // wanted.per_page), wanted, endpoint),
        "reset_url": url_for(endpoint, lang=i18n.current().tag),
        "suggestions": [] if found.total else _suggestions(found.question, endpoint),
        "question": found.question,
        "mended": [word for word in found.question.understood if word.instead],
        "map_url": _address(wanted, endpoint="maps.page"),
        "list_url": _address(wanted, endpoint="search.overview"),
        "parameters": wanted.parameters(),
        "home": regions.register(),
    }


def asked() -> tuple[Criteria, dict[str, Any]]:
    """Return the search of this request, and messages about what could not be used."""
    data, errors = read_arguments(SearchSchema(), request.args)
    wanted, unknown = services.understand(data)
    return wanted, {**errors, **unknown}


def facets(wanted: Criteria, counts: Counts, endpoint: str) -> list[dict[str, Any]]:
    """Return the filters in their order, each choice with its count and the address it leads to."""
    return [
        {
            "name": name,
            "label": LABELS[name],
            "kind": "flag" if name in FLAGS else "terms",
            "options": _options(name, wanted, counts[name], endpoint),
        }
        for name in FACETS
    ]


def _options(
    name: str, wanted: Criteria, counts: dict[str, int], endpoint: str
) -> list[dict[str, Any]]:
    if name in FLAGS:
        changed = _toggled_flag(wanted, name)
        count = counts["true"]
        return [
            _option(
                "true", LABELS[name], count, wanted.flag(name), _address(changed, endpoint=endpoint)
            )
        ]
    chosen = wanted.selected(name)
    return [
        _option(value, label, counts.get(value, 0), value in chosen,
                _address(_toggled(wanted, name, value), endpoint=endpoint))
        for value, label in choices_of(name)
        if counts.get(value) or value in chosen
    ]  # fmt: skip


def _option(value: str, label: Any, count: int, selected: Any, url: str) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, "selected": selected, "url": url}


def _toggled(wanted: Criteria, name: str, value: str) -> Criteria:
    before = wanted.selected(name)
    after = tuple(v for v in before if v != value) if value in before else (*before, value)
    return replace(wanted, chosen={**wanted.chosen, name: after})


def _toggled_flag(wanted: Criteria, name: str) -> Criteria:
    others = {flag: on for flag, on in wanted.flags.items() if flag != name}
    return replace(wanted, flags=others if wanted.flag(name) else {**others, name: True})


def without(wanted: Criteria, name: str) -> Criteria:
    """Return the search with one filter dropped."""
    if name == "q":
        return replace(wanted, q="")
    if name == "near":
        return replace(wanted, near="", spot=None)
    chosen = {other: values for other, values in wanted.chosen.items() if other != name}
    flags = {other: on for other, on in wanted.flags.items() if other != name}
    return replace(wanted, chosen=chosen, flags=flags)


def _active(wanted: Criteria, endpoint: str) -> list[dict[str, Any]]:
    """Return the filters in use as chips: a label, and the address without it."""
    chips = []
    if wanted.q:
        chips.append(_chip(f"“{wanted.q}”", without(wanted, "q"), endpoint))
    if wanted.spot:
        label = _(
            "%(radius)s km around %(place)s",
            radius=f"{wanted.radius_km:g}",
            place=wanted.spot.label,
        )
        chips.append(_chip(label, without(wanted, "near"), endpoint))
    for name, values in wanted.chosen.items():
        labels = dict(choices_of(name))
        chips += [
            _chip(labels.get(value) or _region_name(value), _toggled(wanted, name, value), endpoint)
            for value in values
        ]
    if wanted.unconfirmed:
        chips.append(_chip(LABELS["unconfirmed"], replace(wanted, unconfirmed=False), endpoint))
    for name, on in wanted.flags.items():
        label = LABELS[name] if on else _("not: %(filter)s", filter=LABELS[name])
        chips.append(_chip(label, without(wanted, name), endpoint))
    return chips


def _chip(label: Any, after: Criteria, endpoint: str) -> dict[str, Any]:
    return {"label": label, "remove_url": _address(after, endpoint=endpoint)}


def _region_name(ags: str) -> str:
    found = regions.region(ags)
    return found.name if found else ags


def _suggestions(question: Question, endpoint: str) -> list[dict[str, Any]]:
    """Say what dropping one filter would give, the most first."""
    wanted = question.wanted
    rows = [
        {
            "label": LABELS[name],
            "count": question.total(but=name),
            "url": _address(without(wanted, name), endpoint=endpoint),
        }
        for name in wanted.restricted
    ]
    useful = (row for row in rows if row["count"])
    return sorted(useful, key=lambda row: -row["count"])[:MAX_SUGGESTIONS]


def _address(wanted: Criteria, *, endpoint: str, page: int = 1) -> str:
    pairs = wanted.parameters() + ([("page", str(page))] if page > 1 else [])
    return f"{_path(endpoint)}?{urlencode(pairs)}" if pairs else _path(endpoint)


def _path(endpoint: str) -> str:
    """Return the path that all the many addresses of a page begin with, made once for it."""
    paths: dict[str, str] = g.setdefault("paths", {})
    if endpoint not in paths:
        paths[endpoint] = url_for(endpoint, lang=i18n.current().tag)
    return paths[endpoint]


def _flat(messages: Any) -> list[str]:
    if isinstance(messages, dict):
        return [text for inner in messages.values() for text in _flat(inner)]
    return [str(text) for text in messages]


def _known_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and values.get("lang", i18n.current().tag) not in {x.tag for x in i18n.languages()}:
        values.pop("lang")
        raise NotFound


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.url_value_preprocessor(_known_language)
