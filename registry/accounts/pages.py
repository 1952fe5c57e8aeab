"""Signing in and out."""

from typing import Any

from flask import Blueprint, Flask, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from registry.accounts import queries, services
from registry.accounts.forms import Outcome, attempt, drawn
from registry.accounts.models import User
from registry.accounts.own import pages as own
from registry.accounts.people import pages as people
from registry.accounts.schemas import SignInSchema
from registry.accounts.sessions import services as sessions
from registry.accounts.sessions.current import (
    browser,
    current_session,
    enter,
    half_way,
    leave,
    login,
)
from registry.accounts.signing_in import pages as signing_in
from registry.accounts.signing_in.onward import onward
from registry.core import i18n
from registry.core.errors import Invalid
from registry.core.web import public, wants_json, writes

pages = Blueprint("accounts", __name__)


@pages.get("/<lang>/sign-in")
@public
def sign_in(lang: str) -> Any:
    target = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(onward(lang, target, current_user))
    if half_way():
        return redirect(url_for("signing_in.code", lang=lang, next=target))
    return _form(None, target)


@pages.post("/<lang>/sign-in")
@public
@writes
def sign_in_submitted(lang: str) -> Any:
    outcome = attempt(SignInSchema(), _signed_in, "email")
    if outcome.saved is None:
        return _form(outcome), outcome.status
    user: User = outcome.saved
    enter(sessions.begin(user, browser()))
    target = request.form.get("next", "")
    if user.second_factor or queries.requires_second_factor(user):
        return redirect(url_for("signing_in.code", lang=lang, next=target))
    return redirect(onward(lang, target, user))


@pages.post("/<lang>/sign-out")
@public
@writes
def sign_out(lang: str) -> Any:
    if found := current_session():
        sessions.end(found)
    leave()
    return redirect(url_for("search.overview", lang=lang))


def _signed_in(data: dict[str, Any]) -> User:
    user = services.sign_in(data["email"], data["password"], request.remote_addr or "")
    if user is None:
        raise Invalid({"email": [_("The e-mail address or the password is wrong.")]})
    return user


def _form(outcome: Outcome | None, target: str = "") -> str:
    inputs = drawn(SignInSchema(), outcome, given={"next": target})
    return render_template("accounts/sign_in.html", controls=inputs)


@login.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> Any:
    if wants_json():
        return jsonify(code="sign_in", message=_("Please sign in."), errors={}), 401
    lang = i18n.current().tag
    target = request.full_path if request.method == "GET" else ""
    return redirect(url_for("accounts.sign_in", lang=lang, next=target))


def init_app(app: Flask) -> None:
    login.init_app(app)
    app.register_blueprint(pages)
    for room in (signing_in, own, people):
        room.init_app(app)
