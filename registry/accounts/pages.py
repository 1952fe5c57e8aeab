"""Signing in and out."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, current_user, login_user, logout_user
from marshmallow import ValidationError

from registry.accounts import queries, services
from registry.accounts.schemas import SignInSchema
from registry.core import i18n
from registry.core.errors import TooMany
from registry.core.forms import controls, load_form, read_form
from registry.core.web import public, wants_json, writes

pages = Blueprint("accounts", __name__)
login = LoginManager()
login.user_loader(queries.load_session_user)


@pages.get("/<lang>/sign-in")
@public
def sign_in(lang: str) -> Any:
    if current_user.is_authenticated:
        return redirect(url_for("search.overview", lang=lang))
    return _form({"next": request.args.get("next", "")}, {})


@pages.post("/<lang>/sign-in")
@public
@writes
def sign_in_submitted(lang: str) -> Any:
    given = read_form(SignInSchema(), request.form)
    try:
        data = load_form(SignInSchema(), request.form)
    except ValidationError as error:
        return _form(given, error.messages_dict), 422
    try:
        user = services.sign_in(data["email"], data["password"], request.remote_addr or "")
    except TooMany:
        message = _("Too many attempts. Please wait a few minutes and try again.")
        return _form(given, {"email": [message]}), 429
    if user is None:
        return _form(given, {"email": [_("The e-mail address or the password is wrong.")]}), 422
    session.clear()  # a session begun by somebody else must not live on
    login_user(user)
    return redirect(_own_address(data["next"]) or url_for("search.overview", lang=lang))


@pages.post("/<lang>/sign-out")
@writes
def sign_out(lang: str) -> Any:
    logout_user()
    session.clear()
    return redirect(url_for("search.overview", lang=lang))


def _form(data: dict[str, Any], errors: dict[str, Any]) -> str:
    shown = {**data, "password": ""}
    inputs = controls(SignInSchema(), shown, errors, lambda _kind: ())
    return render_template("accounts/sign_in.html", controls=inputs, errors=errors)


def _own_address(target: str) -> str:
    """Return the path to go on to, never another site's."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and not parts.netloc and "\\" not in target else ""


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
