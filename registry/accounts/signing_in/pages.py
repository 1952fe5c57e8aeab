"""Pages on the way in: the second factor, a forgotten password, an invitation."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from registry.accounts import codes, queries
from registry.accounts.changes import INVITATION, RESET
from registry.accounts.forms import Outcome, attempt, drawn
from registry.accounts.models import User, UserSession
from registry.accounts.schemas import (
    AddressSchema,
    CodeSchema,
    FirstCodeSchema,
    FirstProofSchema,
    NewPasswordSchema,
)
from registry.accounts.sessions.current import browser, current_session, enter, half_way, leave
from registry.accounts.signing_in import services
from registry.accounts.signing_in.onward import onward
from registry.core import i18n, tokens
from registry.core.forms import RecordSchema
from registry.core.web import by_link, public, writes
from registry.regions import queries as regions

pages = Blueprint("signing_in", __name__)


@pages.get("/<lang>/sign-in/code")
@public
def code(lang: str) -> Any:
    session = half_way()
    if session is None:
        return redirect(url_for("accounts.sign_in", lang=lang))
    if not session.user.second_factor:
        return redirect(url_for(".set_up", lang=lang, next=request.args.get("next", "")))
    return _code_form(None)


@pages.post("/<lang>/sign-in/code")
@public
@writes
def code_submitted(lang: str) -> Any:
    session = half_way()
    if session is None or not session.user.second_factor:
        return redirect(url_for("accounts.sign_in", lang=lang))
    user = session.user
    outcome = attempt(
        CodeSchema(), lambda data: services.pass_second_factor(session, data["code"]), "code"
    )
    if outcome.saved is None:
        return _code_form(outcome), outcome.status
    enter(outcome.saved)
    return redirect(onward(lang, request.form.get("next", ""), user))


@pages.get("/<lang>/sign-in/second-factor")
@public
def set_up(lang: str) -> Any:
    session = _without_second_factor()
    if session is None:
        return redirect(url_for("accounts.sign_in", lang=lang))
    return _set_up_form(session, None)


@pages.post("/<lang>/sign-in/second-factor")
@public
@writes
def set_up_submitted(lang: str) -> Any:
    session = _without_second_factor()
    if session is None:
        return redirect(url_for("accounts.sign_in", lang=lang))
    user = session.user
    outcome = attempt(
        _first_schema(), lambda data: services.set_up_second_factor(session, **data), "code"
    )
    if outcome.saved is None:
        return _set_up_form(session, outcome), outcome.status
    key, made = outcome.saved
    enter(key)
    target = onward(lang, request.args.get("next", ""), user)
    return render_template("accounts/recovery_codes.html", codes=made, target=target)


@pages.get("/<lang>/forgotten")
@public
def forgotten(lang: str) -> Any:
    return _forgotten_form(None)


@pages.post("/<lang>/forgotten")
@public
@writes
def forgotten_submitted(lang: str) -> Any:
    outcome = attempt(AddressSchema(), _asked, "email")
    if outcome.saved is None:
        return _forgotten_form(outcome), outcome.status
    return render_template("accounts/forgotten.html", email=outcome.saved)


@pages.get("/<lang>/new-password")
@by_link
def new_password(lang: str) -> Any:
    return _password_form(RESET, None)


@pages.post("/<lang>/new-password")
@by_link
@writes
def new_password_submitted(lang: str) -> Any:
    outcome = attempt(
        NewPasswordSchema(),
        lambda data: services.reset_password(_key(), data["password"]),
        "password",
    )
    if outcome.saved is None:
        return _password_form(RESET, outcome)
    leave()
    flash(_("The new password is set. All sessions have been ended. Please sign in."), "success")
    return redirect(url_for("accounts.sign_in", lang=lang))


@pages.get("/<lang>/invitation")
@by_link
def invitation(lang: str) -> Any:
    return _password_form(INVITATION, None)


@pages.post("/<lang>/invitation")
@by_link
@writes
def invitation_submitted(lang: str) -> Any:
    outcome = attempt(
        NewPasswordSchema(),
        lambda data: services.accept_invitation(_key(), data["password"], browser()),
        "password",
    )
    if outcome.saved is None:
        return _password_form(INVITATION, outcome)
    enter(outcome.saved)
    flash(_("Welcome. Your account is ready."), "success")
    return redirect(url_for("accounts.sign_in", lang=lang))


def _asked(data: dict[str, Any]) -> str:
    email: str = data["email"]
    services.ask_for_reset(email, request.remote_addr or "", i18n.current().tag)
    return email


def _key() -> str:
    return request.args.get(tokens.PARAMETER, "")


def _without_second_factor() -> UserSession | None:
    """Return the session, half-way or complete, of somebody who has no second factor yet."""
    session = half_way() or (current_session() if current_user.is_authenticated else None)
    return session if session and not session.user.second_factor else None


def _code_form(outcome: Outcome | None) -> str:
    inputs = drawn(CodeSchema(), outcome, given={"next": request.args.get("next", "")})
    return render_template("accounts/code.html", controls=inputs)


def _set_up_form(session: UserSession, outcome: Outcome | None) -> str:
    user, register = session.user, regions.register()
    told = codes.secret(user.uuid, user.totp_generation)
    return render_template(
        "accounts/set_up.html",
        controls=drawn(_first_schema(), outcome),
        secret=codes.readable(told),
        picture=codes.picture(told, user.email, register.name if register else ""),
        required=queries.requires_second_factor(user),
    )


def _first_schema() -> RecordSchema:
    return FirstCodeSchema() if half_way() else FirstProofSchema()


def _forgotten_form(outcome: Outcome | None) -> str:
    return render_template("accounts/forgotten.html", controls=drawn(AddressSchema(), outcome))


def _password_form(purpose: str, outcome: Outcome | None) -> Any:
    """Return the form for a password; every link that opens nothing gets the same answer."""
    user = queries.load_by_link(purpose, _key())
    if user is None or not _fits(purpose, user):
        return render_template("accounts/link_over.html"), 404
    page = render_template(
        "accounts/new_password.html",
        controls=drawn(NewPasswordSchema(), outcome),
        email=user.email,
        invited=user.invited,
    )
    return page, outcome.status if outcome else 200


def _fits(purpose: str, user: User) -> bool:
    return user.invited == (purpose == INVITATION)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, INVITATION, "signing_in.invitation")
    tokens.opens(app, RESET, "signing_in.new_password")
