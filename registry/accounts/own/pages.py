"""Pages about one's own account."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.permissions import Role
from registry.accounts import queries
from registry.accounts.changes import ADDRESS
from registry.accounts.forms import Outcome, attempt, drawn
from registry.accounts.models import UserSession
from registry.accounts.own import services
from registry.accounts.schemas import (
    AddressChangeSchema,
    EmptySchema,
    PasswordChangeSchema,
    ProofSchema,
)
from registry.accounts.sessions.current import current_session, enter, leave
from registry.accounts.sessions.queries import load_sessions
from registry.accounts.wording import ROLES
from registry.core import i18n, tokens
from registry.core.errors import NotFound
from registry.core.web import by_link, writes
from registry.regions import queries as regions

pages = Blueprint("own_account", __name__)


@pages.get("/<lang>/office/account")
def overview(lang: str) -> Any:
    session = _session()
    user = session.user
    return render_template(
        "accounts/own/overview.html",
        user=user,
        roles=_roles(user.grants),
        sessions=[_shown(each, session) for each in load_sessions(user)],
        codes_left=len(queries.load_recovery_codes(user)),
        required=queries.requires_second_factor(user),
    )


@pages.post("/<lang>/office/account/sessions/<uuid:uuid>/end")
@writes
def end_session(lang: str, uuid: UUID) -> Any:
    services.end_session(_session().user, uuid)
    flash(_("This session has been ended."), "success")
    return redirect(url_for(".overview", lang=lang))


@pages.post("/<lang>/office/account/sessions/end")
@writes
def end_sessions(lang: str) -> Any:
    services.end_all_sessions(_session().user)
    leave()
    flash(_("You are signed out everywhere."), "success")
    return redirect(url_for("accounts.sign_in", lang=lang))


@pages.get("/<lang>/office/account/password")
def password(lang: str) -> Any:
    return _password_form(None)


@pages.post("/<lang>/office/account/password")
@writes
def password_submitted(lang: str) -> Any:
    session = _session()
    outcome = attempt(
        PasswordChangeSchema(),
        lambda data: services.change_password(session, data["current"], data["password"]),
        "current",
    )
    if outcome.saved is None:
        return _password_form(outcome), outcome.status
    enter(outcome.saved)
    flash(_("The password is changed. All other sessions have been ended."), "success")
    return redirect(url_for(".overview", lang=lang))


@pages.get("/<lang>/office/account/address")
def address(lang: str) -> Any:
    return _address_form(None)


@pages.post("/<lang>/office/account/address")
@writes
def address_submitted(lang: str) -> Any:
    user, tag = _session().user, i18n.current().tag

    def ask(data: dict[str, Any]) -> str:
        services.ask_for_address(user, data["email"], data["current"], tag)
        return data["email"]

    outcome = attempt(AddressChangeSchema(), ask, "email")
    if outcome.saved is None:
        return _address_form(outcome), outcome.status
    flash(_("We have sent a link to %(email)s. Please follow it.", email=outcome.saved), "success")
    return redirect(url_for(".overview", lang=lang))


@pages.get("/<lang>/address")
@by_link
def confirm_address(lang: str) -> Any:
    user = queries.load_by_link(ADDRESS, _key())
    if user is None or user.new_email is None:
        return render_template("accounts/link_over.html"), 404
    return render_template("accounts/own/confirm_address.html", user=user)


@pages.post("/<lang>/address")
@by_link
@writes
def confirm_address_submitted(lang: str) -> Any:
    outcome = attempt(EmptySchema(), lambda _data: services.confirm_address(_key()), "")
    if outcome.saved is None:
        return render_template("accounts/link_over.html"), outcome.status
    flash(_("From now on you sign in with %(email)s.", email=outcome.saved.email), "success")
    return redirect(url_for("accounts.sign_in", lang=lang))


@pages.get("/<lang>/office/account/second-factor")
def second_factor(lang: str) -> Any:
    if not _session().user.second_factor:
        return redirect(url_for("signing_in.set_up", lang=lang))
    return _second_factor_form(None)


@pages.post("/<lang>/office/account/second-factor")
@writes
def second_factor_submitted(lang: str) -> Any:
    """Make new recovery codes or turn the second factor off, whichever button was pressed."""
    session, off = _session(), request.form.get("then") == "off"
    change = services.turn_off_second_factor if off else services.replace_recovery_codes
    outcome = attempt(
        ProofSchema(), lambda data: change(session, data["current"], data["code"]), "code"
    )
    if outcome.saved is None:
        return _second_factor_form(outcome), outcome.status
    if not off:
        target = url_for(".overview", lang=lang)
        return render_template("accounts/recovery_codes.html", codes=outcome.saved, target=target)
    enter(outcome.saved)
    flash(_("The second factor is off."), "success")
    return redirect(url_for(".overview", lang=lang))


def _session() -> UserSession:
    found = current_session()
    if found is None:
        raise NotFound
    return found


def _key() -> str:
    return request.args.get(tokens.PARAMETER, "")


def _roles(grants: Any) -> list[tuple[Any, str]]:
    """Return the names of roles and of the regions they hold for."""
    names = regions.names({grant.region for grant in grants})
    return [(ROLES[Role(each.role)], names.get(each.region, "")) for each in grants]


def _shown(each: UserSession, present: UserSession) -> dict[str, Any]:
    return {
        "uuid": each.uuid,
        "browser": each.browser,
        "made_at": each.made_at.astimezone(i18n.ZONE),
        "seen_at": each.seen_at.astimezone(i18n.ZONE),
        "present": each.id == present.id,
    }


def _password_form(outcome: Outcome | None) -> str:
    return _form(
        _("Change the password"),
        _("All other sessions end when the password is changed."),
        _("Change the password"),
        drawn(PasswordChangeSchema(), outcome),
    )


def _address_form(outcome: Outcome | None) -> str:
    return _form(
        _("Change the e-mail address"),
        _("We send a link to the new address. The old one holds until you have followed it."),
        _("Send the link"),
        drawn(AddressChangeSchema(), outcome),
    )


def _second_factor_form(outcome: Outcome | None) -> str:
    user = _session().user
    return render_template(
        "accounts/own/second_factor.html",
        controls=drawn(ProofSchema(), outcome),
        codes_left=len(queries.load_recovery_codes(user)),
        required=queries.requires_second_factor(user),
    )


def _form(title: str, lead: str, button: str, inputs: Any) -> str:
    return render_template(
        "accounts/own/form.html", title=title, lead=lead, button=button, controls=inputs
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, ADDRESS, "own_account.confirm_address")
