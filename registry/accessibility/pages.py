"""The declaration of accessibility, and a form for whoever meets a barrier."""

from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from registry.accessibility.schemas import BarrierSchema
from registry.core import i18n, throttle
from registry.core.editing import Outcome, attempt, given
from registry.core.errors import Invalid, TooMany
from registry.core.forms import controls, read_form
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter
from registry.core.throttle import Limit
from registry.core.web import public, writes
from registry.regions import queries as regions
from registry.regions.queries import Rules
from registry.upkeep.suggestions import asking
from registry.upkeep.suggestions.asking import Machine

pages = Blueprint("accessibility", __name__)
OF_ADDRESS = Limit("barriers from an address", 10, timedelta(hours=1))
ALTOGETHER = Limit("barriers altogether", 100, timedelta(hours=1))
ABOUT = "accessibility"
KIND = "barrier_reported"
BAVARIA = "09"  # whose enforcement body the page names


@pages.get("/<lang>/accessibility")
@public
def declaration(lang: str) -> str:
    home = regions.register()
    return render_template(
        "accessibility/declaration.html",
        own=_rules().accessibility,
        reachable=bool(_address()),
        bavarian=home is not None and home.ags.startswith(BAVARIA),
    )


@pages.get("/<lang>/accessibility/feedback")
@public
def feedback(lang: str) -> Any:
    return _form({"page": _page_meant()})


@pages.post("/<lang>/accessibility/feedback")
@public
@writes
def feedback_submitted(lang: str) -> Any:
    if refused := _too_many():
        return _form(read_form(BarrierSchema(), request.form), refused)
    try:
        if asking.opened(request.form, ABOUT) is None:
            message = _("This form was open for very long. Please look it over and send it again.")
            return _form(read_form(BarrierSchema(), request.form), _refusal(message))
    except Machine:
        return _thanked()
    outcome = attempt(_send)
    if outcome.saved:
        return _thanked()
    return _form(read_form(BarrierSchema(), request.form), outcome)


@pages.get("/<lang>/accessibility/thanks")
@public
def thanks(lang: str) -> str:
    return render_template("accessibility/thanks.html")


def _page_meant() -> str:
    """Return the page somebody comes from: a path of ours without what was searched for."""
    path = request.args.get("page", "")[:300]
    return path if path.startswith("/") and path.isprintable() else ""


def _rules() -> Rules:
    home = regions.register()
    return regions.rules(home.ags) if home else Rules()


def _address() -> str:
    """Return whom barriers are told to: the region's address for answers, else the operator."""
    operator: dict[str, str] = current_app.config["OPERATOR"]
    return _rules().reply_to or operator.get("OPERATOR_EMAIL", "")


def _too_many() -> Outcome | None:
    """Count this try, before the request reads anything: the counter writes beside it."""
    tried = ((OF_ADDRESS, request.remote_addr or ""), (ALTOGETHER, ""))
    try:
        throttle.check(*tried)
    except TooMany:
        return _refusal(_("Too many attempts. Please wait a few minutes and try again."))
    throttle.note(*tried)
    return None


def _refusal(message: str) -> Outcome:
    return Outcome(errors={"": [message]})


def _send() -> Any:
    facts = given(BarrierSchema())
    if not (to := _address()):
        raise Invalid({"": [_("The operator of this register has not said who reads this yet.")]})
    home = regions.register()
    return outbox.post(Letter(KIND, to, home.ags if home else "", facts))


def _form(data: dict[str, Any], outcome: Outcome | None = None) -> Any:
    """Return a form that is nobody else's: it carries a token and must not be kept."""
    errors: Any = outcome.errors if outcome else {}
    kept = request.form.get(asking.SEAL) if outcome and "" not in outcome.errors else None
    page = render_template(
        "accessibility/feedback.html",
        controls=controls(BarrierSchema(), data, errors, lambda _kind: ()),
        others=list(errors.get("", ())),
        seal=kept or asking.seal(ABOUT, {}),
        trap=asking.TRAP,
        reachable=bool(_address()),
    )
    response = make_response(page, outcome.status if outcome else 200)
    response.cache_control.no_store = True
    return response


def _thanked() -> Any:
    """Thank, in the same way whether somebody wrote or a machine did."""
    return redirect(url_for(".thanks", lang=i18n.current().tag))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
