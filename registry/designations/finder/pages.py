"""Which contact point is responsible for us? What is asked is neither kept nor logged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, make_response, render_template, request
from flask_babel import gettext as _

from registry.actors.schemas import ActorSchema
from registry.core import i18n
from registry.core.web import public, writes
from registry.designations import queries as designations
from registry.designations.finder import queries, reply
from registry.designations.finder.asked import MOST, ages_in, answers, online
from registry.designations.responsibility import EVERYONE, OLDEST, Point, Question, lacks
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.regions.queries import RegionRow
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.queries import TermRow

pages = Blueprint("finder", __name__)
SHOWN = 2  # the first choice and the second
MAX_TEXT = 80


@dataclass(frozen=True)
class Asked:
    """What stands in the form, what was understood of it, and what was not (by input)."""

    place: str = ""
    ages: str = ""
    status: str = ""
    there: list[RegionRow] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """What stands behind a point: an offer or an actor (its public id), designated or not."""

    point: Point
    uuid: UUID
    row: designations.PointRow | None = None


@pages.get("/<lang>/contact-point")
@public
def ask(lang: str) -> Any:
    return _page(Asked())


@pages.post("/<lang>/contact-point")
@public
@writes
def answered(lang: str) -> Response:
    asked = _asked(request.form)
    response = make_response(_page(asked, **_answer(asked)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(asked: Asked, **answer: Any) -> str:
    home = regions.register()
    return render_template(
        "designations/finder.html",
        asked=asked,
        situations=_situations(),
        places=regions.municipalities(home.ags) if home else [],
        oldest=OLDEST,
        **answer,
    )


def _situations() -> list[TermRow]:
    today = date.today()
    terms = vocabulary.terms("eligibility")
    return [term for term in terms if term.key != EVERYONE and term.valid_on(today)]


def _asked(form: Mapping[str, str]) -> Asked:
    place, ages, status = (
        form.get(name, "").replace("\x00", "").strip()[:MAX_TEXT]
        for name in ("place", "ages", "status")
    )
    home, errors = regions.register(), {}
    there = regions.understood(place, home.ags if home else "") if place else []
    if place and not there:
        errors["place"] = _("We do not know this place. Below is what fits the whole district.")
    elif len(there) > 1:
        errors["place"] = _(
            "Several places fit: %(names)s. Please type the name of yours.",
            names=", ".join(each.name for each in there),
        )
    years = ages_in(ages)
    if years is None:
        errors["ages"] = _(
            "Please give up to %(number)s ages in years, for example 34, 9.", number=MOST
        )
    known = {term.key for term in _situations()}
    return Asked(place, ages, status if status in known else "", there, years or [], errors)


def _answer(asked: Asked) -> dict[str, Any]:
    """Return the answer for each group of ages, and the advice that can be had online."""
    subjects = _subjects()
    tag = i18n.current().tag
    question = Question(tuple(each.ags for each in asked.there), None, asked.status or None, tag)
    found = answers([each.point for each in subjects.values()], question, asked.years)
    shown = _shown([subjects[_key(p)] for each in found for p in each.choice.points[:SHOWN]])
    groups = [
        {
            "ages": each.ages,
            "span": each.span,
            "fallback": each.choice.fallback,
            "points": [
                {**shown[_key(point)], "elsewhere": "area" in lacks(point, question)}
                for point in each.choice.points[:SHOWN]
            ],
        }
        for each in found
    ]
    terms = (vocabulary.term("service_type", key) for key in online(asked.years))
    return {
        "groups": [group for group in groups if group["points"]],
        "online": [term for term in terms if term and term.url],
    }


def _subjects() -> dict[Any, Subject]:
    """Return all there is to choose from: contact points, then other offers of first advice."""
    today, home = date.today(), regions.register()
    rows = designations.contact_points(today)
    found = {_key(row.point): Subject(row.point_on(today), row.subject, row) for row in rows}
    taken = {row.subject for row in rows}
    for offer in queries.load_advice(home.ags if home else "", today):
        if offer.uuid not in taken:
            point = queries.advising(offer, today)
            found[_key(point)] = Subject(point, offer.uuid)
    return found


def _key(point: Point) -> Any:
    return point.designated, point.key


def _shown(subjects: Iterable[Subject]) -> dict[Any, dict[str, Any]]:
    """Return what the page shows of contact points, each dumped for everybody."""
    wanted, at, made = list(subjects), i18n.local_now(), {}
    uuids = [each.uuid for each in wanted]
    offers, actors = queries.load_offers(uuids), queries.load_actors(uuids)
    for each in wanted:
        if each.uuid in offers:
            facts = reply.of_offer(OfferSchema().dump(offers[each.uuid]), at)
        else:
            facts = reply.of_actor(ActorSchema().dump(actors[each.uuid]), at)
        areas = sorted(regions.names(each.point.areas).values())
        made[_key(each.point)] = {**facts, "point": each.point, "row": each.row, "areas": areas}
    return made


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
