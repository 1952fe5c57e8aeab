"""Forms that everyone may fill in: an error in an entry, an offer that is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from marshmallow import ValidationError

from registry.access.policy import PUBLIC
from registry.actors import queries as actors
from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.core import i18n, throttle
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid, TooMany
from registry.core.forms import RecordSchema, controls, load_form, read_form
from registry.core.throttle import Limit
from registry.core.web import public, writes
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.regions import queries as regions
from registry.texts.pages import shown
from registry.upkeep.suggestions import asking, services
from registry.upkeep.suggestions.asking import Machine
from registry.upkeep.suggestions.details import Detail, of_actor, of_offer
from registry.upkeep.suggestions.schemas import MissingOfferSchema, ReportSchema
from registry.upkeep.suggestions.services import Wish
from registry.vocabulary import queries as vocabulary

pages = Blueprint("suggestions", __name__)
OF_ADDRESS = Limit("suggestions from an address", 10, timedelta(hours=1))
ALTOGETHER = Limit("suggestions altogether", 300, timedelta(hours=1))
NEW = "new"


@dataclass(frozen=True)
class About:
    """A public entry, and what of it can be corrected."""

    entry: Offer | Actor
    title: str
    details: list[Detail]

    @property
    def key(self) -> str:
        return str(self.entry.uuid)

    @property
    def page(self) -> str:
        return "offers.detail" if isinstance(self.entry, Offer) else "actors.detail"


@pages.get("/<lang>/offers/<uuid:uuid>/report")
@public
def report_offer(lang: str, uuid: UUID) -> Any:
    return _report(_offer(uuid))


@pages.post("/<lang>/offers/<uuid:uuid>/report")
@public
@writes
def report_offer_submitted(lang: str, uuid: UUID) -> Any:
    if refused := _too_many():
        return _report(_offer(uuid), refused)
    return _reported(_offer(uuid))


@pages.get("/<lang>/actors/<uuid:uuid>/report")
@public
def report_actor(lang: str, uuid: UUID) -> Any:
    return _report(_actor(uuid))


@pages.post("/<lang>/actors/<uuid:uuid>/report")
@public
@writes
def report_actor_submitted(lang: str, uuid: UUID) -> Any:
    if refused := _too_many():
        return _report(_actor(uuid), refused)
    return _reported(_actor(uuid))


@pages.get("/<lang>/suggest")
@public
def missing(lang: str) -> Any:
    return _missing()


@pages.post("/<lang>/suggest")
@public
@writes
def missing_submitted(lang: str) -> Any:
    if refused := _too_many():
        return _missing(refused)
    try:
        if asking.opened(request.form, NEW) is None:
            return _missing(Outcome(errors={"": [_expired()]}))
    except Machine:
        return _thanked()
    outcome = attempt(_suggest_missing)
    return _thanked() if outcome.saved else _missing(outcome)


@pages.get("/<lang>/suggest/thanks")
@public
def thanks(lang: str) -> str:
    return render_template("suggestions/thanks.html")


def _too_many() -> Outcome | None:
    """Count this try, before the request reads anything: the counter writes beside it."""
    tried = ((OF_ADDRESS, request.remote_addr or ""), (ALTOGETHER, ""))
    try:
        throttle.check(*tried)
    except TooMany:
        message = _("Too many attempts. Please wait a few minutes and try again.")
        return Outcome(errors={"": [message]})
    throttle.note(*tried)
    return None


def _offer(uuid: UUID) -> About:
    """Return an offer as a stranger sees it, whoever asks."""
    today = date.today()
    offer = offers.load_whole_offer(PUBLIC, uuid, today)
    dumped = OfferSchema().dump(offer)
    details = of_offer(dumped, i18n.current().tag, today.isoformat())
    return About(offer, shown(dumped["title"]).body, details)


def _actor(uuid: UUID) -> About:
    actor = actors.load_actor(PUBLIC, uuid)
    details = of_actor(ActorSchema().dump(actor), i18n.current().tag)
    return About(actor, actor.name, details)


def _reported(about: About) -> Any:
    try:
        seen = asking.opened(request.form, about.key)
    except Machine:
        return _thanked()
    if seen is None:
        return _report(about, Outcome(errors={"": [_expired()]}))
    given = asking.typed(request.form, about.details)
    outcome = attempt(lambda: _suggest(about, seen, given))
    return _thanked() if outcome.saved else _report(about, outcome)


def _suggest(about: About, seen: asking.Values, given: asking.Values) -> Any:
    problems: dict[str, Any] = dict(asking.problems(given))
    try:
        told = load_form(ReportSchema(), request.form)
    except ValidationError as error:
        raise Invalid({**problems, **error.messages_dict}) from None
    if problems:
        raise Invalid(problems)
    wish = Wish(asking.corrections(seen, given), language=i18n.current().tag, **told)
    return services.suggest(about.entry, about.entry.region, about.title, wish)


def _suggest_missing() -> Any:
    schema = MissingOfferSchema()
    told = load_form(schema, request.form)
    reporter, remark = told.pop("reporter"), told.pop("remark")
    plain = schema.dump(told)
    changes = [
        {"path": name, "old": "", "new": plain[name]}
        for name in schema.load_fields
        if plain.get(name)
    ]
    wish = Wish(changes, remark=remark, reporter=reporter, language=i18n.current().tag)
    register = regions.register()
    return services.suggest(None, register.ags if register else "", told["title"], wish)


def _report(about: About, outcome: Outcome | None = None) -> Response:
    """Return the form about an entry, with its public values or with what was just typed."""
    again = outcome is not None
    stands = asking.stands(about.details)
    worded = {path: asking.worded(path.rpartition(".")[2], v) for path, v in stands.items()}
    given = asking.typed(request.form, about.details) if again else {}
    errors: Any = outcome.errors if outcome else {}
    told = read_form(ReportSchema(), request.form) if again else {}
    return _page(
        "suggestions/report.html",
        outcome,
        about.key,
        stands,
        about=about,
        told=controls(ReportSchema(), told, errors, lambda _kind: ()),
        groups=asking.groups(about.details, {**worded, **given}, errors),
    )


def _missing(outcome: Outcome | None = None) -> Response:
    schema: RecordSchema = MissingOfferSchema()
    told = read_form(schema, request.form) if outcome else {}
    errors: Any = outcome.errors if outcome else {}
    inputs = controls(schema, told, errors, _choices)
    return _page("suggestions/missing.html", outcome, NEW, {}, controls=inputs)


def _choices(kind: str) -> list[tuple[str, str]]:
    tag = i18n.current().tag
    return [(each.key, each.label(tag).body) for each in vocabulary.terms(kind[5:])]


def _page(
    name: str, outcome: Outcome | None, key: str, seen: asking.Values, **shown_there: Any
) -> Response:
    """Return a form that is nobody else's: it carries a token and must not be kept."""
    kept = request.form.get(asking.SEAL) if outcome and "" not in outcome.errors else None
    page = render_template(
        name,
        seal=kept or asking.seal(key, seen),
        trap=asking.TRAP,
        others=list(outcome.errors.get("", ())) if outcome else [],
        **shown_there,
    )
    response = make_response(page, outcome.status if outcome else 200)
    response.cache_control.no_store = True
    return response


def _expired() -> str:
    return _("This form was open for very long. Please look it over and send it again.")


def _thanked() -> Any:
    """Thank, in the same way whether somebody wrote or a machine did."""
    return redirect(url_for(".thanks", lang=i18n.current().tag))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
